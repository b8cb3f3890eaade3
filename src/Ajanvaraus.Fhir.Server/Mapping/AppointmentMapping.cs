using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Security;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Mapping;

/// <summary>An Appointment as a request to the calendars, and the decision as the Appointment that is stored.</summary>
internal static class AppointmentMapping
{
    /// <summary>Elements that Slot and Appointment have alike.</summary>
    public static readonly string[] Described = ["serviceCategory", "serviceType", "specialty", "appointmentType"];

    /// <summary>What the Appointment asks of the calendars.</summary>
    /// <param name="read">Current version by type and id, to see whom a PractitionerRole stands for.</param>
    public static async ValueTask<BookingRequest> RequestAsync(
        AppointmentView appointment, AppointmentStatus status, BookingDirective? directive, Instant? holdUntil,
        Caller caller, Func<string, string, ValueTask<StoredResource?>> read)
    {
        return new BookingRequest
        {
            AppointmentId = appointment.Id!,
            Time = TimeOf(appointment),
            SlotIds = SlotIds(appointment),
            ScheduleIds = directive?.ScheduleIds ?? [],
            StaysInSlots = directive?.StaysInSlots ?? false,
            Overbooks = directive?.OverrideReason is not null,
            RequiredActors = await RequiredActorsAsync(appointment, read),
            Places = Places(appointment),
            Services = [.. appointment.Services, .. appointment.AppointmentTypes],
            Status = status,
            HoldUntil = holdUntil,
            Holders = Holders(appointment, caller),
        };
    }

    /// <summary>Of the Slots of this server that it names, in order.</summary>
    public static ImmutableArray<string> SlotIds(AppointmentView appointment) =>
        [.. appointment.Slots.Select(r => LocalReference.IdOf(r, "Slot")).OfType<string>()];

    public static TimeRange? TimeOf(AppointmentView appointment) =>
        appointment.Start is { } start && appointment.End is { } end
            ? new TimeRange(Instant.FromDateTimeOffset(start), Instant.FromDateTimeOffset(end))
            : null;

    /// <summary>The principal, or without tokens the clients for whom the time is.</summary>
    public static ImmutableArray<string> Holders(AppointmentView appointment, Caller caller) =>
        caller.Principal.Length > 0 ? [caller.Principal] : [.. Patients(appointment)];

    public static IEnumerable<string> Patients(AppointmentView appointment) => appointment.Participants
        .Select(p => p.Actor)
        .OfType<string>()
        .Where(r => LocalReference.IdOf(r, "Patient") is not null);

    /// <summary>Locations of this server that take part, in the order named.</summary>
    public static ImmutableArray<string> Places(AppointmentView appointment) =>
    [
        .. appointment.Participants.Where(p => p.Status != "declined").Select(p => LocalReference.Parse(p.Actor))
            .OfType<LocalReference>().Where(a => a.Type == "Location").Select(a => a.ToString()),
    ];

    /// <summary>Participants whose calendars are taken; PractitionerRoles as their Practitioners.</summary>
    public static async ValueTask<ImmutableArray<string>> RequiredActorsAsync(
        AppointmentView appointment, Func<string, string, ValueTask<StoredResource?>> read)
    {
        var actors = ImmutableArray.CreateBuilder<string>();
        foreach (var participant in appointment.Participants)
        {
            if (participant.Required is "optional" or "information-only" || participant.Status == "declined")
                continue;
            if (LocalReference.Parse(participant.Actor) is not { } actor)
                continue;
            if (actor.Type is "Practitioner" or "Device" or "Location")
                actors.Add(actor.ToString());
            else if (actor.Type == "PractitionerRole" && await PractitionerOfAsync(actor.Id, read) is { } practitioner)
                actors.Add(practitioner);
        }
        return actors.DrainToImmutable();
    }

    private static async ValueTask<string?> PractitionerOfAsync(
        string roleId, Func<string, string, ValueTask<StoredResource?>> read)
    {
        if (await read("PractitionerRole", roleId) is not { IsDeleted: false } stored)
            return null;
        return LocalReference.Parse(StoredNodes.Parse(stored)["practitioner"]?.Text("reference"))?.ToString();
    }

    /// <summary>The Appointment with the time, the Slots and the status that the decision gave it.</summary>
    public static ElementNode Apply(
        ElementNode appointment, Accepted decision, ImmutableArray<string> slotIds, ZoneRules zone)
    {
        var view = new AppointmentView(appointment);
        if (view.Start is null)
            appointment = appointment.Set("start", InstantText(decision.Time.Start, zone));
        if (view.End is null)
            appointment = appointment.Set("end", InstantText(decision.Time.End, zone));
        var before = view.Slots.Select(r => LocalReference.IdOf(r, "Slot"));
        if (!before.SequenceEqual(slotIds))
        {
            appointment = appointment.Replace("slot", [.. slotIds.Select(id =>
            {
                var reference = appointment.New("slot");
                return reference.Set("reference", $"Slot/{id}");
            })]);
        }
        return appointment;
    }

    /// <summary>What the time is for, as its Slot says, where the Appointment says nothing of it.</summary>
    /// <remarks>A Slot that the booking itself made where none stood offers nothing.</remarks>
    public static ElementNode Describe(ElementNode appointment, ElementNode slot)
    {
        if (new SlotView(slot).IsFiller)
            return appointment;
        foreach (var name in Described)
        {
            if (appointment[name] is not null || slot[name] is null)
                continue;
            var property = appointment.Type.Property(name);
            appointment = appointment.Replace(name, [.. slot.All(name).Select(c => c.At(property))]);
        }
        return appointment;
    }

    /// <remarks>The day that a rule speaks of may begin before the year 1: told is the end of the calendar that it lies beyond.</remarks>
    public static string InstantText(Instant instant, ZoneRules zone) =>
        FhirInstant.Format(instant.ToUnixTimeTicks() / TimeSpan.TicksPerMicrosecond, zone);
}
