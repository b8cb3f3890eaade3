using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Audit;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Rezoning;

/// <summary>Takes the operating system's rules of time zones into a database, and keeps what was agreed at its place on the clock.</summary>
internal sealed class Rezoner(ResourceStore store, WriteServices services)
{
    private const int AtATime = 200;

    private static readonly Identity Program = new() { Kind = CallerKind.System, ClientId = "Ajanvaraus.Fhir.Server" };

    /// <summary>What taking them would change; nothing is written.</summary>
    public async Task<RezoningPlan> PlanAsync(Instant now, CancellationToken cancel) =>
        await store.QueryAsync(session => RezoningPlan.MakeAsync(session.TimeZones, now), cancel);

    /// <summary>All in one transaction: rules, Slots, Appointments with their time and their reminders. Nothing where bookings would meet.</summary>
    public Task<Outcome<RezoningPlan>> ApplyAsync(Instant now, CancellationToken cancel) => store.WriteAsync<RezoningPlan>(async session =>
    {
        var plan = await RezoningPlan.MakeAsync(session.TimeZones, now);
        if (!plan.Meetings.IsEmpty)
            return plan;
        foreach (var appointment in plan.Appointments.OrderBy(m => m.Id, StringComparer.Ordinal))
            await session.LockAsync("Appointment", appointment.Id);
        foreach (var zone in plan.Zones.Values)
            await session.TimeZones.SetAsync(zone.Rules);
        foreach (var some in plan.Slots.Chunk(AtATime))
            await PutAsync(session, plan, "Slot", some);
        await MoveClaimsAsync(session, plan.Appointments);
        await MoveAppointmentsAsync(session, plan);
        return plan;
    }, cancel);

    /// <summary>All give up their time before the first takes another's.</summary>
    private static async ValueTask MoveClaimsAsync(WriteSession session, ImmutableArray<MovedTime> appointments)
    {
        foreach (var appointment in appointments)
            await session.Booking.ReplaceClaimsAsync(appointment.Id, []);
        foreach (var appointment in appointments)
            await session.Booking.ReplaceClaimsAsync(appointment.Id, appointment.Claims, seen: []);
    }

    private async ValueTask MoveAppointmentsAsync(WriteSession session, RezoningPlan plan)
    {
        foreach (var some in plan.Appointments.Chunk(AtATime))
            foreach (var (node, moved) in await PutAsync(session, plan, "Appointment", some))
            {
                await session.Outbox.ShiftAsync(moved.Reference, (long)(moved.By.TotalTicks / TimeSpan.TicksPerMicrosecond));
                await NoteAsync(session, node, moved.Reference);
            }
    }

    private async ValueTask<List<(ElementNode Node, MovedTime Moved)>> PutAsync(
        WriteSession session, RezoningPlan plan, string type, MovedTime[] some)
    {
        var stored = (await session.ReadManyAsync(type, [.. some.Select(m => m.Id)])).ToDictionary(s => s.Id);
        var put = new List<(ElementNode, MovedTime)>();
        foreach (var moved in some)
        {
            if (!stored.TryGetValue(moved.Id, out var before))
                continue;
            var node = StoredNodes.Parse(before);
            var rules = plan.Zones[moved.ZoneId].Rules;
            await session.PutAsync(
                services.Prepare(Shifted(Shifted(node, "start", moved.By, rules), "end", moved.By, rules)), WriteMethod.Put,
                services.PrepareBefore(before, node));
            put.Add((node, moved));
        }
        return put;
    }

    private static ElementNode Shifted(ElementNode node, string element, Duration by, ZoneRules rules) =>
        node.Text(element) is { } text && FhirInstant.TryParse(text, null, out var time)
            ? node.Set(element, AppointmentMapping.InstantText(Moments.Of(time.Start) + by, rules))
            : node;

    private static async ValueTask NoteAsync(WriteSession session, ElementNode appointment, string reference)
    {
        var clients = new HashSet<string>();
        MentionedClients.Find(Core.Json.FhirJson.ToBytes(appointment), [], clients);
        var entry = AuditEntry.Of(Program) with
        {
            Interaction = "operation",
            Operation = "time-zones",
            Things = [.. clients.Order(StringComparer.Ordinal).DefaultIfEmpty(null!).Select(client => new AuditedThing("U", "update", reference, client))],
        };
        await session.Audit.AppendAsync(await session.Audit.PrepareAsync(), [entry.ToRecord()]);
    }
}
