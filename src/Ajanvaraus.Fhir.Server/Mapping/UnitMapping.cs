using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;

using NodaTime;
using NodaTime.Text;

namespace Ajanvaraus.Fhir.Server.Mapping;

/// <summary>What one Organization, Location, HealthcareService or PractitionerRole says of when it is closed.</summary>
/// <remarks>
/// <para>Open on a holiday: the extension <see cref="Canonicals.OpenOnHoliday"/>. Closed besides: <c>notAvailable</c> where R4 has
/// it, else the extension <see cref="Canonicals.ClosedDuring"/>. A side of a period that is not given is open; a date counts to
/// its end, in the zone of the calendar.</para>
/// <para>Errors: none; what cannot be read says nothing.</para>
/// <para>Source: ADR 0021; http://hl7.org/fhir/R4/healthcareservice.html .</para>
/// </remarks>
internal sealed class UnitMapping
{
    private static readonly Instant Earliest = Instant.FromUtc(1970, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(9999, 1, 1, 0, 0);

    /// <summary>Where the units above one are told: the elements that lead to them, by type.</summary>
    private static readonly (string Type, string Element, string Target)[] Ways =
    [
        ("HealthcareService", "providedBy", "Organization"),
        ("PractitionerRole", "organization", "Organization"),
        ("PractitionerRole", "location", "Location"),
        ("Location", "managingOrganization", "Organization"),
        ("Location", "partOf", "Location"),
        ("Organization", "partOf", "Organization"),
    ];

    private readonly ImmutableArray<ElementNode> _periods;

    private UnitMapping(ElementNode unit)
    {
        Reference = new LocalReference(unit.Type.Name, unit.Id!);
        Above =
        [
            .. Ways.Where(way => way.Type == unit.Type.Name)
                .SelectMany(way => unit.All(way.Element).Select(to => LocalReference.Parse(to.Text("reference")))
                    .Where(to => to?.Type == way.Target))
                .Select(to => to!.Value),
        ];
        var opens = Values(unit, Canonicals.OpenOnHoliday).ToLookup(value => value.Type.Name, value => value.Value);
        OpenHolidays = [.. opens["code"].OfType<string>()];
        OpenDates = [.. opens["date"].Select(text => LocalDatePattern.Iso.Parse(text ?? "")).Where(p => p.Success).Select(p => p.Value)];
        _periods =
        [
            .. unit.All("notAvailable").Select(closed => closed["during"]).OfType<ElementNode>(),
            .. Values(unit, Canonicals.ClosedDuring).Where(value => value.Type.Name == "Period"),
        ];
    }

    public LocalReference Reference { get; }

    /// <summary>The units that it belongs to, on this server.</summary>
    public ImmutableArray<LocalReference> Above { get; }

    /// <summary>Codes of holidays on which it is open every year.</summary>
    public ImmutableArray<string> OpenHolidays { get; }

    public ImmutableArray<LocalDate> OpenDates { get; }

    public bool SaysNothing => OpenHolidays.IsEmpty && OpenDates.IsEmpty && _periods.IsEmpty;

    public static UnitMapping Read(ElementNode unit) => new(unit);

    /// <summary>What several units of a calendar say together: open when any of them is, closed when any of them is.</summary>
    public static UnitClosings Together(IReadOnlyCollection<UnitMapping> units, string zoneId) => new(
        HolidayCalendar.Usual with
        {
            OpenHolidays = [.. units.SelectMany(unit => unit.OpenHolidays)],
            OpenDates = [.. units.SelectMany(unit => unit.OpenDates)],
        },
        [.. units.SelectMany(unit => unit._periods).Select(period => RangeOf(period, Zones.Of(zoneId))).OfType<TimeRange>()]);

    private static TimeRange? RangeOf(ElementNode period, ZoneRules zone)
    {
        var (start, end) = (period.Text("start"), period.Text("end"));
        var range = (From: Earliest, To: Latest);
        if (FhirInstant.TryParse(start, zone, out var from))
            range.From = Moments.Of(from.Start);
        if (FhirInstant.TryParse(end, zone, out var to))
            range.To = Moments.Of(to.Precision < DateTimePrecision.Minute ? to.End : to.Start);
        return (start ?? end) is null || range.To <= range.From ? null : new TimeRange(range.From, range.To);
    }

    private static IEnumerable<ElementNode> Values(ElementNode unit, string url) =>
        unit.All("extension").Where(e => e.Text("url") == url).Select(e => e["value"]).OfType<ElementNode>();
}
