using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence.Jobs;

namespace Ajanvaraus.Fhir.Server.Jobs;

/// <summary>A kind of work that goes on after its request was answered.</summary>
public interface IJobWork
{
    /// <summary>Name of the kind, as it stands in the database.</summary>
    string Kind { get; }

    /// <summary>Goes on from the job's position, step by step; the last step has the result.</summary>
    /// <remarks>
    /// What a step leaves in the job (position, files) is stored before the next one is asked for. Whatever else a step
    /// does may be done again, when the process dies before that: so it must be of a kind that can be repeated. Errors:
    /// a problem ends the job with it, unless it is that of a busy database: then the step is tried again later.
    /// </remarks>
    IAsyncEnumerable<Outcome<JobStep>> RunAsync(Job job, CancellationToken cancel);
}

/// <summary>What one step leaves behind.</summary>
/// <param name="Position">Where to go on, as the work spells it.</param>
/// <param name="Progress">For people; no personal data.</param>
public sealed record JobStep(string Position, string Progress)
{
    /// <summary>Pieces of files that the step wrote.</summary>
    public ImmutableArray<JobPart> Parts { get; init; } = [];

    /// <summary>Set on the last step.</summary>
    public JobResult? Result { get; init; }
}

/// <param name="Number">Of the piece in its file, from 0.</param>
public sealed record JobPart(string File, int Number, int Lines, byte[] Gzip);

/// <summary>What the address of the job answers once it is done.</summary>
public sealed record JobResult(int Status, byte[] Body);
