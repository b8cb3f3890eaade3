using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Server.Security.Policy;

/// <summary>What is left of clients whose whereabouts are not to be told, and what of them can be searched.</summary>
/// <remarks>What is named here stays; everything else goes, whatever a later profile adds. ROBUSTNESS R20; ADR 0026.</remarks>
internal static class PartlySeen
{
    public const string Type = "Patient";

    private const string ObservationValues = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

    private static readonly FrozenSet<string> Elements = FrozenSet.Create(
        "id", "meta", "identifier", "active", "name", "gender", "birthDate", "deceased", "communication");

    private static readonly FrozenSet<string> Parameters = FrozenSet.Create(
        "identifier", "active", "name", "family", "given", "phonetic", "gender", "birthdate", "deceased", "death-date", "language",
        "_profile", "_security", "_tag", "_source");

    /// <summary>Whether the parameter searches in what is left out.</summary>
    public static bool IsLeftOut(SearchParameter parameter) => parameter.ResourceType == Type && !Parameters.Contains(parameter.Code);

    /// <summary>What is left, marked as a part: it cannot be taken for the whole and written back.</summary>
    public static ElementNode Of(ElementNode patient)
    {
        var left = patient.With([.. patient.Children.Where(child => Elements.Contains(child.Name))]);
        var meta = left["meta"] ?? left.New("meta");
        var tag = meta.New("tag").Set("system", ObservationValues).Set("code", "SUBSETTED");
        return left.Replace("meta", meta.Append(tag));
    }
}
