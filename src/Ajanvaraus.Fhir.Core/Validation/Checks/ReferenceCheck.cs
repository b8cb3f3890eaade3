using System.Buffers;
using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>How a literal reference is written, what it may point to, and that <c>#id</c> is contained.</summary>
/// <remarks>
/// A conditional reference (<c>Patient?identifier=…</c>) is let pass when it is a search: a transaction resolves it, and
/// what is left unresolved elsewhere is refused where references are resolved.
/// Source: http://hl7.org/fhir/R4/references.html .
/// </remarks>
internal sealed class ReferenceCheck : ICheck
{
    /// <summary>Of a search parameter with its modifier or chain.</summary>
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.:");

    private readonly ImmutableArray<string> _targets;
    private readonly FrozenDictionary<string, TypeSchema>.AlternateLookup<ReadOnlySpan<char>> _types;

    public ReferenceCheck(ElementSchema element, FhirDefinitions definitions)
    {
        _targets = element.Targets.Contains("Resource") ? [] : element.Targets;
        _types = definitions.Types.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public void Check(ElementNode node, Findings findings)
    {
        if (node.Type.Name != "Reference" || node["reference"] is not { Value: { Length: > 0 } text } reference)
            return;
        if (text[0] == '#')
            CheckContained(reference, text, findings);
        else if (!PrimitiveText.IsAbsoluteUri(text))
            CheckRelative(reference, text, findings);
    }

    private void CheckContained(ElementNode reference, string text, Findings findings)
    {
        if (text.Length == 1)
            return;
        foreach (var child in findings.Container.Children)
        {
            if (child.Name != "contained" || child.Id is not { } id || !text.AsSpan(1).SequenceEqual(id))
                continue;
            CheckTarget(reference, child.Type.Name, findings);
            return;
        }
        findings.Add(StructureMessages.ContainedNotFound, reference);
    }

    private void CheckRelative(ElementNode reference, ReadOnlySpan<char> text, Findings findings)
    {
        var end = text.IndexOfAny('/', '?');
        if (end <= 0 || !(text[end] == '/' ? IsIdAndVersion(text[(end + 1)..]) : IsQuery(text[(end + 1)..])))
        {
            findings.Add(StructureMessages.ReferenceSyntax, reference);
            return;
        }
        if (_types.TryGetValue(text[..end], out var type) && type is { Kind: TypeKind.Resource, IsAbstract: false })
            CheckTarget(reference, type.Name, findings);
        else
            findings.Add(StructureMessages.ReferenceUnknownType, reference);
    }

    /// <summary><c>name=value</c>, joined by <c>&amp;</c>: http://hl7.org/fhir/R4/http.html#trules .</summary>
    private static bool IsQuery(ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split('&'))
        {
            var name = text[range];
            var end = name.IndexOf('=');
            if (end <= 0 || name[..end].ContainsAnyExcept(NameCharacters))
                return false;
        }
        return true;
    }

    private static bool IsIdAndVersion(ReadOnlySpan<char> text)
    {
        const string History = "/_history/";
        var slash = text.IndexOf('/');
        if (slash < 0)
            return PrimitiveText.IsId(text);
        return PrimitiveText.IsId(text[..slash]) && text[slash..].StartsWith(History, StringComparison.Ordinal)
            && PrimitiveText.IsId(text[(slash + History.Length)..]);
    }

    private void CheckTarget(ElementNode reference, string type, Findings findings)
    {
        if (!_targets.IsEmpty && !_targets.Contains(type))
            findings.Add(StructureMessages.ReferenceWrongTarget, reference, type, string.Join(", ", _targets));
    }
}
