using System.Diagnostics;

namespace Ajanvaraus.Fhir.Server.Tests;

/// <summary>SQL statements that a server on PostgreSQL sends: Npgsql tells of each command; SQLite has no such thing.</summary>
internal static class StatementCount
{
    public static async Task<(int Statements, T Answer)> OfAsync<T>(FhirServer server, Func<Task<T>> work)
    {
        var statements = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                // Other tests run beside this one, each on a database of its own.
                if (activity.TagObjects.Any(t => IsOf(server, t.Value)))
                    Interlocked.Increment(ref statements);
            },
        };
        ActivitySource.AddActivityListener(listener);
        var answer = await work();
        return (statements, answer);
    }

    private static bool IsOf(FhirServer server, object? tag) => tag is string name
        && name.StartsWith("ajanvaraus_test_", StringComparison.Ordinal)
        && server.DatabaseOption.Contains(name, StringComparison.Ordinal);
}
