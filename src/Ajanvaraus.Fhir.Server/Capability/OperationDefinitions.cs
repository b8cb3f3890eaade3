using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Capability;

/// <summary>The OperationDefinitions of our own operations, as published under <c>profiles/operations</c>.</summary>
public static class OperationDefinitions
{
    private const string Prefix = "Operations/";

    /// <summary>Read anew at each call: it is asked at start-up and by tests.</summary>
    public static IEnumerable<ElementNode> Load()
    {
        var assembly = typeof(OperationDefinitions).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal))
                continue;
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            var parsed = FhirJson.Parse(bytes.ToArray());
            yield return parsed is { HasErrors: false, Resource: { } definition }
                ? definition
                : throw new InvalidDataException($"{name} is not a sound resource.");
        }
    }
}
