using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>What citizens leave to those who serve them, in bookings of their own too.</summary>
/// <remarks>They book over nobody, answer for nobody else, and do not say that a visit took place or failed. Source: R51,
/// R63 of the field's lessons; docs/scheduling-rules.md, Approval and Overbooking.</remarks>
internal static class CitizenRules
{
    /// <param name="before">The Appointment as it was; null when it is new.</param>
    /// <param name="after">As it is asked for.</param>
    public static Problem? Check(Identity identity, AppointmentView? before, AppointmentView after, WriteTarget target)
    {
        if (identity.Kind != CallerKind.Citizen || target.Intent is { Follows: not null } or { IsConsequence: true })
            return null;
        var isOthers = target.Booking?.OverrideReason is not null || SaysHowItWent(before, after)
            || (before is { } known && AnswersForOthers(known, after));
        return isOthers ? TokenProblems.NotGranted : null;
    }

    private static bool SaysHowItWent(AppointmentView? before, AppointmentView after) =>
        after.Status is "fulfilled" or "noshow" or "entered-in-error" && before?.Status != after.Status;

    private static bool AnswersForOthers(AppointmentView before, AppointmentView after) =>
        after.Participants.Any(p => p.Status is "accepted" && !IsClient(p)
            && before.Participants.Any(b => b.Actor == p.Actor && b.Status != p.Status));

    private static bool IsClient(ParticipantView participant) =>
        LocalReference.Parse(participant.Actor) is { Type: "Patient" or "RelatedPerson" };
}
