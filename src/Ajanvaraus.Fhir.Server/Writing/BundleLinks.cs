using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>Links between the entries of a transaction, put in place of temporary and conditional ones.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#trules, resolving references.</remarks>
internal sealed class BundleLinks
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

    /// <summary>The resource with every link resolved; a <c>urn:uuid</c> that no entry has is refused.</summary>
    public async ValueTask<Outcome<ElementNode>> ResolveAsync(
        ElementNode resource, ConditionalReferences conditions, WriteSession session)
    {
        var walk = new LinkWalk();
        walk.Visit(resource);
        if (walk.Missing(_byFullUrl) is { } path)
            return WriteProblems.ReferenceUnresolved(path);
        foreach (var (condition, at) in walk.Conditions)
        {
            if (_byCondition.ContainsKey(condition))
                continue;
            var found = await conditions.FindAsync(condition, at, session);
            if (found.Failed)
                return found.Problem;
            _byCondition[condition] = found.Value;
        }
        return walk.HasLinks(_byFullUrl) ? resource.MapValues(Target) : resource;
    }

    private string? Target(ElementNode node) => LinkWalk.MayLink(node)
        ? _byFullUrl.GetValueOrDefault(node.Value!) ?? _byCondition.GetValueOrDefault(node.Value!)
        : null;

    /// <summary>Collects what a resource links to.</summary>
    private sealed class LinkWalk
    {
        private readonly List<(string Value, string Path, bool IsReference)> _links = [];
        private ElementPath _path = new();

        public IEnumerable<(string Condition, string Path)> Conditions =>
            _links.Where(l => l.IsReference && IsCondition(l.Value)).Select(l => (l.Value, l.Path));

        /// <summary>Reference, uri, url, canonical, oid and uuid, by the specification.</summary>
        public static bool MayLink(ElementNode node) =>
            node.Type.Name is "uri" or "url" or "canonical" or "oid" or "uuid" || IsReferenceText(node);

        public bool HasLinks(Dictionary<string, string> byFullUrl) =>
            _links.Any(l => byFullUrl.ContainsKey(l.Value) || (l.IsReference && IsCondition(l.Value)));

        public string? Missing(Dictionary<string, string> byFullUrl) => _links
            .Where(l => l.IsReference && l.Value.StartsWith("urn:uuid:", StringComparison.Ordinal)
                && !byFullUrl.ContainsKey(l.Value))
            .Select(l => l.Path)
            .FirstOrDefault();

        public void Visit(ElementNode node)
        {
            if (node.Property is null)
                _path.Push(node.Type.Name);
            if (node.Value is { } value && MayLink(node))
                _links.Add((value, _path.ToString(), IsReferenceText(node)));
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

        private static bool IsReferenceText(ElementNode node) => node.Property?.Element.Path == "Reference.reference";

        private static bool IsCondition(string value)
        {
            var question = value.IndexOf('?', StringComparison.Ordinal);
            return question > 0 && !value.AsSpan(0, question).ContainsAny('/', ':');
        }
    }
}
