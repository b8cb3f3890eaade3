using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Sqlite;

/// <summary>A piece of work that waits for the writer, and whoever waits for it.</summary>
internal abstract class WriteItem
{
    /// <summary>True while nobody has given up waiting.</summary>
    public abstract bool IsWanted { get; }

    /// <summary>Runs the work; false when it ended in a problem or a fault and is to be undone.</summary>
    /// <exception cref="Exception">Whatever the work threw.</exception>
    public abstract ValueTask<bool> RunAsync(SqlChannel channel);

    /// <summary>Tells the result, after the group is durable.</summary>
    public abstract void Complete();

    /// <summary>What was done in the group is undone; this is why.</summary>
    public abstract void Fail(Problem problem);

    public abstract void Fail(Exception exception);
}

internal sealed class WriteItem<T>(Func<SqlChannel, ValueTask<Outcome<T>>> work, CancellationToken cancellation)
    : WriteItem
{
    private readonly TaskCompletionSource<Outcome<T>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Outcome<T> _outcome;
    private Exception? _fault;

    public Task<Outcome<T>> Done => _done.Task;

    public override bool IsWanted
    {
        get
        {
            if (cancellation.IsCancellationRequested)
                _done.TrySetCanceled(cancellation);
            return !_done.Task.IsCompleted;
        }
    }

    public override async ValueTask<bool> RunAsync(SqlChannel channel)
    {
        _outcome = await work(channel);
        return !_outcome.Failed;
    }

    public override void Complete()
    {
        if (_fault is not null)
            _done.TrySetException(_fault);
        else
            _done.TrySetResult(_outcome);
    }

    public override void Fail(Problem problem) => _outcome = problem;

    public override void Fail(Exception exception) => _fault = exception;
}
