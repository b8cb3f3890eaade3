namespace Ajanvaraus.Fhir.Server.Jobs;

/// <summary>How long work takes and lasts.</summary>
public sealed record JobOptions
{
    /// <summary>For how long a result can be fetched.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromHours(24);

    /// <summary>After this time without a sign of life of its process another goes on with the work.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a process looks for work that others have left; its own it knows of.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Pieces of work that one process does at the same time.</summary>
    public int AtOnce { get; init; } = 4;

    /// <summary>Pieces of work that one caller may have under way.</summary>
    public int MostUnfinished { get; init; } = 100;

    /// <summary>Addresses (<c>https://files.example.org</c>) from which <c>$import</c> may fetch; empty: none.</summary>
    public ImmutableArray<string> ImportOrigins { get; init; } = [];
}
