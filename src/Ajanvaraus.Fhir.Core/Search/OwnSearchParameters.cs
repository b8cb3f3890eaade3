using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Search;

/// <summary>Search parameters that this server adds to R4.</summary>
/// <remarks>
/// <para>R4 finds an Appointment or a Slot by its start only. <c>period</c> finds by overlap with start to end, <c>end</c>
/// by the end alone, <c>start</c> on Appointment is <c>date</c> under the name that Slot has.
/// <c>availability-template</c> finds the calendars that a week template opens, <c>meeting</c> travel and documentation
/// by what they are for, <c>group-deadline</c> groups that may yet be called off.</para>
/// <para>The names of Kanta's appointment interface are searched too: what it says of them stands in
/// https://simplifier.net/guide/kanta-potilastietovaranto-ajanvaraus-r4 (search), the roles of a Provenance's agents in
/// its profile AppointmentProvenance.</para>
/// </remarks>
public static class OwnSearchParameters
{
    private const string Canonical = "https://ajanvaraus.example/fhir/SearchParameter/";

    private const string KantaRoles = "http://gen.kanta.fi/figen-cs-provenancerolecategory";

    private const string RegisterType = "https://gen.kanta.fi/fhir/StructureDefinition/extension/RegisterType";

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
        Token("Appointment", "service-event",
            "Appointment.extension('https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/service-event').value"
            + " | Appointment.extension('http://hl7.fi/fhir/StructureDefinition/ServiceEventExt').value"),
        Token("Provenance", "organiser", AgentInRole("10")),
        Token("Provenance", "recorder-unit", AgentInRole("7")),
        Token("Provenance", "register-type-code", $"Provenance.extension('{RegisterType}').value"),
    ];

    /// <summary>Names of other guides for what can be asked by a chain or under another name.</summary>
    public static readonly ImmutableArray<SearchParameterAlias> Aliases =
    [
        new("Slot", "healthcareService", "reference", ["schedule.actor:HealthcareService"]),
        new("Slot", "date", "date", ["start"]),
        new("Appointment", "service-organiser", "token", ["_has:Provenance:target:organiser"]),
        new("Appointment", "producing-service-provider-unit", "token", ["_has:Provenance:target:recorder-unit"]),
        new("Appointment", "recorded", "date", ["_has:Provenance:target:recorded"]),
        new("Appointment", "register-type-code", "token", ["_has:Provenance:target:register-type-code"]),
        new("Appointment", "appointment-service-provider-unit", "token",
            ["actor:HealthcareService.organization:identifier", "actor:Location.organization:identifier"]),
        new("Appointment", "appointment-service-provider", "token",
        [
            "actor:HealthcareService.organization.partof:identifier", "actor:Location.organization.partof:identifier",
        ]),
        new("Appointment", "include-own", "token", []),
    ];

    /// <summary>The alias by which a name begins; null when it begins by none.</summary>
    /// <param name="name">With what follows it: a modifier or a chain.</param>
    /// <param name="following">That, with its sign; empty for none.</param>
    internal static SearchParameterAlias? Alias(string type, string name, out string following)
    {
        var end = name.AsSpan().IndexOfAny(':', '.');
        var code = end < 0 ? name : name[..end];
        following = end < 0 ? "" : name[end..];
        foreach (var alias in Aliases)
            if (alias.ResourceType == type && alias.Code == code)
                return alias;
        return null;
    }

    /// <summary>What results are sorted by under that name.</summary>
    internal static string SortedBy(string type, string code) =>
        Alias(type, code, out _) is { Meanings: [var meaning] } ? meaning : code;

    /// <summary>True for a parameter whose values are one interval from the first date to the last.</summary>
    public static bool IsOverlap(SearchParameterDefinition definition) =>
        definition.Code == Period && definition.Url.StartsWith(Canonical, StringComparison.Ordinal);

    /// <summary>Of a group about which it is still to be decided whether it takes place.</summary>
    private static string DeadlineOf(string type) =>
        $"{type}.extension.where(url = '{Canonicals.GroupMinimum}' and extension.where(url = 'decided').empty())"
        + ".extension.where(url = 'deadline').value";

    /// <summary>The identifiers of a Provenance's agents that have a role of Kanta's.</summary>
    private static string AgentInRole(string code) =>
        $"Provenance.agent.where(role.coding.where(system = '{KantaRoles}' and code = '{code}').exists()).who.identifier";

    private static SearchParameterDefinition Date(string type, string code, string expression) =>
        Define(type, code, "date", expression);

    private static SearchParameterDefinition Token(string type, string code, string expression) =>
        Define(type, code, "token", expression);

    private static SearchParameterDefinition Define(string type, string code, string valueType, string expression) =>
        new(Canonical + type + "-" + code, code, valueType, [type], expression, [], []);
}

/// <summary>Another name of a search parameter, read as what it means.</summary>
/// <param name="ResourceType">Type that is searched.</param>
/// <param name="Code">The name: <c>healthcareService</c> of Booking and Referral Standard, say.</param>
/// <param name="Type">Search parameter type.</param>
/// <param name="Meanings">
/// Names, with chains, of what it asks: one of them is to be met. None: it restricts nothing, and only <c>true</c> can be
/// asked of it.
/// </param>
public sealed record SearchParameterAlias(
    string ResourceType, string Code, string Type, ImmutableArray<string> Meanings)
{
    public string Url => $"https://ajanvaraus.example/fhir/SearchParameter/{ResourceType}-{Code}";
}
