using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Operations;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>What a booking fixes: its client, <c>created</c>, its entitlement, its hold and its series.</summary>
/// <remarks>
/// Compared while the Appointment takes time, whatever it becomes: cancelling changes none of them either. Source:
/// docs/scheduling-rules.md, What a booking fixes.
/// </remarks>
internal sealed class FixedElements(WriteSession session)
{
    /// <param name="before">The Appointment as it is: it takes time, or the late confirmation of its hold asks for it.</param>
    /// <param name="target">What is to be written.</param>
    public async ValueTask<Problem?> CheckAsync(AppointmentView before, WriteTarget target)
    {
        var after = new AppointmentView(target.Resource!);
        if (!GroupElements.IsGroup(before) && !SameClients(before, after))
            return AppointmentChecks.Immutable(SchedulingMessages.ClientFixed, "Appointment.participant");
        if (before.Resource.Text("created") != after.Resource.Text("created"))
            return AppointmentChecks.Immutable(SchedulingMessages.CreatedFixed, "Appointment.created");
        if (target.Intent.IsImport)
            return null;
        if (!KeepsHold(before, after, target))
            return AppointmentChecks.Immutable(BookingChangeMessages.HoldFixed, Extension(Canonicals.HeldUntil));
        if (!SeriesOf(before).SequenceEqual(SeriesOf(after)))
            return AppointmentChecks.Immutable(BookingChangeMessages.SeriesFixed, Extension(Canonicals.Series));
        return await HasOtherEntitlementAsync(before, after)
            ? AppointmentChecks.Immutable(BookingRuleMessages.EntitlementFixed, "Appointment.basedOn")
            : null;
    }

    private static bool SameClients(AppointmentView before, AppointmentView after)
    {
        var old = AppointmentMapping.Patients(before).ToHashSet();
        return old.SetEquals(AppointmentMapping.Patients(after)) || old.Count == 0;
    }

    /// <summary>The end of a hold is the server's to set; it goes away when the Appointment is pending no more.</summary>
    private static bool KeepsHold(AppointmentView before, AppointmentView after, WriteTarget target) =>
        target.Booking is { HoldSeconds: not null }
        || before.HeldUntil == after.HeldUntil
        || (after.HeldUntil is null && AppointmentStatusCodes.Parse(after.Status) != AppointmentStatus.Pending);

    /// <summary>Which series and which time of it, by extension and by identifier.</summary>
    private static IEnumerable<string> SeriesOf(AppointmentView appointment) => appointment.Resource.All("extension")
        .Where(e => e.Text("url") == Canonicals.Series)
        .SelectMany(e => e.All("extension"))
        .Select(part => $"{part.Text("url")} {part["value"]?.Value ?? part["value"]?.Text("value")}")
        .Concat(appointment.Identifiers.Where(i => i.System == SeriesMembership.System).Select(i => i.Value ?? ""))
        .Order(StringComparer.Ordinal);

    /// <summary>One is taken away from a booking that was made by it, or another one added to it.</summary>
    private async ValueTask<bool> HasOtherEntitlementAsync(AppointmentView before, AppointmentView after)
    {
        var (old, changed) = (before.BasedOn, after.BasedOn);
        if (old.SequenceEqual(changed))
            return false;
        var isLost = await AnyEntitlementAsync(old.Except(changed));
        return isLost || (await AnyEntitlementAsync(changed.Except(old)) && await AnyEntitlementAsync(old));
    }

    private async ValueTask<bool> AnyEntitlementAsync(IEnumerable<string> references)
    {
        foreach (var reference in references)
            if (LocalReference.IdOf(reference, "ServiceRequest") is { } id
                && await session.ReadAsync("ServiceRequest", id) is { IsDeleted: false } stored
                && EntitlementCheck.IsEntitlement(StoredNodes.Parse(stored)))
                return true;
        return false;
    }

    private static string Extension(string url) => $"Appointment.extension.where(url = '{url}')";
}
