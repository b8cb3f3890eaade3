namespace Ajanvaraus.Fhir.Persistence.Audit;

/// <summary>One entry of the log, ready to be written.</summary>
/// <param name="Agent">Who did it, as a relative reference; empty where that is no resource.</param>
/// <param name="Body">What is known of it.</param>
/// <param name="Lines">At least one.</param>
public sealed record AuditRecord(string Agent, byte[] Body, ImmutableArray<AuditLine> Lines);

/// <summary>One client, or resource of a client, that an entry is about.</summary>
/// <param name="Client">Logical id of a Patient; empty: of no client.</param>
/// <param name="Entity"><c>Appointment/1</c>, without version; empty: none in particular.</param>
public readonly record struct AuditLine(string Client, string Entity);

/// <summary>Where an entry stands: both from 1.</summary>
public readonly record struct AuditPlace(int Chain, long Seq);

/// <summary>A line that was found, with the entry that it belongs to.</summary>
/// <param name="Line">From 0.</param>
/// <param name="Recorded">Microseconds since 1970 UTC.</param>
public sealed record FoundLine(AuditPlace Place, int Line, long Recorded, byte[] Body);

/// <summary>Which lines are wanted; what is null or empty does not matter.</summary>
/// <param name="People">Logical ids of Patients: one of these is the client, or the one who acts.</param>
/// <param name="Agents">One of these.</param>
/// <param name="Entities">One of these.</param>
/// <param name="From">Recorded then or later, in microseconds.</param>
/// <param name="To">Recorded before.</param>
public sealed record AuditNarrowing(
    ImmutableArray<string> People, ImmutableArray<string> Agents, ImmutableArray<string> Entities, long From, long To)
{
    /// <summary>All lines.</summary>
    public static AuditNarrowing None { get; } = new([], [], [], long.MinValue, long.MaxValue);

    /// <summary>Logical ids of Patients: one of these is the client; empty: any or none.</summary>
    public ImmutableArray<string> Clients { get; init; } = [];

    /// <summary>The oldest first; otherwise the newest.</summary>
    public bool IsOldestFirst { get; init; }
}
