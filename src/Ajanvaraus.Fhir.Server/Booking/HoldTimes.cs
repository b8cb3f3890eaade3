using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Until when a pending Appointment holds its time, and how the Appointment tells it.</summary>
internal static class HoldTimes
{
    /// <summary>A new hold from the directive; a hold that lives goes on to its old end; null: none that ends.</summary>
    public static Instant? Of(WriteTarget target, AppointmentView? before, AppointmentStatus status, Instant now)
    {
        if (status != AppointmentStatus.Pending)
            return null;
        if (target.Booking?.HoldSeconds is { } seconds)
            return WholeSecond(now + Duration.FromSeconds(seconds));
        var held = target.Intent.IsImport ? new AppointmentView(target.Resource!).HeldUntil : before?.HeldUntil;
        return held is { } until ? Instant.FromDateTimeOffset(until) : null;
    }

    /// <summary>The Appointment with <c>held-until</c>, or without it.</summary>
    public static ElementNode On(ElementNode appointment, Instant? until)
    {
        var free = appointment.Replace(
            "extension", [.. appointment.All("extension").Where(e => e.Text("url") != Canonicals.HeldUntil)]);
        if (until is not { } instant)
            return free;
        var extension = free.New("extension")
            .Set("url", Canonicals.HeldUntil)
            .Set("valueInstant", AppointmentMapping.InstantText(instant, ZoneRules.Utc));
        return free.Append(extension);
    }

    /// <summary>The end is told to the second, so it falls on one: what is told is what is kept.</summary>
    private static Instant WholeSecond(Instant instant)
    {
        var rest = instant.ToUnixTimeTicks() % NodaConstants.TicksPerSecond;
        return rest == 0 ? instant : instant.PlusTicks(NodaConstants.TicksPerSecond - rest);
    }
}
