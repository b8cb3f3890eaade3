using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Operations;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>What a transaction has to lock beside what it was asked to write: travel and documentation of its meetings.</summary>
internal static class LinkedTargets
{
    /// <summary>Meetings that are asked about in one statement.</summary>
    private const int AtOnce = 100;

    private const int Most = 1000;

    /// <summary>The linked Appointments of those that are changed, unless the transaction names them itself.</summary>
    public static async ValueTask<ImmutableArray<WriteTarget>> FindAsync(
        WriteSession session, WriteServices services, ImmutableArray<WriteTarget> targets)
    {
        var meetings = targets.Where(t => t is { Type: "Appointment", IsDone: false, Intent: { IsImport: false, Follows: null } }
            && t.Intent.Method != WriteMethod.Post).Select(t => t.Id)
            // What is no id names nothing, and would be read as more criteria.
            .Where(id => PrimitiveText.IsId(id)).ToHashSet();
        var linked = ImmutableArray.CreateBuilder<WriteTarget>();
        foreach (var some in meetings.Chunk(AtOnce))
        {
            var query = services.Criteria.ParseCondition(
                "Appointment", $"meeting={string.Join(',', some.Select(id => $"Appointment/{id}"))}");
            var found = await session.FindAsync("Appointment", query.Value!.Expression, Most);
            linked.AddRange(found.Where(f => !targets.Any(t => t.Type == "Appointment" && t.Id == f.Id)).Select(Following));
        }
        return linked.DrainToImmutable();
    }

    private static WriteTarget Following(StoredResource linked) => new(new WriteIntent
    {
        Method = WriteMethod.Put,
        Type = "Appointment",
        Id = linked.Id,
        Follows = new LinkedTime(LinkedBookings.MeetingOf(StoredNodes.Parse(linked))!),
    });

    /// <summary>One whose meeting did not move stays as it is; a new one without a meeting cannot be.</summary>
    public static Problem? Leave(WriteTarget target)
    {
        if (target.Intent.Follows is null || target.IsDone)
            return null;
        if (!target.Exists && target.Resource is not null)
            return ParameterProblems.Rule(BookingChangeMessages.NobodyForLinked.At(null));
        target.Finish(target.Before, WriteEffect.Unchanged);
        return null;
    }
}
