using System.Text;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>What a booking of a service that asks for approval becomes.</summary>
internal enum ApprovalStep
{
    /// <summary>Nothing but what was asked.</summary>
    None,

    /// <summary>Pending, until those who approve have answered.</summary>
    Wait,

    /// <summary>Pending as before: not all of them have answered.</summary>
    StillWait,

    /// <summary>Booked: the last of them has accepted.</summary>
    Approve,

    /// <summary>Cancelled: one of them has declined.</summary>
    TurnDown,

    /// <summary>Refused: it was written as booked by a door that has no way to say that it is not.</summary>
    Refuse,
}

/// <summary>Services whose bookings wait for the professional's consent.</summary>
/// <remarks>
/// Consent is a step of its own, and FHIR's: the participant's status, by an AppointmentResponse or an update. Who may
/// take it for whom is said by the access policy. Source: docs/scheduling-rules.md, Approval;
/// http://hl7.org/fhir/R4/appointmentresponse.html .
/// </remarks>
internal sealed class Approval(ReadOnce reads)
{
    private static readonly byte[] Url = Encoding.UTF8.GetBytes(Canonicals.RequiresApproval);

    /// <param name="target">What is to be written.</param>
    /// <param name="before">The Appointment as it was; null when it is new.</param>
    /// <param name="after">As it is asked for.</param>
    /// <param name="request">What it asks of the calendars.</param>
    /// <param name="snapshot">The calendars.</param>
    public async ValueTask<ApprovalStep> DecideAsync(
        WriteTarget target, AppointmentView? before, AppointmentView after, BookingRequest request,
        BookingSnapshot snapshot)
    {
        if (target.Intent.IsImport || request.HoldUntil is not null || target.Booking is { IsLinked: true }
            || !MayNeedIt(before, request.Status) || !await IsNeededAsync(after, request, snapshot))
            return ApprovalStep.None;
        var waits = before is { Status: "pending", HeldUntil: null };
        if (waits && AllAccept(after) && (request.Status == AppointmentStatus.Booked || !AllAccept(before!.Value)))
            return ApprovalStep.Approve;
        if (request.Status == AppointmentStatus.Pending)
            return !waits ? ApprovalStep.Wait
                : AnyDeclines(after) && !AnyDeclines(before!.Value) ? ApprovalStep.TurnDown
                : ApprovalStep.None;
        return target.Booking is null ? ApprovalStep.Refuse : waits ? ApprovalStep.StillWait : ApprovalStep.Wait;
    }

    /// <summary>The Appointment with those who approve still to answer.</summary>
    public static ElementNode Ask(ElementNode appointment)
    {
        var asked = ApproversOf(new AppointmentView(appointment)).Select(p => p.Actor).ToHashSet();
        return appointment.Replace("participant", [.. appointment.All("participant").Select(p =>
            asked.Contains(p["actor"]?.Text("reference")) && p.Text("status") != "needs-action"
                ? p.Set("status", "needs-action")
                : p)]);
    }

    public static Problem Needed() => new(ProblemKind.Unprocessable,
    [
        BookingChangeMessages.ApprovalNeeded.At("Appointment.status") with
        {
            Details = [RuleCodes.Own("approval-needed"), RuleCodes.InvalidResource],
        },
    ]);

    public static Issue Awaited() =>
        BookingChangeMessages.AwaitsApproval.At(null) with { Details = [RuleCodes.Own("pending-approval")] };

    /// <summary>Only what becomes booked, or waits for it.</summary>
    private static bool MayNeedIt(AppointmentView? before, AppointmentStatus status) =>
        status == AppointmentStatus.Pending
        || (status == AppointmentStatus.Booked && before?.Status is null or "proposed" or "waitlist" or "pending" or "cancelled");

    private async ValueTask<bool> IsNeededAsync(
        AppointmentView appointment, BookingRequest request, BookingSnapshot snapshot)
    {
        var named = snapshot.SchedulesNamedBy(request);
        if (await AnyAsksAsync("Schedule", [.. named]))
            return true;
        var services = snapshot.Schedules.Where(s => named.Contains(s.Id)).SelectMany(s => s.Actors)
            .Concat(appointment.Participants.Select(p => p.Actor).OfType<string>())
            .Select(a => LocalReference.IdOf(a, "HealthcareService")).OfType<string>().ToHashSet();
        return await AnyAsksAsync("HealthcareService", services);
    }

    private async ValueTask<bool> AnyAsksAsync(string type, IReadOnlyCollection<string> ids) =>
        ids.Count > 0 && (await reads.ReadAsync(type, ids)).Any(stored => stored.Body.Span.IndexOf(Url) >= 0
            && StoredNodes.Parse(stored).ExtensionText(Canonicals.RequiresApproval) == "true");

    private static bool AllAccept(AppointmentView appointment) =>
        ApproversOf(appointment).TrueForAll(p => p.Status == "accepted");

    private static bool AnyDeclines(AppointmentView appointment) =>
        ApproversOf(appointment).Exists(p => p.Status == "declined");

    /// <summary>The professionals who must take part; without any, the services; without those, all but the clients.</summary>
    private static List<ParticipantView> ApproversOf(AppointmentView appointment)
    {
        var required = appointment.Participants
            .Where(p => p.Required is not ("optional" or "information-only") && LocalReference.Parse(p.Actor) is not null
                && LocalReference.Parse(p.Actor)!.Value.Type is not ("Patient" or "RelatedPerson")).ToList();
        return OfType("Practitioner", "PractitionerRole") is { Count: > 0 } professionals ? professionals
            : OfType("HealthcareService") is { Count: > 0 } services ? services
            : required;

        List<ParticipantView> OfType(params string[] types) =>
            required.FindAll(p => types.Contains(LocalReference.Parse(p.Actor)!.Value.Type));
    }
}
