using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>What <c>$reassign</c> was asked.</summary>
/// <param name="ScheduleId">Whose bookings go elsewhere.</param>
/// <param name="Candidates">Schedules that may receive them, in order of preference.</param>
/// <param name="Teams">Teams whose calendars may too, after those.</param>
internal sealed record ReassignmentInput(
    string ScheduleId, TimeRange Period, ImmutableArray<string> Candidates, ImmutableArray<string> Teams,
    ReassignmentPolicy Policy, bool IsDryRun)
{
    public static Outcome<ReassignmentInput> Read(OperationContext context)
    {
        var parameters = context.Parameters;
        var references = new ReferenceReader(parameters);
        var values = new ParameterValues(parameters);
        var period = PeriodInput.Read(parameters, "period");
        if (period.Failed)
            return period.Problem;
        var candidates = references.Ids("Schedule", "candidate").Remove(context.Id!);
        var teams = TeamCalendars.Read(parameters);
        var isDryRun = values.Flag("dry-run");
        if ((references.Problem ?? values.Problem ?? teams.Problem) is { } problem)
            return problem;
        if (candidates.IsEmpty && teams.Value.IsEmpty)
            return ParameterProblems.Missing("candidate");
        ReassignmentPolicy? policy = parameters.First("policy") switch
        {
            null or { Text: "fewest" } => ReassignmentPolicy.Fewest,
            { Text: "named" } => ReassignmentPolicy.Named,
            { Text: "skills" } => ReassignmentPolicy.Skills,
            _ => null,
        };
        return policy is { } chosen
            ? new ReassignmentInput(context.Id!, period.Value, candidates, teams.Value, chosen, isDryRun)
            : ParameterProblems.Rule(SeriesMessages.ReassignmentPolicyUnknown.At(parameters.First("policy")!.Expression));
    }
}
