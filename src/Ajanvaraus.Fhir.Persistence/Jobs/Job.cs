namespace Ajanvaraus.Fhir.Persistence.Jobs;

/// <summary>How far a job is. What is cancelled keeps nothing but its name, until it expires.</summary>
public enum JobState { Waiting, Running, Done, Cancelled }

/// <summary>Work that goes on after its request was answered.</summary>
/// <param name="Id">128 bits at random, in hexadecimal.</param>
/// <param name="Kind">What is to be done, as the server names it.</param>
/// <param name="Owner">On whose behalf; nobody else may ask.</param>
/// <param name="Created">Microseconds since 1970 UTC, as all moments here.</param>
/// <param name="LeaseUntil">Until then the process that has it is given time; afterwards any may go on.</param>
/// <param name="Expires">When it is forgotten, with its files.</param>
/// <param name="Request">What was asked, as the server spells it.</param>
/// <param name="Position">Where to go on; empty: at the beginning.</param>
/// <param name="Progress">For people; no personal data.</param>
/// <param name="Status">HTTP status of the result; 0 while there is none.</param>
/// <param name="Result">Empty while there is none.</param>
public sealed record Job(
    string Id, string Kind, string Owner, JobState State, long Created, long LeaseUntil, long Expires,
    ReadOnlyMemory<byte> Request, string Position, string Progress, int Status, ReadOnlyMemory<byte> Result);

/// <summary>A file of a job, in pieces.</summary>
public sealed record JobFile(string Name, int Parts, long Lines);
