using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Templates;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Mapping;

/// <summary>A week template as a Basic resource: R4 has no resource of its own for it.</summary>
/// <remarks>
/// The Basic has the code <c>week-template</c> and one complex extension; its parts are named as the elements of
/// <see cref="WeekTemplate"/>. Source: http://hl7.org/fhir/R4/basic.html.
/// </remarks>
internal static class WeekTemplateMapping
{
    public const string Code = "week-template";
    public const string CodeSystem = Canonicals.Base + "/CodeSystem/basic-type";
    public const string ExtensionUrl = Canonicals.Base + "/StructureDefinition/week-template";

    private const int LongestName = 64;
    private const int MinutesOfDay = 1440;

    private static readonly ImmutableArray<string> TemplateParts =
        ["name", "version", "zone", "weeks", "anchor", "holidays", "entry"];

    private static readonly ImmutableArray<string> EntryParts =
    [
        "weekday", "start", "end", "slotMinutes", "gapMinutes", "capacity", "serviceCategory", "serviceType",
        "appointmentType", "mode", "audience", "releaseDays", "week",
    ];

    private static readonly ImmutableArray<string> Weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>The day of 2001 that begins the rotation of a template without an anchor: a Monday.</summary>
    private static readonly LocalDate DefaultAnchor = new(2001, 1, 1);

    /// <param name="path">FHIRPath of the Basic: <c>Basic</c>, or where it stands in Parameters.</param>
    /// <remarks>Errors: 422 with every fault at once, each located.</remarks>
    public static Outcome<TemplateResource> Read(ElementNode basic, string path)
    {
        var at = basic.All("extension").Select((e, i) => (Node: e, Path: $"{path}.extension[{i}]"))
            .Where(e => e.Node.Text("url") == ExtensionUrl).ToList();
        if (at.Count != 1 || !HasCode(basic))
            return OperationMessages.TemplateNotOne.As(ProblemKind.Unprocessable, path);
        var issues = ImmutableArray.CreateBuilder<Issue>();
        var parts = new TemplateElements(at[0].Node, at[0].Path, TemplateParts, issues);
        var weeks = parts.Number("weeks", 1, 4, absent: 1);
        var concepts = new Dictionary<TemplateEntry, EntryConcepts>(ReferenceEqualityComparer.Instance);
        foreach (var (node, entryPath) in parts.All("entry"))
            ReadEntry(new TemplateElements(node, entryPath, EntryParts, issues), weeks, concepts);
        var template = new WeekTemplate(
            Name(parts), parts.Number("version", 1, int.MaxValue, absent: 1), Zone(parts), Anchor(parts), weeks,
            [.. concepts.Keys]);
        if (concepts.Count == 0 && issues.Count == 0)
            issues.Add(OperationMessages.TemplateElementMissing.At(at[0].Path, "entry"));
        return issues.Count > 0
            ? new Problem(ProblemKind.Unprocessable, issues.DrainToImmutable())
            : new TemplateResource(template, parts.Flag("holidays"), concepts);
    }

    private static bool HasCode(ElementNode basic) => basic["code"]?.All("coding")
        .Any(c => c.Text("code") == Code && c.Text("system") == CodeSystem) ?? false;

    private static string Name(TemplateElements parts)
    {
        var name = parts.Text("name", isRequired: true) ?? "";
        if (name.Length > LongestName || name.Contains('|', StringComparison.Ordinal))
            parts.Fault("name", OperationMessages.TemplateName.At(null, $"{LongestName}"));
        return name;
    }

    private static string Zone(TemplateElements parts)
    {
        var zone = parts.Text("zone") ?? "";
        if (zone.Length > 0 && !CalendarZone.IsKnown(zone))
            parts.Wrong("zone", "Europe/Helsinki");
        return zone;
    }

    private static LocalDate Anchor(TemplateElements parts)
    {
        var anchor = parts.Date("anchor") ?? DefaultAnchor;
        if (anchor.DayOfWeek != IsoDayOfWeek.Monday)
            parts.Fault("anchor", OperationMessages.TemplateAnchor.At(null));
        return anchor;
    }

    private static void ReadEntry(
        TemplateElements parts, int weeks, Dictionary<TemplateEntry, EntryConcepts> concepts)
    {
        var weekday = Weekdays.IndexOf(parts.Text("weekday", isRequired: true) ?? "");
        if (weekday < 0 && parts.Find("weekday") is not null)
            parts.Wrong("weekday", "mon | tue | wed | thu | fri | sat | sun");
        var said = new EntryConcepts(
            parts.Concept("serviceCategory"), parts.Concept("serviceType"), parts.Concept("appointmentType"),
            Mode(parts));
        var (start, end) = (parts.Time("start"), parts.Time("end"));
        var entry = new TemplateEntry
        {
            Week = parts.Number("week", 1, weeks, absent: 1),
            Day = (IsoDayOfWeek)Math.Max(weekday + 1, 1),
            Start = start ?? LocalTime.Midnight,
            End = end ?? LocalTime.Midnight,
            SlotLength = Duration.FromMinutes(parts.Number("slotMinutes", 1, MinutesOfDay)),
            Gap = Duration.FromMinutes(parts.Number("gapMinutes", 0, MinutesOfDay, absent: 0)),
            Capacity = parts.Number("capacity", 1, 1000, absent: 1),
            Services = [.. Codings(said.ServiceCategory), .. Codings(said.ServiceType)],
            TimeTypes = [.. Codings(said.AppointmentType)],
            ContactModes = said.Mode is null ? [] : [Coding(said.Mode)],
            Audience = parts.Text("audience") ?? "",
            ReleaseDaysAhead = parts.Find("releaseDays") is null ? null : parts.Number("releaseDays", 0, 366),
        };
        if (start is not null && end is not null && entry.SlotLength > LengthOf(entry))
            parts.Fault("slotMinutes", OperationMessages.TemplateSlotMinutes.At(null));
        concepts.Add(entry, said with { Codings = [.. entry.Services, .. entry.TimeTypes, .. entry.ContactModes] });
    }

    /// <summary>An end at or before the start lies on the next day.</summary>
    private static Duration LengthOf(TemplateEntry entry)
    {
        var length = entry.End.TickOfDay - entry.Start.TickOfDay;
        return Duration.FromTicks(length > 0 ? length : length + NodaConstants.TicksPerDay);
    }

    /// <summary>The contact mode: a code of our own system, or a Coding.</summary>
    private static ElementNode? Mode(TemplateElements parts)
    {
        if (parts.Find("mode") is not { } part)
            return null;
        var value = part.Node["value"];
        if (value?.Type.Name == "Coding" && value.Text("code") is not null)
            return value;
        if (parts.Text("mode") is not { } code)
            return null;
        return part.Node.New("valueCoding").Set("system", ContactModes.System).Set("code", code);
    }

    private static IEnumerable<string> Codings(ElementNode? concept) =>
        concept?.All("coding").Where(c => c.Text("code") is not null).Select(Coding) ?? [];

    private static string Coding(ElementNode coding) => $"{coding.Text("system")}|{coding.Text("code")}";
}
