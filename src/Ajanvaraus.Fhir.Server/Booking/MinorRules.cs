using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;
using Ajanvaraus.Fhir.Server.Security.Representation;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>What services say of minors, where a citizen writes a booking: who books, from which age, and who may hide it.</summary>
/// <remarks>A client whose birth date no register tells counts as of age, when they act themselves. One answer for all refusals.
/// Source: ADR 0031; docs/scheduling-rules.md, Minors.</remarks>
internal sealed class MinorRules(ReadMany read, Identity identity, Instant now)
{
    private readonly AgeRules _rules = new(read);

    /// <summary>An Appointment as it is to be written.</summary>
    /// <param name="before">As it was; null when it is new.</param>
    /// <param name="after">As it is asked for.</param>
    /// <param name="calendarActors">References to those whose calendars it takes.</param>
    public async ValueTask<Problem?> CheckAsync(AppointmentView? before, AppointmentView after, IEnumerable<string> calendarActors) =>
        identity.Kind != CallerKind.Citizen || (!TakesTime(before, after) && !Hides(before?.Resource, after.Resource))
            ? null
            : await CheckAsync(before, after, AgeRules.ServicesOf(after.Participants.Select(p => p.Actor).Concat(calendarActors)));

    /// <summary>An Appointment that takes no time: it may be hidden all the same.</summary>
    public async ValueTask<Problem?> CheckLabelsAsync(ElementNode? before, ElementNode after) =>
        identity.Kind != CallerKind.Citizen || !Hides(before, after)
            ? null
            : await MayHideAsync((await _rules.ServicesAsync([new AppointmentView(after)]))[0]) ? null : TokenProblems.NotGranted;

    private async ValueTask<Problem?> CheckAsync(AppointmentView? before, AppointmentView after, ImmutableArray<string> services)
    {
        var today = Representatives.DayOf(now);
        var isAllowed = !TakesTime(before, after) || identity.ActsFor switch
        {
            { Minor: { } child } => await _rules.OfAsync(services) is { GuardianMayBook: true, GuardianSeesUntil: { } until } && child.IsUnder(until, today),
            not null => true,
            _ => await BornAsync() is not { } born || born.HasReached((await _rules.OfAsync(services)).BookFrom!.Value, today),
        };
        return isAllowed && (!Hides(before?.Resource, after.Resource) || await MayHideAsync(services)) ? null : TokenProblems.NotGranted;
    }

    private async ValueTask<bool> MayHideAsync(ImmutableArray<string> services) =>
        await BornAsync() is not { } born || born.HasReached(BirthDay.OfAge, Representatives.DayOf(now))
            || (await _rules.OfAsync(services)).MayHide!.Value;

    private async ValueTask<BirthDay?> BornAsync() =>
        LocalReference.IdOf(identity.Self, "Patient") is { } id && await read("Patient", [id]) is [var stored]
            ? BirthDay.Parse(StoredNodes.Parse(stored).Text("birthDate"))
            : null;

    private static bool Hides(ElementNode? before, ElementNode after) => SecurityLabels.IsHidden(after) && !SecurityLabels.IsHidden(before);

    private static bool TakesTime(AppointmentView? before, AppointmentView after) =>
        Occupies(after) && !(before is { } old && Occupies(old) && old.Start == after.Start && old.End == after.End);

    private static bool Occupies(AppointmentView appointment) =>
        AppointmentTransitions.Occupies(AppointmentStatusCodes.Parse(appointment.Status) ?? AppointmentStatus.Proposed);
}
