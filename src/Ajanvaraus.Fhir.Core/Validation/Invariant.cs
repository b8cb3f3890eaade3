namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>What a broken invariant means: a refusal, advice, or a best practice that nobody is held to.</summary>
internal enum InvariantWeight { Error, Warning, BestPractice }

/// <summary>A rule in FHIRPath.</summary>
/// <param name="Key">As in its definition: <c>app-3</c>.</param>
/// <param name="Text">The rule in words where its definition has any that may be told, else the expression.</param>
/// <param name="Source">Canonical of the profile that states it; <c>FHIR R4</c> for the base definitions.</param>
internal sealed record Invariant(string Key, InvariantWeight Weight, string Expression, string Text, string Source)
{
    /// <summary>A rule on how definitions are written, told when somebody asks for a validation.</summary>
    /// <remarks>A StructureDefinition without ids or with an incomplete snapshot can be used here all the same.</remarks>
    public bool IsForAuthors => Source == R4Invariants.Source
        && (Key.StartsWith("sdf-", StringComparison.Ordinal) || Key.StartsWith("eld-", StringComparison.Ordinal));
}
