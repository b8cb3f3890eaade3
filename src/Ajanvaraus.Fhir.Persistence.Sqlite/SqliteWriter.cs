using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Persistence.Sql;

using Microsoft.Data.Sqlite;

namespace Ajanvaraus.Fhir.Persistence.Sqlite;

/// <summary>The one writer: takes what waits, runs each piece in a savepoint, and commits them together.</summary>
/// <remarks>
/// One durable commit costs a flush of the disk whatever it holds, so those who came meanwhile share the next one. A group gathers for a
/// few milliseconds, or for as long as the last commit took: with everybody's requests in one group there would be nothing to prepare while it is
/// written, and with few in each the disk would have no time for anything but flushing.
/// Nobody is told a result before it is durable, not even a refusal: it may rest on a neighbour's write.
/// A group that cannot even be undone leaves a connection that nothing is known of: from then on every write fails at
/// once with <see cref="StorageNotReadyException"/>, until the process is started again.
/// </remarks>
internal sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>Bounds how long the first of a group waits for the last.</summary>
    private const int MostInGroup = 64;

    private const int MostWaiting = 4096;

    private static readonly TimeSpan LeastGathering = TimeSpan.FromMilliseconds(4);

    private readonly Channel<WriteItem> _waiting = Channel.CreateBounded<WriteItem>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    private readonly SqliteChannel _channel;
    private readonly SqliteCheckpointer? _checkpointer;
    private readonly Action<SqlChannel> _done;
    private readonly Task _loop;
    private StorageNotReadyException? _fault;
    private TimeSpan _gathers = LeastGathering;

    /// <param name="channel">Its connection.</param>
    /// <param name="checkpointer">Folds the log; null: SQLite itself does, in the writer's commits.</param>
    /// <param name="done">Told after each group.</param>
    public SqliteWriter(SqliteChannel channel, SqliteCheckpointer? checkpointer, Action<SqlChannel> done)
    {
        _checkpointer = checkpointer;
        _channel = channel;
        _done = done;
        _loop = Task.Run(LoopAsync);
    }

    public async Task<Outcome<T>> WriteAsync<T>(
        Func<SqlChannel, ValueTask<Outcome<T>>> work, CancellationToken cancellation)
    {
        var item = new WriteItem<T>(work, cancellation);
        await _waiting.Writer.WriteAsync(item, cancellation);
        return await item.Done;
    }

    /// <summary>Finishes what waits, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        if (_checkpointer is not null)
            await _checkpointer.DisposeAsync();
        await _channel.DisposeAsync();
    }

    private async Task LoopAsync()
    {
        var group = new List<WriteItem>(MostInGroup);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            group.Clear();
            try
            {
                if (_fault is not null)
                    Refuse(group, _fault);
                else
                    await RunGroupAsync(group);
            }
            catch (Exception e)
            {
                // The group failed as a whole: nothing of it is stored.
                await UndoAsync();
                FailAll(group, e);
            }
            _done(_channel);
            foreach (var item in group)
                item.Complete();
            if (_fault is null)
                _checkpointer?.Look();
        }
    }

    private async ValueTask RunGroupAsync(List<WriteItem> group)
    {
        if (!TryTake(group))
            return;
        var begun = Stopwatch.GetTimestamp();
        await _channel.ExecuteAsync("BEGIN IMMEDIATE");
        do
            await RunItemAsync(group[^1]);
        while (group.Count < MostInGroup && Stopwatch.GetElapsedTime(begun) < _gathers && TryTake(group));
        var gathered = Stopwatch.GetTimestamp();
        _channel.SettleTexts();
        await _channel.ExecuteAsync("COMMIT");
        var commit = Stopwatch.GetElapsedTime(gathered);
        _gathers = commit > LeastGathering ? commit : LeastGathering;
    }

    /// <summary>Moves the next item that is still wanted to the group.</summary>
    private bool TryTake(List<WriteItem> group)
    {
        while (_waiting.Reader.TryRead(out var item))
        {
            if (!item.IsWanted)
                continue;
            group.Add(item);
            return true;
        }
        return false;
    }

    private async ValueTask RunItemAsync(WriteItem item)
    {
        await _channel.ExecuteAsync("SAVEPOINT item");
        try
        {
            if (!await item.RunAsync(_channel))
                await _channel.ExecuteAsync("ROLLBACK TO item");
        }
        catch (Exception e) when (!HasEndedTransaction())
        {
            await _channel.ExecuteAsync("ROLLBACK TO item");
            Fail(item, e);
        }
        await _channel.ExecuteAsync("RELEASE item");
    }

    /// <summary>SQLite itself rolls everything back on some errors: a full disk, a failed read or write.</summary>
    private bool HasEndedTransaction() =>
        SQLitePCL.raw.sqlite3_get_autocommit(((SqliteConnection)_channel.Connection).Handle) != 0;

    private async ValueTask UndoAsync()
    {
        try
        {
            if (!HasEndedTransaction())
                await _channel.ExecuteAsync("ROLLBACK");
        }
        catch (Exception e)
        {
            _fault = new StorageNotReadyException($"SQLite could not undo a failed write: {e.Message}", e)
            {
                Reason = "not-writable",
            };
        }
    }

    private void Refuse(List<WriteItem> group, StorageNotReadyException fault)
    {
        while (TryTake(group))
            group[^1].Fail(fault);
    }

    private void FailAll(List<WriteItem> group, Exception e)
    {
        foreach (var item in group)
            Fail(item, e);
    }

    private void Fail(WriteItem item, Exception e)
    {
        if (e is DbException failure && StorageProblems.For(_channel.Dialect.Classify(failure)) is { } problem)
            item.Fail(problem);
        else
            item.Fail(e);
    }
}
