namespace Ajanvaraus.Fhir.Core.Terminology;

/// <summary>What one question of terminology may cost.</summary>
/// <param name="MaxCodes">Codes of a value set that are ever listed.</param>
/// <param name="MaxPage">Codes in one answer; more are given by pages.</param>
public sealed record TerminologyLimits(int MaxCodes = 200_000, int MaxPage = 10_000)
{
    public static readonly TerminologyLimits Default = new();
}
