using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Messages;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Messages;

/// <summary>A message as it is written at the moment of sending, by what stands then.</summary>
/// <param name="About">Reference to the Appointment.</param>
/// <param name="To">Telephone number; null: none is known.</param>
internal sealed record Letter(string About, string? To, string Language, string Text)
{
    /// <summary>Null when nobody is to be told any more: cancelled, moved, past, or somebody else has the message.</summary>
    /// <param name="session">One moment: a booking that is moved takes its waiting messages with it.</param>
    /// <param name="message">As it was taken.</param>
    /// <param name="holder">Who took it.</param>
    public static async ValueTask<Letter?> WriteAsync(ReadSession session, OutboxMessage message, string holder, DateTimeOffset now)
    {
        if (!await session.Outbox.HasAsync(message, holder) || await AboutAsync(session, message) is not { } about)
            return null;
        var stored = await session.ReadAsync("Appointment", about);
        if (stored is not { IsDeleted: false })
            return null;
        var appointment = new AppointmentView(StoredNodes.Parse(stored));
        if (!Holds(message.Kind, appointment) || appointment.Start is not { } start || start <= now
            || (!Notices.ClientsOf(appointment.Resource).Contains(message.Recipient) && !IsStaff(message.Recipient)))
            return null;
        var recipient = await RecipientAsync(session, message.Recipient);
        if (recipient is null)
            return null;
        var language = MessageTexts.LanguageOf(SpokenBy(recipient));
        return new Letter(
            $"Appointment/{about}", NumberOf(appointment.Resource, recipient, now), language, MessageTexts.Of(message.Kind, language, (await ZoneAsync(session, appointment)).Convert(start)));
    }

    private static async ValueTask<string?> AboutAsync(ReadSession session, OutboxMessage message)
    {
        if (LocalReference.IdOf(message.About, "Appointment") is { } appointment)
            return appointment;
        var request = LocalReference.IdOf(message.About, "CommunicationRequest") is { } id
            ? await session.ReadAsync("CommunicationRequest", id)
            : null;
        if (request is not { IsDeleted: false })
            return null;
        var node = StoredNodes.Parse(request);
        return node.Text("status") == "active"
            ? node.All("about").Select(a => LocalReference.IdOf(a.Text("reference"), "Appointment")).OfType<string>().FirstOrDefault()
            : null;
    }

    /// <summary>Of the calendar of its first Slot: times are told by that clock, however the Appointment writes them.</summary>
    private static async ValueTask<ZoneRules> ZoneAsync(ReadSession session, AppointmentView appointment)
    {
        foreach (var id in appointment.Slots.Select(s => LocalReference.IdOf(s, "Slot")).OfType<string>())
            if (await session.ReadAsync("Slot", id) is { IsDeleted: false } slot
                && LocalReference.IdOf(new SlotView(StoredNodes.Parse(slot)).ScheduleReference, "Schedule") is { } calendar
                && await session.ReadAsync("Schedule", calendar) is { IsDeleted: false } schedule)
                return Zones.Of(new ScheduleView(StoredNodes.Parse(schedule)).ZoneId);
        return Zones.Default;
    }

    /// <summary>Whether it is still so.</summary>
    private static bool Holds(string kind, AppointmentView appointment) => kind switch
    {
        OutgoingMessages.Reminder or Notices.Confirmation => appointment.Status == "booked",
        Notices.Cancellation => appointment.Status == "cancelled",
        _ => AppointmentStatusCodes.Parse(appointment.Status) is { } status && AppointmentTransitions.Occupies(status),
    };

    private static bool IsStaff(string reference) => LocalReference.Parse(reference) is { Type: "Practitioner" or "PractitionerRole" };

    /// <summary>Null for those who are not there, not active, or dead.</summary>
    private static async ValueTask<ElementNode?> RecipientAsync(ReadSession session, string reference)
    {
        if (LocalReference.Parse(reference) is not { } to || await session.ReadAsync(to.Type, to.Id) is not { IsDeleted: false } stored)
            return null;
        var node = StoredNodes.Parse(stored);
        return node.Text("active") == "false" || IsDead(node) ? null : node;
    }

    private static bool IsDead(ElementNode recipient) => recipient.Type.Name == "Patient" && recipient["deceased"] is { } deceased
        && deceased.Value != "false";

    private static string? SpokenBy(ElementNode recipient)
    {
        if (recipient.Type.Name is not ("Patient" or "RelatedPerson"))
            return null;
        var spoken = recipient.All("communication").ToList();
        return (spoken.FirstOrDefault(c => c.Text("preferred") == "true") ?? spoken.FirstOrDefault())?["language"]?
            .All("coding").FirstOrDefault()?.Text("code");
    }

    /// <summary>What was chosen for this booking, then a number for text messages, a mobile one, any other.</summary>
    private static string? NumberOf(ElementNode appointment, ElementNode recipient, DateTimeOffset now)
    {
        var chosen = recipient.Type.Name == "Patient" ? appointment.Extension(FinnishExtensions.NotificationInfo)?["value"] : null;
        return (chosen is null ? [] : (IEnumerable<ElementNode>)[chosen]).Concat(recipient.All("telecom").OrderBy(Preference))
            .Where(c => c.Text("system") is "sms" or "phone" && c.Text("use") != "old" && !IsOver(c["period"], now))
            .Select(c => Digits(c.Text("value"))).FirstOrDefault(n => n is not null);
    }

    private static int Preference(ElementNode contact) =>
        contact.Text("system") == "sms" ? 0 : contact.Text("use") == "mobile" ? 1 : 2;

    private static bool IsOver(ElementNode? period, DateTimeOffset now) =>
        FhirInstant.TryParse(period?.Text("end"), Zones.Default, out var end) && end.End <= FhirInstant.MicrosOf(now);

    /// <summary>Without what parts them for the eye; null for what is no number.</summary>
    private static string? Digits(string? number)
    {
        var plain = new string([.. (number ?? "").Where(c => c is not (' ' or '-' or '(' or ')' or '\u00A0'))]);
        var digits = plain.AsSpan(plain.StartsWith('+') ? 1 : 0);
        return digits.Length is >= 5 and <= 15 && digits.IndexOfAnyExceptInRange('0', '9') < 0 ? plain : null;
    }
}
