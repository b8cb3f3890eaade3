using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>Absolute references to this server are references to its own resources, however they are written.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/references.html#literal: the base of the server may be left out.</remarks>
internal static class OwnReferences
{
    /// <summary>The resource with every <c>[base]/Type/id</c> as <c>Type/id</c>; itself when it has none.</summary>
    /// <param name="baseUrl">As the request addressed this server, without a slash at the end.</param>
    public static ElementNode MakeRelative(ElementNode resource, string baseUrl) =>
        resource.MapValues(node => IsReference(node) && IsBelow(node.Value!, baseUrl)
            ? node.Value![(baseUrl.Length + 1)..]
            : null);

    private static bool IsReference(ElementNode node) => node.Property?.Element.Path == "Reference.reference";

    private static bool IsBelow(string reference, string baseUrl) =>
        reference.Length > baseUrl.Length + 1 && reference[baseUrl.Length] == '/'
        && reference.StartsWith(baseUrl, StringComparison.OrdinalIgnoreCase);
}
