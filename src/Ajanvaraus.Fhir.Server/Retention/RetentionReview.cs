using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security.Policy;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Retention;

/// <summary>A document of a client whose time has come, or that is kept in spite of it.</summary>
/// <param name="What">The service tasks, or <see cref="RetentionTable.Client"/>.</param>
/// <param name="IsHeld">It has the label <c>legal-hold</c>, or a client of it has.</param>
internal sealed record DueDocument(StoredResource Resource, string What, LocalDate Until, bool IsHeld);

/// <summary>Looks through all bookings and clients for what need not be kept any longer.</summary>
internal sealed class RetentionReview(ResourceStore store, RetentionTable table)
{
    /// <param name="today">What was kept until an earlier day is due.</param>
    /// <param name="kept">Takes the reason of everything that is kept for no sure time.</param>
    public async Task<List<DueDocument>> RunAsync(LocalDate today, Action<string> kept, CancellationToken cancel)
    {
        var matters = await ClientMatters.ReadAsync(store, cancel);
        var due = new List<DueDocument>();
        await store.Upkeep.ExportAsync(["Appointment", "Patient"], since: null, resource =>
        {
            var (until, document) = Judge(resource, matters);
            if (until.Until is null)
                kept(until.Reason);
            else if (until.Until < today && document is not null)
                due.Add(document);
            return ValueTask.CompletedTask;
        }, cancel);
        return due;
    }

    /// <summary>Until when one resource is kept; a type that the table does not speak of has no rule.</summary>
    public async Task<Retained> OfAsync(StoredResource resource, CancellationToken cancel) =>
        Judge(resource, await ClientMatters.ReadAsync(store, cancel)).Until;

    private (Retained Until, DueDocument? Document) Judge(StoredResource resource, ClientMatters matters)
    {
        if (resource.Type is not ("Appointment" or RetentionTable.Client))
            return (Retained.Kept("no-rule"), null);
        var node = StoredNodes.Parse(resource);
        var clients = resource.Type == "Appointment" ? [.. ClientMatters.ClientsOf(node)] : new[] { resource.Id };
        // Work without clients is no document of anybody.
        if (clients.Length == 0)
            return (Retained.Kept("internal"), null);
        var facts = resource.Type == "Appointment" ? matters.Of(node).ToList() : [matters.Of(resource.Id)];
        var until = RetentionRules.Of(table, facts);
        var isHeld = SecurityLabels.IsHeld(node) || clients.Any(matters.IsHeld);
        return (until, until.Until is { } day
            ? new DueDocument(resource, string.Join(',', facts.Select(f => f.ServiceTask).Distinct()), day, isHeld)
            : null);
    }
}
