using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Server.Capability;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Conformance;

/// <summary>Stores the definitions of our operations, and keeps up with the search parameters and profiles in force.</summary>
/// <remarks>
/// Definitions that are stored are read, searched, exported and validated against like all others; the same ones make no new
/// version. A database that is away or full at the start is no reason not to start: it is tried again.
/// </remarks>
public sealed partial class ConformanceWatch(
    CurrentSearchParameters parameters, ProfileValidation profiles, WritePipeline pipeline, TimeProvider clock,
    ILogger<ConformanceWatch> log)
    : BackgroundService
{
    private bool _isStored;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(CurrentSearchParameters.Look, clock, stoppingToken);
                await TryAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task TryAsync(CancellationToken cancel)
    {
        try
        {
            await parameters.RefreshAsync(cancel);
            await profiles.ValidatorAsync(cancel);
            if (!_isStored)
                _isStored = await StoreDefinitionsAsync(cancel);
        }
        catch (StorageFailedException failure)
        {
            LogAway(log, failure);
        }
    }

    private async Task<bool> StoreDefinitionsAsync(CancellationToken cancel)
    {
        var written = await pipeline.WriteAsync(
            [.. OperationDefinitions.Load().Select(Intent)], Caller.Server, cancel);
        if (written.Failed)
            LogNotStored(log, written.Problem.Issues[0].Id);
        return !written.Failed;
    }

    private static WriteIntent Intent(ElementNode definition) => new()
    {
        Method = WriteMethod.Put,
        Type = definition.Type.Name,
        Id = definition.Id,
        Resource = definition,
        IsImport = true,
    };

    [LoggerMessage(40, LogLevel.Warning, "The database does not tell which search parameters are in force")]
    private static partial void LogAway(ILogger log, Exception failure);

    [LoggerMessage(41, LogLevel.Warning, "The definitions of operations could not be stored: {IssueId}")]
    private static partial void LogNotStored(ILogger log, string issueId);
}
