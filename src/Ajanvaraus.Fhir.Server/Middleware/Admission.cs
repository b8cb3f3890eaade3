using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Takes on no more requests at a time than can be answered soon; bookings find room when searches do not.</summary>
/// <remarks>More are 503 with <c>Retry-After</c>. Of HTTP requests: the entries of a Bundle belong to theirs.</remarks>
/// <param name="requests">At the same time; 0: any number.</param>
/// <param name="searches">Searches, histories and operations that only read, among them; 0: none is answered.</param>
public sealed class Admission(int requests, int searches)
{
    private static readonly Problem Overloaded = ServerMessages.Overloaded.As(ProblemKind.Busy) with { RetryAfterSeconds = 1 };

    private int _requests;
    private int _searches;

    /// <summary>503, or null when the request may begin; then it has to <see cref="Leave"/>.</summary>
    public Problem? Enter(bool isSearch)
    {
        if (Interlocked.Increment(ref _requests) > requests && requests > 0)
        {
            Interlocked.Decrement(ref _requests);
            return Overloaded;
        }
        if (!isSearch || Interlocked.Increment(ref _searches) <= searches)
            return null;
        Leave(isSearch);
        return Overloaded;
    }

    public void Leave(bool isSearch)
    {
        Interlocked.Decrement(ref _requests);
        if (isSearch)
            Interlocked.Decrement(ref _searches);
    }

    /// <summary>What asks many resources and changes none.</summary>
    internal static bool IsSearch(FhirRequest request, Dispatcher dispatcher) => request.Target.Kind switch
    {
        TargetKind.Metadata or TargetKind.Instance or TargetKind.Version or TargetKind.Job or TargetKind.JobFile => false,
        TargetKind.Type or TargetKind.System => request.Method == HttpMethods.Get,
        TargetKind.Operation => dispatcher.OnlyReads(request),
        _ => true,
    };
}
