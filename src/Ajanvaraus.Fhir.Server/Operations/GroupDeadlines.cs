using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>Decides about groups when their deadline passes, without anybody asking.</summary>
/// <remarks>
/// Every process looks once a minute; what is due stands in the database, and of two that find the same group one decides.
/// </remarks>
internal sealed partial class GroupDeadlines(GroupDecisions groups, TimeProvider clock, ILogger<GroupDeadlines> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends; what is due is found by the next.
        }
    }

    /// <summary>Once over all that is due.</summary>
    internal async Task LookAsync(CancellationToken cancel)
    {
        foreach (var type in (string[])["Slot", "Appointment"])
        {
            try
            {
                var decided = await groups.DecideDueAsync(type, Caller.Server, cancel);
                if (decided.Failed)
                    LogRefused(log, type, decided.Problem.Issues[0].Id);
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested)
            {
                // The database may be away for a while.
                LogFault(log, fault, type);
            }
        }
    }

    [LoggerMessage(50, LogLevel.Warning, "Groups of {Type} could not be decided: {MessageId}")]
    private static partial void LogRefused(ILogger log, string type, string messageId);

    [LoggerMessage(51, LogLevel.Error, "Groups of {Type} could not be decided")]
    private static partial void LogFault(ILogger log, Exception fault, string type);
}
