namespace Ajanvaraus.Fhir.Core.Model.Views;

/// <summary>An Appointment as scheduling reads it: http://hl7.org/fhir/R4/appointment.html .</summary>
public readonly struct AppointmentView(ElementNode resource)
{
    public ElementNode Resource => resource;

    public string? Id => resource.Id;

    /// <summary>Code of <c>http://hl7.org/fhir/appointmentstatus</c>.</summary>
    public string? Status => resource.Text("status");

    public DateTimeOffset? Start => ViewElements.Moment(resource.Text("start"));

    public DateTimeOffset? End => ViewElements.Moment(resource.Text("end"));

    /// <summary>Literal references to Slots, in order.</summary>
    public ImmutableArray<string> Slots => resource.References("slot");

    /// <summary>Literal references to what the booking fulfils, in order.</summary>
    public ImmutableArray<string> BasedOn => resource.References("basedOn");

    public ImmutableArray<ParticipantView> Participants =>
        [.. resource.All("participant").Select(ParticipantView.Of)];

    public ImmutableArray<IdentifierView> Identifiers =>
        [.. resource.All("identifier").Select(i => new IdentifierView(i.Text("system"), i.Text("value")))];

    /// <summary>End of the hold of a pending Appointment; null when it does not end by itself.</summary>
    public DateTimeOffset? HeldUntil => ViewElements.Moment(resource.ExtensionValue(Canonicals.HeldUntil));

    /// <summary>The CodeableConcept (R4 spells it so); null when none.</summary>
    public ElementNode? CancelationReason => resource["cancelationReason"];

    /// <summary>serviceCategory, serviceType and specialty as <c>system|code</c>.</summary>
    public ImmutableArray<string> Services => resource.Codings("serviceCategory", "serviceType", "specialty");

    /// <summary>serviceType alone, as <c>system|code</c>.</summary>
    public ImmutableArray<string> ServiceTypes => resource.Codings("serviceType");

    public ImmutableArray<string> AppointmentTypes => resource.Codings("appointmentType");

    public string? Comment => resource.Text("comment");

    public string? Description => resource.Text("description");
}

/// <param name="Actor">Literal reference; null when the participant is only a role or a logical reference.</param>
/// <param name="Required">Code: <c>required</c>, <c>optional</c>, <c>information-only</c>; <c>required</c> when not said.</param>
/// <param name="Status">Code: <c>accepted</c>, <c>declined</c>, <c>tentative</c>, <c>needs-action</c>.</param>
/// <param name="Types">Codings as <c>system|code</c>.</param>
public sealed record ParticipantView(string? Actor, string Required, string? Status, ImmutableArray<string> Types)
{
    public const string DefaultRequired = "required";

    internal static ParticipantView Of(ElementNode participant) => new(
        participant["actor"]?.Text("reference"),
        participant.Text("required") ?? DefaultRequired,
        participant.Text("status"),
        participant.Codings("type"));
}

public sealed record IdentifierView(string? System, string? Value);
