using System.Text;

using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Security.Representation;

/// <summary>Resources that say who may act for whom: they are written by those who keep the register, and by nobody else.</summary>
/// <remarks>
/// A RelatedPerson that is a guardian, the Person that joins a citizen to it, and a Consent on acting for a client. A name or
/// a telephone number of a guardian says nothing of the right, and may be corrected by others.
/// </remarks>
internal static class RegisterFacts
{
    public const string RoleSystem = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";

    public const string GuardianCode = "GUARD";

    public const string BasisSystem = Canonicals.Base + "/CodeSystem/acting-basis";

    private static readonly string[] OfGuardians = ["identifier", "active", "patient", "relationship", "birthDate", "period"];

    /// <summary>Whether the same is said after the write; null: there is nothing.</summary>
    public static bool AreSame(ElementNode? before, ElementNode? after) => Said(before) == Said(after);

    private static string Said(ElementNode? resource) => resource?.Type.Name switch
    {
        "RelatedPerson" when Codes(resource, "relationship").Contains((RoleSystem, GuardianCode)) =>
            Text(resource, child => OfGuardians.Contains(child.Name)),
        "Person" => Text(resource, child => child.Name is "identifier" or "active" or "birthDate" or "link"),
        "Consent" when Codes(resource, "category").Any(code => code.System == BasisSystem) =>
            Text(resource, child => child.Name is not ("id" or "meta" or "text")),
        _ => "",
    };

    public static IEnumerable<(string? System, string? Code)> Codes(ElementNode resource, string element) =>
        resource.All(element).SelectMany(concept => concept.All("coding")).Select(c => (c.Text("system"), c.Text("code")));

    private static string Text(ElementNode resource, Func<ElementNode, bool> isMeant) =>
        Encoding.UTF8.GetString(FhirJson.ToBytes(resource.With([.. resource.Children.Where(isMeant)])));
}
