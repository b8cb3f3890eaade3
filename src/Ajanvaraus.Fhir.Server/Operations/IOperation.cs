using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>An extended operation: http://hl7.org/fhir/R4/operations.html.</summary>
/// <remarks>One instance serves all requests. It knows nothing of HTTP, so it runs as a Bundle entry too.</remarks>
public interface IOperation
{
    OperationRegistration Registration { get; }

    Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel);
}

[Flags]
public enum OperationLevels
{
    None = 0,
    System = 1,
    Type = 2,
    Instance = 4,
    /// <summary>One version: <c>Patient/1/_history/2/$meta</c>.</summary>
    Version = 8,
}

/// <summary>Where an operation may be called and how it is told in the CapabilityStatement.</summary>
/// <param name="Name">Without <c>$</c>: <c>book</c>.</param>
/// <param name="Levels">The levels of URL it answers at.</param>
/// <param name="ResourceTypes">Types it answers for at type and instance level; empty: every type.</param>
/// <param name="Definition">Canonical of its OperationDefinition.</param>
public sealed record OperationRegistration(
    string Name, OperationLevels Levels, ImmutableArray<string> ResourceTypes, string Definition)
{
    /// <summary>True when it may change data; such an operation is called by POST only.</summary>
    public required bool AffectsState { get; init; }

    /// <summary>Canonicals of the same operation in other guides; told beside <see cref="Definition"/>.</summary>
    public ImmutableArray<string> AlsoKnownAs { get; init; } = [];

    /// <summary>True when a resource with structural faults is taken in, because telling them is what it is for.</summary>
    /// <remarks>They are in <see cref="OperationContext.Faults"/>; nothing of such a resource may be stored.</remarks>
    public bool TakesFaultyResources { get; init; }

    /// <summary>True when it begins work that goes on in the background, and answers 202 itself.</summary>
    public bool BeginsWork { get; init; }

    /// <summary>True when its body may be NDJSON, which it reads itself.</summary>
    public bool TakesLines { get; init; }

    /// <summary>True when it reads the body itself, whatever it holds.</summary>
    public bool ReadsBody { get; init; }

    public bool AppliesTo(OperationLevels level, string? type) =>
        Levels.HasFlag(level) && (type is null || ResourceTypes.IsEmpty || ResourceTypes.Contains(type));
}
