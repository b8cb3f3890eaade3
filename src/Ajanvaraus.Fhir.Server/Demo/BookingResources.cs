using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Booking;

using NodaTime.Text;

namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>The clients and the past bookings of the county as resources.</summary>
internal static class BookingResources
{
    private const string IdentifierTypes = "http://terminology.hl7.org/CodeSystem/v2-0203";

    /// <summary>Days between making a booking and its time.</summary>
    private const int LeadDays = 7;

    public static ElementNode Patient(Client client) => ElementDraft.Resource("Patient", client.Id)
        .Claims("patient")
        .Add("identifier", identifier => identifier
            .Set("use", "official")
            .Concept("type", IdentifierTypes, "NNFIN")
            .Set("system", Henkilotunnus.System)
            .Set("value", client.PersonalIdentityCode))
        .Set("active", true)
        .Add("name", name => name
            .Set("use", "official")
            .Set("family", client.Person.Family)
            .Set("given", client.Person.Given))
        .Set("gender", client.Person.IsFemale ? "female" : "male")
        .Set("birthDate", LocalDatePattern.Iso.Format(client.BirthDate))
        .Add("communication", communication => communication
            .Add("language", language => language.Add("coding", coding =>
                coding.Set("system", CountyResources.Languages).Set("code", client.Person.Language)))
            .Set("preferred", true))
        .Build();

    /// <summary>A booking that took place: nothing of it is still to be decided.</summary>
    public static ElementNode Appointment(Booking booking, ServiceTask task, int number)
    {
        var day = WorkingDays.All[booking.Day];
        // The tables count clients in internal times too, which the profile of these does not have.
        return ElementDraft.Resource("Appointment", $"varaus-{number:D5}")
            .Claims(booking.TimeType.IsInternal ? "appointment" : "client-appointment")
            .Set("status", "fulfilled")
            .Concept("serviceCategory", DemoCodes.ServiceTasks, task.Code, task.Name)
            .Concept("serviceType", DemoCodes.SocialServices, booking.Service.Code, booking.Service.Name)
            .Concept("appointmentType", TimeTypes.System, booking.TimeType.Code, booking.TimeType.Name)
            .Set("start", LocalMoments.DateTime(day, booking.Start))
            .Set("end", LocalMoments.DateTime(day, booking.Start + booking.Minutes))
            .Set("minutesDuration", booking.Minutes)
            .Set("created", LocalMoments.DateTime(day.PlusDays(-LeadDays), booking.Start))
            .AddEach("participant", Actors(booking), (participant, actor) => participant
                .Reference("actor", actor)
                .Set("required", "required")
                .Set("status", "accepted"))
            .Build();
    }

    private static IEnumerable<string> Actors(Booking booking)
    {
        foreach (var client in booking.Clients)
            yield return $"Patient/{client.Id}";
        yield return $"Practitioner/{booking.Professional.Id}";
        if (booking.Room is not null)
            yield return $"Location/{booking.Room}";
    }
}
