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
        new("elementDefinition", 0, 0, static (in FunctionCall call) => Missing(call)),
        new("slice", 2, 2, static (in FunctionCall call) => Missing(call)),
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

    private static void Missing(in FunctionCall call)
    {
        if (call.Input.Count > 0)
            call.Context.Fail(FhirPathMessages.ServiceMissing, call.Name, "the profile of the element");
    }
}
