using Ajanvaraus.Fhir.Core.Definitions;

namespace Ajanvaraus.Fhir.Core.Search;

/// <summary>Search parameters that this server adds to R4.</summary>
/// <remarks>
/// R4 finds an Appointment or a Slot by its start only. <c>period</c> finds by overlap with start to end, <c>end</c> by
/// the end alone, <c>start</c> on Appointment is <c>date</c> under the name that Slot has.
/// </remarks>
public static class OwnSearchParameters
{
    private const string Canonical = "https://ajanvaraus.example/fhir/SearchParameter/";

    /// <summary>Code of the parameter that matches by overlap.</summary>
    public const string Period = "period";

    public static readonly ImmutableArray<SearchParameterDefinition> All =
    [
        Date("Appointment", Period, "Appointment.start | Appointment.end"),
        Date("Appointment", "end", "Appointment.end"),
        Date("Appointment", "start", "Appointment.start"),
        Date("Slot", Period, "Slot.start | Slot.end"),
        Date("Slot", "end", "Slot.end"),
    ];

    /// <summary>True for a parameter whose values are one interval from the first date to the last.</summary>
    public static bool IsOverlap(SearchParameterDefinition definition) =>
        definition.Code == Period && definition.Url.StartsWith(Canonical, StringComparison.Ordinal);

    private static SearchParameterDefinition Date(string type, string code, string expression) =>
        new(Canonical + type + "-" + code, code, "date", [type], expression, [], []);
}
