using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Search;

/// <summary>Search parameters that this server adds to R4.</summary>
/// <remarks>
/// R4 finds an Appointment or a Slot by its start only. <c>period</c> finds by overlap with start to end, <c>end</c> by
/// the end alone, <c>start</c> on Appointment is <c>date</c> under the name that Slot has. <c>availability-template</c>
/// finds the calendars that a week template opens, <c>meeting</c> travel and documentation by what they are for,
/// <c>group-deadline</c> groups that may yet be called off.
/// </remarks>
public static class OwnSearchParameters
{
    private const string Canonical = "https://ajanvaraus.example/fhir/SearchParameter/";

    /// <summary>Code of the parameter that matches by overlap.</summary>
    public const string Period = "period";

    /// <summary>Code of the parameter that finds the Schedules which a week template opens.</summary>
    public const string AvailabilityTemplate = "availability-template";

    public static readonly ImmutableArray<SearchParameterDefinition> All =
    [
        Date("Appointment", Period, "Appointment.start | Appointment.end"),
        Date("Appointment", "end", "Appointment.end"),
        Date("Appointment", "start", "Appointment.start"),
        Date("Slot", Period, "Slot.start | Slot.end"),
        Date("Slot", "end", "Slot.end"),
        new(Canonical + "Schedule-" + AvailabilityTemplate, AvailabilityTemplate, "reference", ["Schedule"],
            $"Schedule.extension('{Canonicals.AvailabilityTemplate}').value", ["Basic"], []),
        Date("Appointment", "group-deadline", DeadlineOf("Appointment")),
        Date("Slot", "group-deadline", DeadlineOf("Slot")),
        new(Canonical + "Appointment-meeting", "meeting", "reference", ["Appointment"],
            $"Appointment.extension.where(url = '{Canonicals.TravelFor}').value | "
            + $"Appointment.extension.where(url = '{Canonicals.DocumentationFor}').value", ["Appointment"], []),
    ];

    /// <summary>Names of other guides for what R4 can ask by a chain or under another name.</summary>
    public static readonly ImmutableArray<SearchParameterAlias> Aliases =
    [
        new("Slot", "healthcareService", "reference", "schedule.actor:HealthcareService"),
        new("Slot", "date", "date", "start"),
    ];

    /// <summary>The name that R4 has for it, with the modifier or chain that follows; as given when it is no alias.</summary>
    /// <remarks>Null for a modifier on what means a chain: that has one of its own.</remarks>
    internal static string? Meaning(string type, string name)
    {
        var end = name.AsSpan().IndexOfAny(':', '.');
        var code = end < 0 ? name : name[..end];
        foreach (var alias in Aliases)
            if (alias.ResourceType == type && alias.Code == code)
                return end < 0 ? alias.Meaning
                    : name[end] == ':' && alias.Meaning.Contains(':') ? null
                    : alias.Meaning + name[end..];
        return name;
    }

    /// <summary>True for a parameter whose values are one interval from the first date to the last.</summary>
    public static bool IsOverlap(SearchParameterDefinition definition) =>
        definition.Code == Period && definition.Url.StartsWith(Canonical, StringComparison.Ordinal);

    /// <summary>Of a group about which it is still to be decided whether it takes place.</summary>
    private static string DeadlineOf(string type) =>
        $"{type}.extension.where(url = '{Canonicals.GroupMinimum}' and extension.where(url = 'decided').empty())"
        + ".extension.where(url = 'deadline').value";

    private static SearchParameterDefinition Date(string type, string code, string expression) =>
        new(Canonical + type + "-" + code, code, "date", [type], expression, [], []);
}

/// <summary>Another name of a search parameter, read as what it means.</summary>
/// <param name="ResourceType">Type that is searched.</param>
/// <param name="Code">The name: <c>healthcareService</c> of Booking and Referral Standard, say.</param>
/// <param name="Type">Search parameter type.</param>
/// <param name="Meaning">Name, with chain, that R4 has for it.</param>
public sealed record SearchParameterAlias(string ResourceType, string Code, string Type, string Meaning)
{
    public string Url => $"https://ajanvaraus.example/fhir/SearchParameter/{ResourceType}-{Code}";
}
