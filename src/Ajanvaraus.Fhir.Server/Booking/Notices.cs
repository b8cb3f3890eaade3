using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>What people are to be told of: a CommunicationRequest for each, written in the transaction of the change.</summary>
/// <remarks>
/// It names its one recipient and what it is about, and nobody else. Channel and text are chosen when it is sent: here, where
/// <see cref="Messages.OutgoingMessages"/> are on, or by who reads it. Source: http://hl7.org/fhir/R4/communicationrequest.html; docs/scheduling-rules.md, Who is told.
/// </remarks>
internal static class Notices
{
    public const string Change = "change";
    public const string Cancellation = "cancellation";
    public const string Confirmation = "confirmation";

    public const string KindSystem = Canonicals.Base + "/CodeSystem/reminder-kind";

    /// <summary>One for each recipient, about all that concerns them.</summary>
    /// <param name="kind">Code of reminder-kind.</param>
    /// <param name="concerned">Recipient and what it is about, as references.</param>
    /// <param name="now">When they are due.</param>
    public static IEnumerable<ElementNode> Of(
        string kind, IEnumerable<(string Recipient, string About)> concerned, Instant now) => concerned
        .Where(c => CanReceive(c.Recipient))
        .GroupBy(c => c.Recipient, c => c.About)
        .Select(g => One(kind, g.Key, g.Distinct(), now));

    public static WriteIntent Intent(ElementNode notice) =>
        new() { Method = WriteMethod.Post, Type = "CommunicationRequest", Resource = notice, IsConsequence = true };

    /// <summary>Participants who are told of a change of their Appointment: clients, and those who act for them.</summary>
    public static IEnumerable<string> ClientsOf(ElementNode appointment) => appointment.All("participant")
        .Where(p => p.Text("status") != "declined")
        .Select(p => p["actor"]?.Text("reference"))
        .OfType<string>()
        .Where(a => LocalReference.Parse(a) is { Type: "Patient" or "RelatedPerson" });

    /// <summary>Rooms and services are not told.</summary>
    private static bool CanReceive(string recipient) => LocalReference.Parse(recipient) is
        { Type: "Patient" or "RelatedPerson" or "Practitioner" or "PractitionerRole" };

    private static ElementNode One(string kind, string recipient, IEnumerable<string> about, Instant now)
    {
        var notice = new ElementNode(null, R4.Definitions.Resource("CommunicationRequest")!, null, []);
        var category = notice.New("category");
        var due = AppointmentMapping.InstantText(now, Zones.Default);
        notice = notice.Set("status", "active")
            .Append(category.Append(category.New("coding").Set("system", KindSystem).Set("code", kind)));
        if (LocalReference.IdOf(recipient, "Patient") is not null)
            notice = notice.Append(notice.New("subject").Set("reference", recipient));
        foreach (var reference in about)
            notice = notice.Append(notice.New("about").Set("reference", reference));
        return notice.Set("occurrenceDateTime", due).Set("authoredOn", due)
            .Append(notice.New("recipient").Set("reference", recipient));
    }
}
