using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Profiles;

/// <summary>A profile put together from its differential and those of its bases: its snapshot, less the base facts.</summary>
internal sealed class ProfileTree
{
    private const string ImposeProfile = "http://hl7.org/fhir/StructureDefinition/structuredefinition-imposeProfile";

    public required string Url { get; init; }

    public required ElementNode Definition { get; init; }

    /// <summary>The type that the profile is for.</summary>
    public required TypeSchema Type { get; init; }

    public required ProfileElement Root { get; init; }

    /// <summary>What could not be understood, in words; of the bases too.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Elements that the profile itself speaks of and its type does not have: their definitions and ids.</summary>
    public List<(ElementNode Definition, string Id)> UnknownElements { get; } = [];

    /// <summary>Values that the profile itself fixes though a base fixes another: nothing can have both.</summary>
    public List<(ElementNode Fixed, string Id, string Base)> RefixedValues { get; } = [];

    /// <summary>Profiles that a resource conforms to besides, because this one imposes them.</summary>
    public ImmutableArray<string> Imposed =>
        [.. Definition.All("extension").Where(e => e.Text("url") == ImposeProfile)
            .Select(e => e.Text("value")).OfType<string>()];
}
