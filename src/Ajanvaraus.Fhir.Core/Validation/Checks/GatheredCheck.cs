using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>A document has what its Composition refers to, a message what its MessageHeader is about.</summary>
/// <remarks>"Any other resources referenced from Composition must be included as subsequent entries in the Bundle":
/// http://hl7.org/fhir/R4/composition.html , http://hl7.org/fhir/R4/messageheader-definitions.html#MessageHeader.focus .
/// A reference with a version asks for the entry of that version: http://hl7.org/fhir/R4/bundle.html#references .</remarks>
internal sealed class GatheredCheck : ICheck
{
    public static readonly GatheredCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        if (node["entry"] is not { } first || first["resource"] is not { } head)
            return;
        var references = node.Text("type") switch
        {
            "document" => InComposition(head),
            "message" => head.All("focus"),
            _ => [],
        };
        foreach (var reference in references)
            if (reference["reference"] is { Value: { Length: > 0 } and not ['#', ..] } at)
                CheckPresent(node, first.Text("fullUrl"), at, at.Value!, findings);
    }

    private static IEnumerable<ElementNode> InComposition(ElementNode composition) =>
    [
        .. composition.All("subject"), .. composition.All("encounter"), .. composition.All("author"),
        .. composition.All("custodian"), .. composition.All("attester").SelectMany(attester => attester.All("party")),
        .. composition.All("event").SelectMany(@event => @event.All("detail")),
        .. composition.All("section").SelectMany(InSection),
    ];

    private static IEnumerable<ElementNode> InSection(ElementNode section) =>
        section.All("entry").Concat(section.All("section").SelectMany(InSection));

    private static void CheckPresent(
        ElementNode bundle, string? from, ElementNode at, string reference, Findings findings)
    {
        const string History = "/_history/";
        var history = reference.IndexOf(History, StringComparison.Ordinal);
        var (address, version) = history < 0
            ? (reference, null) : (reference[..history], reference[(history + History.Length)..]);
        var fitting = bundle.All("entry").Count(entry => entry["resource"] is { } resource
            && IsAt(entry, resource, address, from)
            && (version is null || resource["meta"]?.Text("versionId") == version));
        if (fitting == 0)
            findings.Add(ConsistencyMessages.NotBroughtAlong, at, reference);
        else if (fitting > 1)
            findings.Add(ConsistencyMessages.BroughtAlongTwice, at, reference, $"{fitting}");
    }

    /// <summary>A relative reference means what stands beside the entry that has it; where the address of that entry
    /// tells no base, it means type and id.</summary>
    private static bool IsAt(ElementNode entry, ElementNode resource, string address, string? from)
    {
        var url = entry.Text("fullUrl");
        if (PrimitiveText.IsAbsoluteUri(address))
            return url == address;
        return from is not null && ReferenceText.TrySplit(from, out var start, out _, out _)
            ? url == string.Concat(from.AsSpan(0, start), address)
            : url == address || address == $"{resource.Type.Name}/{resource.Id}";
    }
}
