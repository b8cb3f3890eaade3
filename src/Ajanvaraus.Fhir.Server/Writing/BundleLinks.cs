using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>Links between the entries of a transaction, put in place of temporary and conditional ones.</summary>
/// <remarks>
/// A link is an element of type Reference, uri, url, canonical, oid or uuid, or an <c>a</c> or <c>img</c> of a narrative. A
/// relative reference is one to the entry whose fullUrl it makes with the base of its own entry's fullUrl. Sources:
/// http://hl7.org/fhir/R4/http.html#trules and http://hl7.org/fhir/R4/bundle.html#references .
/// </remarks>
internal sealed partial class BundleLinks
{
    private readonly Dictionary<string, string> _byFullUrl;
    private readonly Dictionary<string, string> _byCondition = [];

    private BundleLinks(Dictionary<string, string> byFullUrl) => _byFullUrl = byFullUrl;

    public static BundleLinks Of(ImmutableArray<WriteTarget> targets)
    {
        var byFullUrl = new Dictionary<string, string>(targets.Length);
        foreach (var target in targets)
        {
            if (target.Intent.FullUrl is { } fullUrl)
                byFullUrl.TryAdd(fullUrl, $"{target.Type}/{target.Id}");
        }
        return new BundleLinks(byFullUrl);
    }

    /// <summary>The resource with every link resolved; a <c>urn:uuid</c> or <c>urn:oid</c> that no entry has is refused.</summary>
    /// <param name="fullUrl">Of the resource's own entry; null when it has none.</param>
    /// <param name="identity">Who searches by the conditional references.</param>
    public async ValueTask<Outcome<ElementNode>> ResolveAsync(
        ElementNode resource, string? fullUrl, ConditionalReferences conditions, Identity identity, WriteSession session)
    {
        var walk = new LinkWalk(this, BaseOf(fullUrl));
        walk.Visit(resource);
        if (walk.Missing is { } path)
            return WriteProblems.ReferenceUnresolved(path);
        if (walk.Wrong is { } wrong)
            return wrong;
        foreach (var (condition, at) in walk.Conditions)
        {
            if (_byCondition.ContainsKey(condition))
                continue;
            var found = await conditions.FindAsync(condition, at, identity, session);
            if (found.Failed)
                return found.Problem;
            _byCondition[condition] = found.Value;
        }
        return walk.HasLinks ? resource.MapValues(node => Target(node, walk.Base)) : resource;
    }

    /// <summary><c>http://example.org/fhir/</c> of <c>http://example.org/fhir/Patient/1</c>; null for other urls.</summary>
    private static string? BaseOf(string? fullUrl) =>
        fullUrl is not null && ReferenceText.TrySplit(fullUrl, out var start, out _, out _) && start > 0
            ? fullUrl[..start]
            : null;

    private string? Target(ElementNode node, string? root)
    {
        if (node.Type.Name == "xhtml")
            return NarrativeLink().Replace(node.Value!, link => Find(link.Groups["url"].Value, root) is { } found
                ? link.Groups["before"].Value + found + link.Groups["after"].Value
                : link.Value);
        return LinkWalk.MayLink(node)
            ? Find(node.Value!, LinkWalk.IsReferenceText(node) ? root : null) ?? _byCondition.GetValueOrDefault(node.Value!)
            : null;
    }

    /// <summary><c>Type/id</c> of the entry that a link names; null when it names none.</summary>
    private string? Find(string link, string? root)
    {
        var fragment = link.IndexOf('#', StringComparison.Ordinal);
        if (fragment > 0)
            return Find(link[..fragment], root) is { } whole ? whole + link[fragment..] : null;
        return _byFullUrl.GetValueOrDefault(link)
            ?? (root is null ? null : _byFullUrl.GetValueOrDefault(root + link));
    }

    [GeneratedRegex(
        """(?<before><(?:a|img)\b[^>]*?\b(?:href|src)\s*=\s*(?<quote>["']))(?<url>[^"'>]*)(?<after>\k<quote>)""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NarrativeLink();

    /// <summary>Looks through what a resource links to.</summary>
    /// <param name="root">The base of relative references; null: they are to this server's resources.</param>
    private sealed class LinkWalk(BundleLinks links, string? root)
    {
        private readonly List<(string Condition, string Path)> _conditions = [];
        private ElementPath _path = new();

        public string? Base => root;

        public IEnumerable<(string Condition, string Path)> Conditions => _conditions;

        /// <summary>Whether anything is to be put in place.</summary>
        public bool HasLinks { get; private set; }

        /// <summary>Where the first temporary reference lies that no entry has.</summary>
        public string? Missing { get; private set; }

        /// <summary>The first reference to an entry of a type that the element may not point to.</summary>
        public Problem? Wrong { get; private set; }

        /// <summary>Reference, uri, url, canonical, oid and uuid, by the specification.</summary>
        public static bool MayLink(ElementNode node) =>
            node.Type.Name is "uri" or "url" or "canonical" or "oid" or "uuid" || IsReferenceText(node);

        public static bool IsReferenceText(ElementNode node) => node.Property?.Element.Path == "Reference.reference";

        public void Visit(ElementNode node)
        {
            if (node.Property is null)
                _path.Push(node.Type.Name);
            if (node.Value is { } value)
                Look(node, value);
            if (node.Type.Name == "Reference" && node.Text("reference") is { } reference)
                CheckTarget(node, reference);
            var index = 0;
            for (var i = 0; i < node.Children.Length; i++)
            {
                var child = node.Children[i];
                index = i > 0 && node.Children[i - 1].Property == child.Property ? index + 1 : 0;
                _path.Push(child.Property!, child.Property!.Element.IsArray ? index : -1);
                Visit(child);
                _path.Pop();
            }
        }

        private void Look(ElementNode node, string value)
        {
            if (node.Type.Name == "xhtml")
                HasLinks |= links._byFullUrl.Count > 0 && NarrativeLink().IsMatch(value);
            else if (IsReferenceText(node))
                LookAtReference(value);
            else if (MayLink(node))
                HasLinks |= links.Find(value, null) is not null;
        }

        /// <summary>What a temporary reference points to was not known when the resource was read.</summary>
        private void CheckTarget(ElementNode node, string reference)
        {
            if (node.Property?.Element.Targets is not { IsEmpty: false } allowed || allowed.Contains("Resource")
                || links.Find(reference, root) is not { } found)
                return;
            var type = found[..found.IndexOf('/', StringComparison.Ordinal)];
            if (!allowed.Contains(type))
                Wrong ??= StructureMessages.ReferenceWrongTarget.As(
                    ProblemKind.Unprocessable, _path + ".reference", type, string.Join(", ", allowed));
        }

        private void LookAtReference(string value)
        {
            if (IsCondition(value))
                _conditions.Add((value, _path.ToString()));
            var isFound = links.Find(value, root) is not null;
            HasLinks |= isFound || IsCondition(value);
            if (!isFound && (value.StartsWith("urn:uuid:", StringComparison.Ordinal)
                || value.StartsWith("urn:oid:", StringComparison.Ordinal)))
                Missing ??= _path.ToString();
        }

        private static bool IsCondition(string value)
        {
            var question = value.IndexOf('?', StringComparison.Ordinal);
            return question > 0 && !value.AsSpan(0, question).ContainsAny('/', ':');
        }
    }
}
