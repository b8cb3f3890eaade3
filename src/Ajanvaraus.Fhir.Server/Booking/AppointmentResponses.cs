using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>A participant's answer becomes the participant's own status in the Appointment, in the same transaction.</summary>
/// <remarks>
/// An answer to an Appointment that is not here, or by somebody who takes no part in it, is stored and changes nothing.
/// Source: http://hl7.org/fhir/R4/appointmentresponse.html.
/// </remarks>
internal static class AppointmentResponses
{
    /// <summary>The changes of Appointments that the answers among the intents bring with them.</summary>
    public static async Task<ImmutableArray<WriteIntent>> EditsAsync(
        ImmutableArray<WriteIntent> intents, ResourceStore store, CancellationToken cancel)
    {
        var edits = ImmutableArray.CreateBuilder<WriteIntent>();
        foreach (var intent in intents)
        {
            if (intent is not { Type: "AppointmentResponse", IsImport: false, Resource: { } response }
                || LocalReference.IdOf(response["appointment"]?.Text("reference"), "Appointment") is not { } id
                || intents.Any(i => i.Type == "Appointment" && i.Id == id)
                || edits.Any(e => e.Id == id)
                || await store.ReadAsync("Appointment", id, cancel) is not { IsDeleted: false })
                continue;
            var answers = intents.Where(i => i.Type == "AppointmentResponse" && i.Resource is not null
                && LocalReference.IdOf(i.Resource["appointment"]?.Text("reference"), "Appointment") == id);
            var responses = answers.Select(a => a.Resource!).ToList();
            edits.Add(new WriteIntent
            {
                Method = WriteMethod.Put,
                Type = "Appointment",
                Id = id,
                Edit = appointment => Outcome<ElementNode>.Of(responses.Aggregate(appointment, Answer)),
            });
        }
        return edits.DrainToImmutable();
    }

    private static ElementNode Answer(ElementNode appointment, ElementNode response)
    {
        var status = AppointmentStatusCodes.Parse(new AppointmentView(appointment).Status);
        if (status is AppointmentStatus.Cancelled or AppointmentStatus.EnteredInError
            || response.Text("participantStatus") is not { } said || !IsOwnStatus(said)
            || response["actor"]?.Text("reference") is not { } actor)
            return appointment;
        var participants = appointment.All("participant").ToList();
        var changed = participants.ConvertAll(p =>
            p["actor"]?.Text("reference") == actor && p.Text("status") != said ? p.Set("status", said) : p);
        return changed.SequenceEqual(participants, ReferenceEqualityComparer.Instance)
            ? appointment
            : appointment.Replace("participant", [.. changed]);
    }

    /// <summary>AppointmentResponse has two more, in-process and completed, which are no status of a participant.</summary>
    private static bool IsOwnStatus(string code) => code is "accepted" or "declined" or "tentative" or "needs-action";
}
