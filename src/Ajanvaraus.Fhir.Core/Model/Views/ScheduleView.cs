namespace Ajanvaraus.Fhir.Core.Model.Views;

/// <summary>A Schedule as scheduling reads it: http://hl7.org/fhir/R4/schedule.html .</summary>
public readonly struct ScheduleView(ElementNode resource)
{
    public const string DefaultZoneId = "Europe/Helsinki";

    public ElementNode Resource => resource;

    public string? Id => resource.Id;

    /// <summary>True unless the Schedule says otherwise.</summary>
    public bool Active => resource.Text("active") != "false";

    /// <summary>Literal references as written, in order.</summary>
    public ImmutableArray<string> Actors => resource.References("actor");

    /// <summary>Null: open at the beginning. A date is one of the calendar's zone.</summary>
    public DateTimeOffset? HorizonStart =>
        Horizon("start") is { } start ? FhirInstant.MomentOf(start.Start) : null;

    /// <summary>Null: open at the end. A date of the calendar's zone counts to its end.</summary>
    public DateTimeOffset? HorizonEnd => Horizon("end") is { } end
        ? FhirInstant.MomentOf(end.Precision >= DateTimePrecision.Minute ? end.Start : end.End)
        : null;

    /// <summary>serviceCategory, serviceType and specialty as <c>system|code</c>.</summary>
    public ImmutableArray<string> Services => resource.Codings("serviceCategory", "serviceType", "specialty");

    /// <summary>IANA name of the calendar's zone.</summary>
    public string ZoneId => resource.ExtensionValue(Canonicals.TimeZone) ?? DefaultZoneId;

    private FhirInstant? Horizon(string boundary) =>
        resource["planningHorizon"]?.Text(boundary) is { } text
        && FhirInstant.TryParse(text, Zone, out var written)
            ? written
            : null;

    private ZoneRules? Zone => TimeZones.Find(ZoneId);
}
