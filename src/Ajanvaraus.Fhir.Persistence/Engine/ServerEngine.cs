using System.Data;
using System.Data.Common;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence.Model;
using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Engine;

/// <summary>A database server: a transaction of its own for each write, run again after a deadlock.</summary>
public sealed class ServerEngine(
    DbDataSource source, SqlDialect dialect, string description, Func<SqlChannel, ValueTask> check,
    IsolationLevel oneMomentLevel, TimeProvider time, Func<FhirDbContext> model)
    : StorageEngine
{
    private const int Attempts = 6;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    public override SqlDialect Dialect => dialect;

    public override string Description => description;

    public override FhirDbContext OpenModel() => model();

    public override async ValueTask<T> ReadAsync<T>(
        Func<SqlChannel, ValueTask<T>> query, bool oneMoment, CancellationToken cancellation)
    {
        using var turn = Begin();
        try
        {
            return await TryReadAsync(query, oneMoment, cancellation);
        }
        catch (DbException e) when (StorageProblems.For(dialect.Classify(e)) is { } problem)
        {
            throw new StorageFailedException(problem, e);
        }
    }

    private async ValueTask<T> TryReadAsync<T>(
        Func<SqlChannel, ValueTask<T>> query, bool oneMoment, CancellationToken cancellation)
    {
        await using var channel = await OpenAsync(cancellation);
        channel.MostSeconds = MostSecondsOfRead;
        try
        {
            return await TryReadAsync(channel, query, oneMoment, cancellation);
        }
        catch (DbException e) when (dialect.IsTimeout(e) && !IsLost(channel))
        {
            throw new StorageFailedException(StorageProblems.TooSlow, e);
        }
        catch (Exception e) when (IsOfTheWire(e, channel))
        {
            throw new StorageFailedException(StorageProblems.For(SqlFailure.Unavailable)!, e);
        }
    }

    private async ValueTask<T> TryReadAsync<T>(
        ServerChannel channel, Func<SqlChannel, ValueTask<T>> query, bool oneMoment, CancellationToken cancellation)
    {
        if (!oneMoment)
            return await query(channel);
        await using var transaction = await channel.Connection.BeginTransactionAsync(oneMomentLevel, cancellation);
        channel.Transaction = transaction;
        var result = await query(channel);
        await transaction.CommitAsync(cancellation);
        return result;
    }

    public override async Task<Outcome<T>> WriteAsync<T>(
        Func<SqlChannel, ValueTask<Outcome<T>>> work, CancellationToken cancellation)
    {
        using var turn = Begin();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryWriteAsync(work, cancellation);
            }
            catch (DbException e) when (dialect.Classify(e) is var failure and not SqlFailure.None)
            {
                if (failure != SqlFailure.Retry || attempt == Attempts)
                    return StorageProblems.For(failure)!;
            }
            // Those who met wait unequally long, so that they do not meet again.
            var milliseconds = (Environment.CurrentManagedThreadId % 7 + 1) * (1 << attempt);
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time, cancellation);
        }
    }

    private async Task<Outcome<T>> TryWriteAsync<T>(
        Func<SqlChannel, ValueTask<Outcome<T>>> work, CancellationToken cancellation)
    {
        await using var channel = await OpenAsync(cancellation);
        try
        {
            return await TryWriteAsync(channel, work, cancellation);
        }
        catch (Exception e) when (IsOfTheWire(e, channel))
        {
            return StorageProblems.For(SqlFailure.Unavailable)!;
        }
    }

    private static bool IsLost(SqlChannel channel) => channel.Connection.State != ConnectionState.Open;

    /// <summary>
    /// Whether the connection has gone. Then the driver may say anything (that the transaction has ended, that a message was not expected):
    /// whatever it says, the database was not there.
    /// </summary>
    private bool IsOfTheWire(Exception e, SqlChannel channel) =>
        e is DbException or InvalidOperationException or IOException && IsLost(channel)
        && (e is not DbException known || dialect.Classify(known) == SqlFailure.None);

    private static async Task<Outcome<T>> TryWriteAsync<T>(
        ServerChannel channel, Func<SqlChannel, ValueTask<Outcome<T>>> work, CancellationToken cancellation)
    {
        await using var transaction =
            await channel.Connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
        channel.Transaction = transaction;
        var outcome = await work(channel);
        if (outcome.Failed)
        {
            channel.Discard();
            await transaction.RollbackAsync(CancellationToken.None);
            return outcome;
        }
        await channel.CommitAsync(transaction);
        return outcome;
    }

    /// <remarks>A write takes its moment just before it first speaks to the database, by the clock of its own process:
    /// for both there is a pause.</remarks>
    public override async ValueTask SettleAsync(CancellationToken cancellation)
    {
        await Task.Delay(MostClockDifference, TimeProvider.System, cancellation);
        var begun = await ReadAsync(
            async channel =>
            {
                channel.MostSeconds = 0;
                return await channel.FirstAsync(dialect.SettleWrites, r => r.GetInt64(0));
            },
            oneMoment: false, cancellation);
        while (dialect.OlderWrites is { } count && await ReadAsync(
            channel => channel.FirstAsync(count, r => r.GetInt64(0), begun), oneMoment: false, cancellation) > 0)
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellation);
    }

    public override async ValueTask CheckAsync(CancellationToken cancellation)
    {
        try
        {
            await using var channel = await OpenAsync(cancellation);
            await check(channel);
        }
        catch (DbException e)
        {
            throw new StorageNotReadyException($"{dialect.Name} does not answer: {e.Message}", e)
            {
                Reason = "unreachable",
            };
        }
    }

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    private async ValueTask<ServerChannel> OpenAsync(CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        return new ServerChannel(connection, dialect, new SequenceKeys(), CountStatements) { Cancellation = cancellation };
    }
}
