using System.Collections.Frozen;

namespace Ajanvaraus.Fhir.Core.Ucum;

/// <summary>UCUM codes, case sensitive: what they mean and whether they are codes at all.</summary>
/// <remarks>Source: https://ucum.org/ucum .</remarks>
public static class UcumUnits
{
    private static readonly Lazy<FrozenDictionary<string, UcumAtom>> Atoms = new(UcumTable.Load);

    /// <summary>What the code means; null when it is no UCUM code.</summary>
    public static UcumUnit? Parse(string code) => UcumParser.Parse(code, Atoms.Value.GetValueOrDefault);

    /// <summary>Follows the grammar and names only units that UCUM defines.</summary>
    public static bool IsValid(string code) => Parse(code) is not null;
}

/// <summary>One named unit.</summary>
/// <param name="IsMetric">Takes prefixes.</param>
internal sealed record UcumAtom(UcumUnit Unit, bool IsMetric);
