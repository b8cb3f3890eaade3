using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Operations;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Rules on the Appointment itself, before its calendars are asked.</summary>
internal static class AppointmentChecks
{
    /// <summary>Characters of <c>comment</c> and <c>description</c>.</summary>
    public const int LongestText = 4000;

    /// <summary>Whether the table allows the change of status.</summary>
    public static Problem? Status(AppointmentView before, AppointmentView after)
    {
        var from = AppointmentStatusCodes.Parse(before.Status) ?? AppointmentStatus.Proposed;
        var to = AppointmentStatusCodes.Parse(after.Status) ?? AppointmentStatus.Proposed;
        return AppointmentTransitions.IsAllowed(from, to, GivesReason(after)) ? null : WrongStatus(from, to);
    }

    /// <summary>Taking back fulfilled or noshow needs a reason, which stays with the Appointment.</summary>
    private static bool GivesReason(AppointmentView appointment) => appointment.Resource.All("extension")
        .Any(e => e.Text("url") == Canonicals.StatusReason && e["value"] is not null);

    /// <summary>Tells from which status one came, to which one wanted, to which one may go and from which one gets there.</summary>
    public static Problem WrongStatus(AppointmentStatus from, AppointmentStatus to)
    {
        var allowed = Codes(AppointmentTransitions.AllowedFrom(from));
        var leading = Codes(AppointmentTransitions.LeadingTo(to));
        var (was, wanted) = (AppointmentStatusCodes.Code(from), AppointmentStatusCodes.Code(to));
        var issue = allowed.Length == 0
            ? SchedulingMessages.StatusFinal.At("Appointment.status", was, wanted, leading)
            : SchedulingMessages.WrongStatus.At("Appointment.status", was, wanted, allowed, leading);
        return new Problem(ProblemKind.Conflict,
            [issue with { Details = [RuleCodes.Own("wrong-status"), RuleCodes.InvalidResource] }]);
    }

    private static string Codes(ImmutableArray<AppointmentStatus> statuses) =>
        string.Join(", ", statuses.Select(AppointmentStatusCodes.Code));

    /// <summary>Free text has a limit and is refused beyond it, never cut: docs/scheduling-rules.md.</summary>
    public static Problem? Texts(AppointmentView appointment)
    {
        foreach (var (text, name) in new[] { (appointment.Comment, "comment"), (appointment.Description, "description") })
        {
            if (text?.Length > LongestText)
                return ParameterProblems.TooLong($"Appointment.{name}", LongestText);
        }
        return null;
    }

    /// <summary>A time type for clients needs one.</summary>
    public static Problem? Client(AppointmentView appointment)
    {
        if (!appointment.AppointmentTypes.Any(TimeTypes.IsForClients) || AppointmentMapping.Patients(appointment).Any())
            return null;
        return new Problem(ProblemKind.Unprocessable,
        [
            SchedulingMessages.ClientMissing.At("Appointment.participant") with
            {
                Details = [RuleCodes.Own("invalid-resource"), RuleCodes.InvalidResource],
            },
        ]);
    }

    /// <summary>Participants on this server must exist and be active.</summary>
    public static async ValueTask<Problem?> ReferencesAsync(
        AppointmentView appointment, Func<IEnumerable<(string Type, string Id)>, ValueTask<ImmutableArray<StoredResource>>> read)
    {
        var actors = appointment.Participants.Select(p => LocalReference.Parse(p.Actor)).ToList();
        var stored = await read(actors.Where(a => a is not null).Select(a => (a!.Value.Type, a.Value.Id)));
        var active = stored.Where(r => !IsInactive(r)).Select(r => (r.Type, r.Id)).ToHashSet();
        var issues = ImmutableArray.CreateBuilder<Issue>();
        for (var i = 0; i < actors.Count; i++)
        {
            if (actors[i] is { } actor && !active.Contains((actor.Type, actor.Id)))
                issues.Add(RefusalProblems.ReferenceNotFound($"Appointment.participant[{i}].actor"));
        }
        return issues.Count == 0 ? null : new Problem(ProblemKind.Unprocessable, issues.DrainToImmutable());
    }

    /// <summary>Parses only a body in which the text occurs at all.</summary>
    private static bool IsInactive(StoredResource stored) =>
        (stored.Body.Span.IndexOf("\"active\":false"u8) >= 0 && StoredNodes.Parse(stored).Text("active") == "false")
        || (stored.Type == "Location" && stored.Body.Span.IndexOf("\"status\":\"inactive\""u8) >= 0
            && StoredNodes.Parse(stored).Text("status") == "inactive");

    /// <summary>A fixed element is 422 in an update and 400 in a PATCH: docs/scheduling-rules.md.</summary>
    public static Problem AsPatched(Problem problem, WriteMethod method) =>
        method == WriteMethod.Patch && problem.Issues[0].Details.Contains(RuleCodes.Own("immutable-element"))
            ? problem with { Kind = ProblemKind.Invalid }
            : problem;

    /// <summary>An element that a booking fixes has been changed.</summary>
    public static Problem Immutable(Message message, string expression) => new(ProblemKind.Unprocessable,
    [
        message.At(expression) with
        {
            Details = [RuleCodes.Own("immutable-element"), RuleCodes.InvalidResource],
        },
    ]);
}
