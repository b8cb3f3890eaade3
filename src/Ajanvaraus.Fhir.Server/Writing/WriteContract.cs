using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;

namespace Ajanvaraus.Fhir.Server.Writing;

public sealed record WriteIntent
{
    public required WriteMethod Method { get; init; }
    public required string Type { get; init; }
    public string? Id { get; init; }
    public ElementNode? Resource { get; init; }
    public int? IfMatch { get; init; }
    public bool IfNoneMatchAny { get; init; }
    public SearchQuery? IfNoneExist { get; init; }
    public SearchQuery? Condition { get; init; }
    public string? FullUrl { get; init; }
    public int EntryIndex { get; init; }
}
public enum WriteEffect { Created, Updated, Deleted, Unchanged }
public sealed record WriteResult(StoredResource Stored, WriteEffect Effect, ImmutableArray<Issue> Warnings);
public sealed record Caller(string Principal, string? Language, bool IsOpen);
public sealed class WritePipeline
{
    public Task<Outcome<ImmutableArray<WriteResult>>> WriteAsync(ImmutableArray<WriteIntent> intents, Caller caller, CancellationToken cancel) => Task.FromResult(Outcome<ImmutableArray<WriteResult>>.Of([]));
}
