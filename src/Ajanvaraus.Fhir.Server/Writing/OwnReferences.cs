using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>Absolute references to this server are references to its own resources, however they are written.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/references.html#literal: the base of the server may be left out.</remarks>
internal static class OwnReferences
{
    /// <summary>The resource with every <c>[base]/Type/id</c> as <c>Type/id</c>; itself when it has none.</summary>
    public static ElementNode MakeRelative(ElementNode resource, FhirRequest request) =>
        resource.MapValues(node => IsReference(node) ? Relative(node.Value!, request) : null);

    private static string? Relative(string reference, FhirRequest request)
    {
        if (IsBelow(reference, request.BaseUrl))
            return reference[(request.BaseUrl.Length + 1)..];
        foreach (var other in request.OtherBaseUrls)
            if (IsBelow(reference, other))
                return reference[(other.Length + 1)..];
        return null;
    }

    private static bool IsReference(ElementNode node) => node.Property?.Element.Path == "Reference.reference";

    private static bool IsBelow(string reference, string baseUrl) =>
        reference.Length > baseUrl.Length + 1 && reference[baseUrl.Length] == '/'
        && reference.StartsWith(baseUrl, StringComparison.OrdinalIgnoreCase);
}
