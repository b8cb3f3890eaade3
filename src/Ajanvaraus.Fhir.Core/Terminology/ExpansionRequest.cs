using System.Security.Cryptography;
using System.Text;

namespace Ajanvaraus.Fhir.Core.Terminology;

/// <summary>How a value set is to be expanded: http://hl7.org/fhir/R4/valueset-operation-expand.html .</summary>
public sealed record ExpansionRequest
{
    /// <summary>Each of its words must stand in a display or be the code's beginning; null: all codes.</summary>
    public string? Filter { get; init; }

    /// <summary>Codes to pass over.</summary>
    public int Offset { get; init; }

    /// <summary>Codes to give; 0 asks for the total only, null for all.</summary>
    public int? Count { get; init; }

    /// <summary>BCP 47; null: displays as the code systems have them.</summary>
    public string? DisplayLanguage { get; init; }

    public bool IncludesDesignations { get; init; }

    /// <summary>Of the designations, only those of these languages or uses (<c>system|code</c>); empty: all.</summary>
    public ImmutableArray<string> Designations { get; init; } = [];

    public bool IncludesDefinition { get; init; }

    /// <summary>Only codes that are approved for use.</summary>
    public bool IsActiveOnly { get; init; }

    /// <summary>No codes that only group others.</summary>
    public bool ExcludesNotForUI { get; init; }

    /// <summary>Codes stand within those above them, where the answer is a whole.</summary>
    public bool IsNested { get; init; }

    /// <summary>As of when codes are active, as given; null: now.</summary>
    public string? Date { get; init; }

    /// <summary>Code systems, with or without version, whose codes are left out.</summary>
    public ImmutableArray<string> ExcludedSystems { get; init; } = [];

    /// <summary>The parameters that were given, as the expansion tells them: name, type of value, value.</summary>
    internal IEnumerable<(string Name, string Type, string Value)> Told()
    {
        if (Filter is not null)
            yield return ("filter", "valueString", Filter);
        if (Offset > 0)
            yield return ("offset", "valueInteger", $"{Offset}");
        if (Count is { } count)
            yield return ("count", "valueInteger", $"{count}");
        if (DisplayLanguage is not null)
            yield return ("displayLanguage", "valueCode", DisplayLanguage);
        if (IncludesDesignations)
            yield return ("includeDesignations", "valueBoolean", "true");
        foreach (var designation in Designations)
            yield return ("designation", "valueString", designation);
        if (IncludesDefinition)
            yield return ("includeDefinition", "valueBoolean", "true");
        if (IsActiveOnly)
            yield return ("activeOnly", "valueBoolean", "true");
        if (ExcludesNotForUI)
            yield return ("excludeNotForUI", "valueBoolean", "true");
        yield return ("excludeNested", "valueBoolean", IsNested ? "false" : "true");
        if (Date is not null)
            yield return ("date", "valueDateTime", Date);
        foreach (var system in ExcludedSystems)
            yield return ("exclude-system", "valueUri", system);
    }

    /// <summary>The same for the same value set, code systems and parameters, whenever and wherever it is made.</summary>
    /// <remarks>Source: http://hl7.org/fhir/R4/valueset-definitions.html#ValueSet.expansion.identifier .</remarks>
    internal string Identifier(string valueSet, IEnumerable<string> systems)
    {
        var text = string.Join('\n', Told().Select(t => $"{t.Name}={t.Value}").Prepend(valueSet).Concat(systems));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16);
        // RFC 9562, section 5.8: a UUID of own making is marked as version 8.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return $"urn:uuid:{new Guid(hash, bigEndian: true)}";
    }
}
