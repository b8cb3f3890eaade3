using System.Buffers;

using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>A stored version, whole or cut down by <c>_summary</c> and <c>_elements</c>.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/search.html#summary and #elements.</remarks>
public static class PartialResource
{
    /// <summary>The answer to a read: the stored bytes unless a part was asked for.</summary>
    /// <remarks>Errors: a summary mode that there is not.</remarks>
    public static FhirResponse Of(FhirRequest request, StoredResource stored)
    {
        var whole = FhirResponse.OfStored(StatusCodes.Status200OK, stored);
        if (request.Parameters.IsEmpty)
            return whole;
        if (Summary(request.Parameter("_summary")) is not { } summary)
            return FhirResponse.Of(
                RestIssues.InvalidParameter("_summary", "true, false, text, data"), request.Caller.Language);
        ImmutableArray<string> elements = request.Parameter("_elements") is { Length: > 0 } list
            ? [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]
            : [];
        if (summary == SummaryMode.False && elements.IsEmpty)
            return whole;
        return FhirResponse.OfResource(whole.Status, Cut(stored.Body.Span, summary, elements)) with
        {
            Version = stored.Version,
            LastUpdated = stored.LastUpdated,
            MadeOf = [stored.Body],
        };
    }

    /// <summary>Writes the part of a stored resource that a search asked for.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> body, SearchQuery query) =>
        FhirJson.Write(output, Cut(body, query.Summary, query.Elements));

    public static bool IsPart(SearchQuery query) =>
        query.Summary is SummaryMode.True or SummaryMode.Text or SummaryMode.Data || !query.Elements.IsEmpty;

    private static ElementNode Cut(ReadOnlySpan<byte> body, SummaryMode summary, ImmutableArray<string> elements)
    {
        // What is stored was read once before; a failure now would be ours.
        var resource = FhirJson.Parse(body).Resource
            ?? throw new InvalidOperationException("A stored resource cannot be read");
        return SummaryFilter.Apply(resource, summary, elements);
    }

    private static SummaryMode? Summary(string? text) => text switch
    {
        null or "false" => SummaryMode.False,
        "true" => SummaryMode.True,
        "text" => SummaryMode.Text,
        "data" => SummaryMode.Data,
        _ => null,
    };
}
