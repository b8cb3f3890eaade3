using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Ajanvaraus.Fhir.BillOfMaterials;

/// <summary>A bill of materials in CycloneDX 1.6: https://cyclonedx.org/docs/1.6/json/ .</summary>
/// <remarks>The same restore gives the same text: it has no moment and no random number in it.</remarks>
public static class Bill
{
    public static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>All packages, each with its digest, its licence where it tells one, and what it needs.</summary>
    public static JsonObject Of(Restored restored)
    {
        var byName = restored.Packages.ToLookup(p => p.Name, StringComparer.OrdinalIgnoreCase);
        var root = $"{restored.Name}@{restored.Version}";
        return new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["component"] = new JsonObject
                {
                    ["type"] = "application", ["bom-ref"] = root, ["name"] = restored.Name, ["version"] = restored.Version,
                },
            },
            ["components"] = new JsonArray([.. restored.Packages.Select(Component)]),
            ["dependencies"] = new JsonArray(
            [
                Dependency(root, restored.Direct.SelectMany(name => byName[name])),
                .. restored.Packages.Select(p => Dependency(Address(p), p.DependsOn.SelectMany(name => byName[name]))),
            ]),
        };
    }

    /// <summary>The package URL: https://github.com/package-url/purl-spec .</summary>
    private static string Address(RestoredPackage package) => $"pkg:nuget/{package.Name}@{package.Version}";

    private static JsonNode Component(RestoredPackage package)
    {
        var component = new JsonObject
        {
            ["type"] = "library", ["bom-ref"] = Address(package), ["name"] = package.Name, ["version"] = package.Version,
            ["scope"] = package.Runs ? "required" : "excluded",
            ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = Convert.ToHexStringLower(package.Sha512) }),
            ["purl"] = Address(package),
        };
        if (Licence(package) is { } licence)
            component["licenses"] = new JsonArray(licence);
        return component;
    }

    private static JsonNode Dependency(string of, IEnumerable<RestoredPackage> on) => new JsonObject
    {
        ["ref"] = of,
        ["dependsOn"] = new JsonArray([.. on.Select(p => (JsonNode)Address(p)).OrderBy(a => (string)a!, StringComparer.Ordinal)]),
    };

    /// <summary>An SPDX expression, the name of a file in the package, or an address; null when it tells none.</summary>
    private static JsonObject? Licence(RestoredPackage package)
    {
        if (package.Nuspec is null || !File.Exists(package.Nuspec))
            return null;
        var metadata = XDocument.Load(package.Nuspec).Root!.Elements().First(e => e.Name.LocalName == "metadata");
        if (metadata.Elements().FirstOrDefault(e => e.Name.LocalName == "license") is { } licence)
            return (string?)licence.Attribute("type") == "expression"
                ? new JsonObject { ["expression"] = licence.Value }
                : new JsonObject { ["license"] = new JsonObject { ["name"] = $"{licence.Value} in the package" } };
        return metadata.Elements().FirstOrDefault(e => e.Name.LocalName == "licenseUrl") is { Value.Length: > 0 } address
            ? new JsonObject { ["license"] = new JsonObject { ["name"] = "told at its address", ["url"] = address.Value } }
            : null;
    }
}
