using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Booking;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>An intent on its way through a transaction.</summary>
public sealed class WriteTarget(WriteIntent intent)
{
    public WriteIntent Intent { get; } = intent;

    public string Type => Intent.Type;

    /// <summary>What is asked beside the resource; of a booking that follows another, set when that is written.</summary>
    public BookingDirective? Booking { get; set; } = intent.Booking;

    /// <summary>Set as soon as the resource is known.</summary>
    public string Id { get; set; } = intent.Id ?? "";

    /// <summary>State before the transaction, locked; null when there was none.</summary>
    public StoredResource? Before { get; set; }

    /// <summary>Content to write, with its id and with references resolved.</summary>
    public ElementNode? Resource { get; set; } = intent.Resource;

    /// <summary>Why a booking was made over others or outside what is open; null: it was not.</summary>
    public string? OverrideReason { get; set; }

    /// <summary>The calendars and people in whose time that was done.</summary>
    public ImmutableArray<string> Overridden { get; set; } = [];

    /// <summary>True when it answers for those who approve bookings: approved, or turned down.</summary>
    public bool IsAnswer { get; set; }

    public WriteResult? Result { get; private set; }

    public ImmutableArray<Issue> Warnings { get; set; } = intent.Warnings;

    public bool Exists => Before is { IsDeleted: false };

    /// <summary>True when an import brings what is here already.</summary>
    public bool IsSame(ElementNode resource) => Intent.IsImport && Exists && Before!.HasContent(resource);

    public bool IsDone => Result is not null;

    /// <summary>Where an issue about this intent lies: nothing for a single request.</summary>
    public string ExpressionPrefix => Intent.EntryIndex < 0 ? "" : $"Bundle.entry[{Intent.EntryIndex}].resource";

    public void Finish(StoredResource? stored, WriteEffect effect) => Result = new WriteResult(stored, effect, Warnings);

    /// <summary>Leaves it out of what is written.</summary>
    public void Refuse(Problem problem) => Result = new WriteResult(null, WriteEffect.Unchanged, []) { Refusal = problem };

    /// <summary>The problem as seen from the whole request.</summary>
    public Problem Locate(Problem problem)
    {
        if (Intent.EntryIndex < 0)
            return problem;
        return problem with
        {
            Issues = [.. problem.Issues.Select(i => i with { Expression = Locate(i.Expression) })],
        };
    }

    private string Locate(string? expression)
    {
        var dot = expression?.IndexOf('.') ?? -1;
        return dot < 0 ? ExpressionPrefix : ExpressionPrefix + expression![dot..];
    }
}
