using System.Security.Cryptography;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Messages;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Messages;

/// <summary>Sends what is due in the outbox, in every process of the server.</summary>
/// <remarks>
/// A process takes some messages for half a minute or so and hands each over at most once in that time, under a key by which the gateway
/// knows what it has had. What it does not get rid of is taken again later, by it or by another. Source: ADR 0038.
/// </remarks>
internal sealed partial class MessageSender(
    ResourceStore store, WriteServices services, MessageOptions options, MessageCounts counts, TimeProvider clock, ILogger<MessageSender> log)
    : BackgroundService
{
    public const int MostTries = 10;

    private const int AtOnce = 48;

    private const int AtTheDatabase = 6;

    /// <summary>Fewer are not worth a transaction.</summary>
    private const int LeastTaken = 8;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly IMessageChannel _channel = options.Folder is { } folder ? new MessageFolder(folder) : new MessageGateway(options);

    /// <summary>By which the outbox knows the messages of this process.</summary>
    private readonly string _holder = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>Long enough for a gateway that answers at the last moment, and short enough for the messages of a process that died.</summary>
    private readonly TimeSpan _lease = (options.Patience * 2) + TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turns = new(AtTheDatabase);

    private long _lastLease;

    private long Now => FhirInstant.MicrosOf(clock.GetUtcNow());

    public override void Dispose()
    {
        _channel.Dispose();
        _turns.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await EmptyAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends; what waits is found by the next.
        }
    }

    /// <summary>Sends all that is due now.</summary>
    /// <remarks>A gateway that keeps some messages waiting keeps no others: what comes free is filled up at once.</remarks>
    internal async Task EmptyAsync(CancellationToken cancel)
    {
        var sending = new List<Task>();
        try
        {
            do
            {
                if (AtOnce - sending.Count >= LeastTaken)
                    sending.AddRange((await TakeAsync(AtOnce - sending.Count, cancel)).Select(message => SendAsync(message, cancel).AsTask()));
                if (sending.Count > 0)
                    await await Task.WhenAny(sending);
                sending.RemoveAll(task => task.IsCompletedSuccessfully);
            }
            while (sending.Count > 0);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            // The database may be away for a while.
            LogFault(log, fault);
        }
        // What is on its way still comes to its end, or fails as that one did: its message is found again.
        await Task.WhenAll(sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancel.ThrowIfCancellationRequested();
    }

    private async Task<List<OutboxMessage>> TakeAsync(int most, CancellationToken cancel)
    {
        if (!await store.QueryAsync(session => session.Outbox.HasDueAsync(Now), cancel))
            return [];
        _lastLease = Math.Max(Now + Micros(_lease), _lastLease + 1);
        var taken = await store.WriteAsync<List<OutboxMessage>>(
            async session => await session.Outbox.TakeAsync(Now, _lastLease, _holder, most), cancel);
        return taken.Failed ? [] : taken.Value;
    }

    private async ValueTask SendAsync(OutboxMessage message, CancellationToken cancel)
    {
        // Somebody else may have it before the gateway has answered.
        if (Now + Micros(options.Patience) >= message.LeaseUntil)
            return;
        var letter = await InTurnAsync(
            async () => await store.QueryAsync(session => Letter.WriteAsync(session, message, _holder, clock.GetUtcNow()), cancel), cancel);
        if (letter is null)
            await WithdrawAsync(message, cancel);
        else if (letter.To is not { } number)
            await EndAsync(message, letter, SentMessage.InvalidNumber, MessageCounts.Unreachable, cancel);
        else if (message.Tries > MostTries)
            await EndAsync(message, letter, SentMessage.SystemError, MessageCounts.Failed, cancel);
        else
            await SendAsync(message, letter, number, cancel);
    }

    private async Task SendAsync(OutboxMessage message, Letter letter, string number, CancellationToken cancel)
    {
        switch (await _channel.SendAsync(new TextMessage(message.Id, number, letter.Language, letter.Text), cancel))
        {
            case Delivery.Sent:
                // Also when the process is told to stop: it is known now.
                await EndAsync(message, letter, null, MessageCounts.Sent, CancellationToken.None);
                break;
            case Delivery.NoSuchNumber:
                await EndAsync(message, letter, SentMessage.InvalidNumber, MessageCounts.Unreachable, CancellationToken.None);
                break;
            case Delivery.Unknown when message.Tries >= MostTries:
                await EndAsync(message, letter, SentMessage.SystemError, MessageCounts.Failed, CancellationToken.None);
                break;
            default:
                counts.Add(MessageCounts.Deferred);
                await ChangeAsync(session => session.Outbox.GiveBackAsync(message, _holder, Now + Micros(PauseAfter(message.Tries))), cancel);
                break;
        }
    }

    private async Task WithdrawAsync(OutboxMessage message, CancellationToken cancel)
    {
        counts.Add(MessageCounts.Withdrawn);
        await ChangeAsync(async session =>
        {
            if (await session.Outbox.HasAsync(message, _holder))
                await session.Outbox.EndAsync(message);
        }, cancel);
    }

    private async Task EndAsync(OutboxMessage message, Letter letter, string? notDone, string outcome, CancellationToken cancel)
    {
        await ChangeAsync(session => SentMessage.EndAsync(session, services, message, letter, notDone), cancel);
        counts.Add(outcome);
        if (outcome == MessageCounts.Failed)
            LogFailed(log, message.Id, message.Kind, message.Tries);
    }

    private Task ChangeAsync(Func<WriteSession, ValueTask> change, CancellationToken cancel) => InTurnAsync(
        () => store.WriteAsync<bool>(
            async session =>
            {
                await change(session);
                return true;
            }, cancel), cancel);

    /// <summary>Many messages wait for their gateway at once, and few for the database: its connections are for those who book.</summary>
    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        await _turns.WaitAsync(cancel);
        try
        {
            return await work();
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Twice as long each time; not all at the same moment.</summary>
    private static TimeSpan PauseAfter(int tries)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(tries - 1, 20));
        var longest = pause < LongestPause ? pause : LongestPause;
        return longest * (0.75 + (RandomNumberGenerator.GetInt32(500) / 1000.0));
    }

    private static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    [LoggerMessage(60, LogLevel.Warning, "The message {MessageId} ({Kind}) was given up after {Tries} tries")]
    private static partial void LogFailed(ILogger log, string messageId, string kind, int tries);

    [LoggerMessage(61, LogLevel.Error, "Messages could not be sent")]
    private static partial void LogFault(ILogger log, Exception fault);
}
