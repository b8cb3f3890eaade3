using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>The record of a booking that was made over others or outside what is open, with its reason.</summary>
/// <remarks>
/// The reason stands in the Appointment and in a Provenance of the same transaction, which stays when the Appointment
/// changes. Source: docs/scheduling-rules.md, Overbooking; http://hl7.org/fhir/R4/provenance.html .
/// </remarks>
internal static class Overbooking
{
    public static ElementNode Mark(ElementNode appointment, string reason) =>
        appointment.WithExtension(Canonicals.Override, e => e.Set("valueString", reason));

    /// <summary>Who made which version of the Appointment over what stood in the way, and why.</summary>
    public static ElementNode Provenance(
        string appointmentId, int version, string reason, ImmutableArray<Refusal> overridden, Caller caller, Instant now)
    {
        var provenance = new ElementNode(null, R4.Definitions.Resource("Provenance")!, null, []);
        var agent = provenance.New("agent");
        // Without tokens nobody is known; an agent has to be named all the same.
        var who = caller.Identity switch
        {
            { FhirUser: { } user } => agent.New("who").Set("reference", user),
            { IsUnlimited: false, ClientId: var client } => agent.New("who").Set("display", client),
            _ => agent.New("who").Set("display", "open access"),
        };
        provenance = provenance
            .Append(provenance.New("target").Set("reference", $"Appointment/{appointmentId}/_history/{version}"))
            .Set("recorded", AppointmentMapping.InstantText(now, Zones.Default))
            .Append(provenance.New("reason").Set("text", reason));
        foreach (var calendar in overridden.Select(r => r.Target).OfType<string>()
            .Where(t => LocalReference.Parse(t) is { Type: "Schedule" or "Practitioner" or "Location" or "Device" }).Distinct())
        {
            var entity = provenance.New("entity").Set("role", "source");
            provenance = provenance.Append(entity.Append(entity.New("what").Set("reference", calendar)));
        }
        return provenance.Append(agent.Append(who));
    }
}
