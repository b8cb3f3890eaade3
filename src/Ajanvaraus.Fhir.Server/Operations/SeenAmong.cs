using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>Of the bookings that an operation comes upon, those that its caller sees: the others are busy time and no more.</summary>
internal static class SeenAmong
{
    /// <param name="ids">Of Appointments; the answer has the same order.</param>
    /// <param name="interaction">What the caller may do with them: see them whole, or be told a part.</param>
    public static async ValueTask<ImmutableArray<string>> AppointmentsAsync(
        ReadSession session, Identity identity, ImmutableArray<string> ids,
        ScopeInteractions interaction = ScopeInteractions.Search)
    {
        if (ids.IsEmpty || identity.Reach(interaction)?.Of("Appointment") is not { } condition)
            return ids;
        if (condition is NothingExpression)
            return [];
        var seen = await session.MeetingAsync("Appointment", ids, condition);
        return ids.RemoveAll(id => !seen.Contains(id));
    }
}
