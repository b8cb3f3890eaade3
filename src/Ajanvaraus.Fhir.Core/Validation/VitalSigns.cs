using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>The profile that R4 asks of an Observation because of its code, claimed or not.</summary>
/// <remarks>By the codes of LOINC that R4 lists: http://hl7.org/fhir/R4/observation-vitalsigns.html#vitals-table .</remarks>
internal static class VitalSigns
{
    private const string Loinc = "http://loinc.org";

    private const string Profiles = "http://hl7.org/fhir/StructureDefinition/";

    private static readonly FrozenDictionary<string, string> ByCode = new Dictionary<string, string>
    {
        ["85353-1"] = Profiles + "vitalspanel", ["9279-1"] = Profiles + "resprate", ["8867-4"] = Profiles + "heartrate",
        ["2708-6"] = Profiles + "oxygensat", ["8310-5"] = Profiles + "bodytemp", ["8302-2"] = Profiles + "bodyheight",
        ["9843-4"] = Profiles + "headcircum", ["29463-7"] = Profiles + "bodyweight", ["39156-5"] = Profiles + "bmi",
        ["85354-9"] = Profiles + "bp",
    }.ToFrozenDictionary();

    public static IEnumerable<string> Of(ElementNode resource)
    {
        if (resource.Type.Name != "Observation" || resource["code"] is not { } code)
            yield break;
        foreach (var coding in code.All("coding"))
            if (coding.Text("system") == Loinc && coding.Text("code") is { } loinc
                && ByCode.TryGetValue(loinc, out var profile))
                yield return profile;
    }
}
