using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>The calendars of which an operation is asked: that of its URL, or those of <c>schedule</c> and <c>team</c>.</summary>
internal sealed record AskedCalendars(ImmutableArray<string> Schedules, ImmutableArray<string> Teams)
{
    private const int Maximum = 200;

    /// <summary>400 when none is named.</summary>
    public static Outcome<AskedCalendars> Of(OperationContext context)
    {
        var references = new ReferenceReader(context.Parameters);
        var schedules = context.Id is { } id ? [id] : references.Ids("Schedule", "schedule");
        var teams = TeamCalendars.Read(context.Parameters);
        if ((references.Problem ?? teams.Problem) is { } problem)
            return problem;
        return schedules.IsEmpty && teams.Value.IsEmpty
            ? ParameterProblems.Missing("schedule")
            : new AskedCalendars(schedules, teams.Value);
    }

    /// <summary>In the order in which they are named. 422 for what is not there, and for more than 200.</summary>
    public async ValueTask<Outcome<ImmutableArray<StoredResource>>> ReadAsync(ReadSession session)
    {
        var ofTeams = await TeamCalendars.SchedulesAsync(session, Teams);
        if (ofTeams.Failed)
            return ofTeams.Problem;
        ImmutableArray<string> ids = [.. Schedules.Concat(ofTeams.Value).Distinct()];
        if (ids.Length > Maximum)
            return ParameterProblems.Rule(OperationMessages.NumberOutOfRange.At("schedule", "schedule", "1", $"{Maximum}"));
        var schedules = await session.ReadManyAsync("Schedule", ids);
        return ids.FirstOrDefault(id => !schedules.Any(s => s.Id == id)) is { } unknown
            ? ParameterProblems.ReferenceNotFound("schedule", $"Schedule/{unknown}")
            : ImmutableArray.CreateRange(schedules.OrderBy(s => ids.IndexOf(s.Id)));
    }
}
