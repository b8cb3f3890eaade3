using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>Functions that ask profiles: http://hl7.org/fhir/R4/fhirpath.html#functions.</summary>
internal static class ProfileFunctions
{
    private const string CoreProfiles = "http://hl7.org/fhir/StructureDefinition/";

    public static readonly FunctionDefinition[] All =
    [
        new("conformsTo", 1, 1, ConformsTo),
        new("elementDefinition", 0, 0, ElementDefinition),
        new("slice", 2, 2, Slice),
    ];

    /// <summary>A profile that is not known is an error.</summary>
    private static void ConformsTo(in FunctionCall call)
    {
        if (call.Item is not { } item || call.TextArgument(0) is not { } profile)
            return;
        if (item.Node is not { } node)
            call.FailInput("an element", item);
        else if (Conforms(call.Context, node, profile) is { } answer)
            call.Add(answer);
        else
            call.Context.Fail(FhirPathMessages.UnknownProfile, profile);
    }

    /// <summary>Without a validator, what R4 itself defines is told by type: a node of a type has that form.</summary>
    private static bool? Conforms(FhirPathContext context, ElementNode node, string profile)
    {
        if (context.Conformance is { } conformance)
            return conformance.Conforms(node, profile);
        return profile.StartsWith(CoreProfiles, StringComparison.Ordinal)
            && R4.Definitions.Types.TryGetValue(profile[CoreProfiles.Length..], out var type)
                ? node.Type.Is(type.Name)
                : null;
    }

    /// <summary>What R4 says of each element; of a resource that stands alone, of its type.</summary>
    private static void ElementDefinition(in FunctionCall call)
    {
        foreach (var item in call.Input)
        {
            if (item.Node is not { } node)
                continue;
            call.Context.Charge(1);
            call.Output.Add(FhirPathValue.Of(node.Property is { } property && !node.IsResource
                ? ElementDefinitions.Of(property.Element)
                : ElementDefinitions.Of(node.Type)));
        }
    }

    /// <summary>Empty where profile or slice are not known, as the specification has it.</summary>
    private static void Slice(in FunctionCall call)
    {
        if (call.Input.Count == 0 || call.TextArgument(0) is not { } profile || call.TextArgument(1) is not { } slice)
            return;
        if (call.Context.Conformance is not { } conformance)
        {
            call.Context.Fail(FhirPathMessages.ServiceMissing, call.Name, "profiles");
            return;
        }
        foreach (var item in call.Input)
            if (item.Node is { } node)
                foreach (var found in conformance.Slice(node, profile, slice))
                    call.Output.Add(FhirPathValue.Of(found));
    }
}
