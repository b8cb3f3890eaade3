using System.Diagnostics;
using System.Text;
using System.Text.Json;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Validation;

using Microsoft.Data.Sqlite;

namespace Ajanvaraus.Fhir.Benchmarks.Load;

/// <summary>How fast one input is parsed, validated and indexed, and what that allocates.</summary>
internal sealed record Reading(int Bytes, double PerSecond, long Allocated)
{
    public double Microseconds => 1e6 / PerSecond;

    public double MegabytesPerSecond => Bytes * PerSecond / 1e6;
}

/// <summary>One Appointment, the same with a profile that it claims, and a Bundle of a megabyte.</summary>
internal sealed record Readings(Reading Appointment, Reading Claiming, Reading Bundle);

/// <summary>What the machine can do without the server, measured in the same run.</summary>
internal static class References
{
    private const double Seconds = 1.5;
    private const int GroupRows = 100;

    /// <summary>Durable commits per second of one row of 1.5 kB each, and rows per second in groups.</summary>
    public static (double Commits, double GroupedRows) SqliteCommits(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "commits.db")};Pooling=false");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL");
        Execute(connection, "PRAGMA synchronous=FULL");
        Execute(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)");
        return (Commits(connection, 1), Commits(connection, GroupRows) * GroupRows);
    }

    /// <summary>Megabytes per second: the reader alone, a document, and our tree with all its checks.</summary>
    public static (double Reader, double Document, double Tree) Json()
    {
        var bytes = Encoding.UTF8.GetBytes(Calendars.Copy("x", 1, "kommentti"));
        return (
            Megabytes(bytes, static b =>
            {
                var reader = new Utf8JsonReader(b);
                while (reader.Read())
                {
                    // Only walked.
                }
            }),
            Megabytes(bytes, static b => JsonDocument.Parse(b).Dispose()),
            Megabytes(bytes, static b => FhirJson.Parse(b)));
    }

    /// <summary>From bytes to what is stored: one Appointment, and a Bundle of a megabyte of them.</summary>
    /// <remarks>Also the Appointment when it claims a profile, whose checks a write makes besides.</remarks>
    public static Readings ReadCheckIndex()
    {
        var structure = new StructuralValidator(R4.Definitions);
        var profiles = SocialProfiles.Validator(structure);
        return new Readings(
            ReadCheckIndex(Samples.Appointment(), structure, null, batch: 100),
            ReadCheckIndex(Samples.ClaimingAppointment(), structure, profiles, batch: 100),
            ReadCheckIndex(Samples.Bundle(), structure, null, batch: 1));
    }

    private static Reading ReadCheckIndex(
        byte[] bytes, StructuralValidator validator, ProfileValidator? profiles, int batch)
    {
        var indexer = new SearchIndexer(new SearchParameterRegistry(R4.Definitions));
        var perSecond = PerSecond(Once, batch);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Once();
        return new Reading(bytes.Length, perSecond, GC.GetAllocatedBytesForCurrentThread() - before);

        void Once()
        {
            var resource = FhirJson.Parse(bytes).Resource!;
            if (!validator.Validate(resource).IsEmpty || profiles?.ValidateClaims(resource).IsEmpty == false)
                throw new InvalidOperationException("The resource is sound.");
            indexer.Index(resource);
            foreach (var entry in resource.All("entry"))
                indexer.Index(entry["resource"]!);
        }
    }

    private static double Megabytes(byte[] bytes, Action<byte[]> work) => PerSecond(() => work(bytes)) * bytes.Length / 1e6;

    private static double PerSecond(Action work, int batch = 100)
    {
        // The first time is for the compiler, which takes it in the background.
        Run(work, Seconds, batch);
        return Math.Max(Run(work, Seconds / 2, batch), Run(work, Seconds / 2, batch));
    }

    private static double Run(Action work, double seconds, int batch)
    {
        var clock = Stopwatch.StartNew();
        var count = 0;
        for (; clock.Elapsed.TotalSeconds < seconds; count += batch)
            for (var n = 0; n < batch; n++)
                work();
        return count / clock.Elapsed.TotalSeconds;
    }

    private static double Commits(SqliteConnection connection, int rows)
    {
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO t (body) VALUES ($1)";
        insert.Parameters.AddWithValue("$1", new byte[1500]);
        var clock = Stopwatch.StartNew();
        var count = 0;
        for (; clock.Elapsed.TotalSeconds < Seconds; count++)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var n = 0; n < rows; n++)
                insert.ExecuteNonQuery();
            transaction.Commit();
        }
        return count / clock.Elapsed.TotalSeconds;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
