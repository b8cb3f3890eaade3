using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>What one evaluation may cost; beyond it the evaluation ends with an error.</summary>
public sealed record FhirPathBudget
{
    public static readonly FhirPathBudget Default = new();

    /// <summary>A step is about one element looked at, one item compared or sixteen characters made.</summary>
    public int Steps { get; init; } = 5_000_000;

    /// <summary>Items of one collection.</summary>
    public int Items { get; init; } = 100_000;

    /// <summary>Characters of one text.</summary>
    public int TextLength { get; init; } = PrimitiveText.MaxStringLength;

    /// <summary>Time of one match of a pattern.</summary>
    public TimeSpan PatternTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Calls of <c>trace()</c>.</summary>
    public int Traces { get; init; } = 1000;
}
