using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence.Model;
using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Engine;

/// <summary>Connections and transactions of one database.</summary>
public abstract class StorageEngine : IAsyncDisposable
{
    /// <summary>No statement of a read may keep a connection, or a processor, from the others for longer.</summary>
    protected const int MostSecondsOfRead = 5;

    public abstract SqlDialect Dialect { get; }

    /// <summary>How far the clocks of processes on one database may be apart.</summary>
    public static readonly TimeSpan MostClockDifference = TimeSpan.FromSeconds(1);

    private int _underWay;
    private long _statements;

    /// <summary>Reads and transactions under way, those that wait for a connection or their turn among them.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>SQL statements that reads and transactions have run.</summary>
    public long Statements => Interlocked.Read(ref _statements);

    /// <summary>Adds those of a channel; called when its work is done.</summary>
    protected void CountStatements(SqlChannel channel) => Interlocked.Add(ref _statements, channel.TakeStatements());

    /// <summary>Counts one of them, until it is disposed of.</summary>
    protected Turn Begin()
    {
        Interlocked.Increment(ref _underWay);
        return new Turn(this);
    }

    /// <summary>A read or a transaction under way.</summary>
    protected readonly struct Turn(StorageEngine engine) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref engine._underWay);
    }

    /// <summary>Product, version and the settings that matter, for start-up and health.</summary>
    public abstract string Description { get; }

    /// <summary>The tables and their columns, for what works on all of them alike.</summary>
    /// <remarks>Costs EF Core's model: not for request paths.</remarks>
    public abstract FhirDbContext OpenModel();

    /// <summary>Runs a query on a connection for reading.</summary>
    /// <param name="query">Runs once.</param>
    /// <param name="oneMoment">All statements see the database at the same moment.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StorageFailedException">Asked again later, the database may answer.</exception>
    public abstract ValueTask<T> ReadAsync<T>(
        Func<SqlChannel, ValueTask<T>> query, bool oneMoment, CancellationToken cancellation);

    /// <summary>Runs work in one transaction; a problem that it returns rolls back.</summary>
    public abstract Task<Outcome<T>> WriteAsync<T>(
        Func<SqlChannel, ValueTask<Outcome<T>>> work, CancellationToken cancellation);

    /// <summary>Waits until every write that had begun has ended: reads that begin afterwards see what it wrote.</summary>
    /// <remarks>Of a write that ends later the moment, too, is a later one.</remarks>
    public abstract ValueTask SettleAsync(CancellationToken cancellation);

    /// <summary>Readiness: throws <see cref="StorageNotReadyException"/> when it is not safe to serve.</summary>
    public abstract ValueTask CheckAsync(CancellationToken cancellation);

    /// <summary>When the last connection has ended, nothing is to be left in the files of what was taken out.</summary>
    /// <remarks>Where the engine does that by itself, in its time, there is nothing to do.</remarks>
    public virtual void CleanAtEnd()
    {
    }

    public abstract ValueTask DisposeAsync();
}

/// <summary>The database is not in a state to serve from; the text says why, for operators alone.</summary>
public sealed class StorageNotReadyException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>For everybody: a word that names no host, file or setting.</summary>
    public string Reason { get; init; } = "not-safe";
}

/// <summary>A read met what may pass: the database is away, is being started, or is busy beyond its time.</summary>
/// <remarks>Reads have no outcome to carry it; the edge of the server answers with the problem.</remarks>
public sealed class StorageFailedException(Problem problem, Exception inner) : Exception(inner.Message, inner)
{
    public Problem Problem => problem;
}

/// <summary>The problems that storage itself can meet.</summary>
public static class StorageProblems
{
    public static Problem Busy { get; } =
        ServerMessages.Busy.As(ProblemKind.Busy) with { RetryAfterSeconds = 1 };

    public static Problem Unavailable { get; } =
        ServerMessages.Unavailable.As(ProblemKind.Busy) with { RetryAfterSeconds = 5 };

    public static Problem TooSlow { get; } = ServerMessages.TooSlow.As(ProblemKind.Invalid);

    public static Problem Full { get; } = ServerMessages.StorageFull.As(ProblemKind.StorageFull);

    public static Problem ClaimOverlap { get; } = ServerMessages.TimeTaken.As(ProblemKind.Conflict);

    public static Problem KeyUnknown { get; } = IdentityMessages.KeyUnknown.As(ProblemKind.Busy);

    public static Problem NoIdentityKeys { get; } = IdentityMessages.NoKeys.As(ProblemKind.Unprocessable);

    /// <summary>The problem that a failed statement stands for; null when it is a fault.</summary>
    public static Problem? For(SqlFailure failure) => failure switch
    {
        SqlFailure.Retry => Busy,
        SqlFailure.ClaimOverlap => ClaimOverlap,
        SqlFailure.Full => Full,
        SqlFailure.Unavailable => Unavailable,
        SqlFailure.TooSlow => TooSlow,
        _ => null,
    };
}
