using System.Security.Cryptography;
using System.Text;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Messages;
using Ajanvaraus.Fhir.Scheduling.Reminders;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Messages;

/// <summary>Writes down in the transaction of a booking who is to be told what, and when.</summary>
/// <remarks>What is written holds references and moments alone. Source: docs/scheduling-rules.md, Reminders; ADR 0038.</remarks>
internal sealed class OutgoingMessages(QuietHours quiet)
{
    public const string Reminder = "reminder";

    private const long TicksPerMicrosecond = 10;

    private static readonly byte[] RuleUrl = Encoding.UTF8.GetBytes(Canonicals.ReminderBefore);

    /// <summary>The reminders of a booking in the place of those that it had, when its time or its clients are new.</summary>
    /// <param name="session">The transaction of the booking.</param>
    /// <param name="before">The Appointment as it was; null: there was none.</param>
    /// <param name="stored">As it is now.</param>
    /// <param name="appointment">Its content.</param>
    /// <param name="schedules">The calendars that were booked.</param>
    /// <param name="read">Of the transaction.</param>
    public async ValueTask PlanAsync(
        WriteSession session, AppointmentView? before, StoredResource stored, AppointmentView appointment,
        IReadOnlyCollection<ScheduleState> schedules, ReadMany read)
    {
        var about = $"Appointment/{stored.Id}";
        var stoodBefore = before is { Status: "booked" };
        if (stoodBefore && AreAsBefore(before!.Value, appointment))
            return;
        if (stoodBefore)
            await session.Outbox.WithdrawAsync(about);
        if (appointment is not { Status: "booked", Start: { } start })
            return;
        var befores = await RulesAsync(appointment, schedules, read);
        if (befores.Count == 0)
            return;
        var zone = CalendarZone.Of(schedules.FirstOrDefault()?.ZoneId ?? CalendarZone.Default);
        foreach (var due in ReminderTimes.Of(Instant.FromDateTimeOffset(start), befores, quiet, zone, Moments.Of(session)))
            foreach (var recipient in Notices.ClientsOf(appointment.Resource).Distinct())
                await AddAsync(session, Reminder, about, recipient, stored.Version, due.ToUnixTimeTicks() / TicksPerMicrosecond);
    }

    /// <summary>A CommunicationRequest of the server's own, sent at once.</summary>
    public async ValueTask NoticeAsync(WriteSession session, StoredResource stored, ElementNode notice)
    {
        if (KindOf(notice) is { } kind && MessageTexts.Knows(kind))
            foreach (var recipient in notice.All("recipient").Select(r => r.Text("reference")).OfType<string>())
                await AddAsync(session, kind, $"CommunicationRequest/{stored.Id}", recipient, stored.Version, session.Now);
    }

    public static string? KindOf(ElementNode notice) => notice.All("category").SelectMany(c => c.All("coding"))
        .FirstOrDefault(c => c.Text("system") == Notices.KindSystem)?.Text("code");

    private static bool AreAsBefore(AppointmentView before, AppointmentView now) =>
        before.Status == now.Status && before.Start == now.Start
        && Notices.ClientsOf(before.Resource).ToHashSet().SetEquals(Notices.ClientsOf(now.Resource));

    private static async ValueTask<IReadOnlyCollection<Duration>> RulesAsync(
        AppointmentView appointment, IReadOnlyCollection<ScheduleState> schedules, ReadMany read)
    {
        var calendars = await read("Schedule", [.. schedules.Select(s => s.Id)]);
        var services = schedules.SelectMany(s => s.Actors).Concat(appointment.Participants.Select(p => p.Actor))
            .Select(a => LocalReference.IdOf(a, "HealthcareService")).OfType<string>().Distinct().ToList();
        var said = services.Count == 0 ? calendars : calendars.AddRange(await read("HealthcareService", services));
        return
        [
            .. said.Where(r => r.Body.Span.IndexOf(RuleUrl) >= 0).SelectMany(r => StoredNodes.Parse(r).All("extension"))
                .Where(e => e.Text("url") == Canonicals.ReminderBefore).Select(CalendarRule.LengthOf).Distinct(),
        ];
    }

    /// <summary>The name that it has for gateways tells nothing, and is another for each version of what it is about.</summary>
    private static ValueTask AddAsync(WriteSession session, string kind, string about, string recipient, int version, long due)
    {
        var name = SHA256.HashData(Encoding.UTF8.GetBytes($"{about}/_history/{version}|{kind}|{recipient}|{due}"));
        return session.Outbox.AddAsync(
            new OutboxMessage(Convert.ToHexStringLower(name), kind, about, recipient, due, LeaseUntil: due, Tries: 0));
    }
}
