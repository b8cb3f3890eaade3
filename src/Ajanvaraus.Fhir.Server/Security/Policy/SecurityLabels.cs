using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Security.Policy;

/// <summary>Codes of <c>meta.security</c> by which access is decided.</summary>
public static class SecurityLabels
{
    private const string FinnishLabels = "https://hl7.fi/fhir/finnish-base-profiles/CodeSystem/fi-base-security-label-cs";

    private const string NonDisclosureCode = "TURVAKIELTO";

    private const string OwnLabels = Canonicals.Base + "/CodeSystem/security-label";

    private const string HiddenCode = "hidden-from-representative";

    /// <summary>A booking that a minor keeps from their guardians, as a token of a search.</summary>
    public const string HiddenFromRepresentative = OwnLabels + "|" + HiddenCode;

    /// <summary>On a guardian: the child is in the care of the county, who decides in the guardian's place.</summary>
    private const string TakenIntoCareCode = "taken-into-care";

    /// <summary>The client's whereabouts are not to be told (<em>turvakielto</em>), as tokens of a search.</summary>
    /// <remarks>The code system is one whose codes have no case: https://hl7.fi/fhir/finnish-base-profiles .</remarks>
    public static ImmutableArray<string> NonDisclosure { get; } =
        [$"{FinnishLabels}|{NonDisclosureCode}", $"{FinnishLabels}|{NonDisclosureCode.ToLowerInvariant()}"];

    /// <summary>Whether the resource says that its client's whereabouts are not to be told.</summary>
    public static bool IsNonDisclosure(ElementNode resource) => Has(resource, FinnishLabels, NonDisclosureCode);

    /// <summary>Whether the guardian does not decide for the child, who is in the care of the county (<em>huostaanotto</em>).</summary>
    public static bool IsTakenIntoCare(ElementNode guardian) => Has(guardian, OwnLabels, TakenIntoCareCode);

    /// <summary>Whether it is kept whatever its time: a case before a court or a supervisor.</summary>
    public static bool IsHeld(ElementNode resource) => Has(resource, OwnLabels, "legal-hold");

    /// <summary>Whether the client hides the booking from those who act for them.</summary>
    public static bool IsHidden(ElementNode? booking) => booking is not null && Has(booking, OwnLabels, HiddenCode);

    /// <summary>Whether both have the same labels; the one that clients set on bookings themselves is not asked.</summary>
    /// <param name="before">Null: there was nothing, and so no label.</param>
    public static bool AreSame(ElementNode? before, ElementNode after) =>
        before is null ? !Others(after).Any() : Others(before).SetEquals(Others(after));

    private static HashSet<(string? System, string? Code)> Others(ElementNode resource) =>
        [.. (resource["meta"]?.All("security") ?? []).Select(label => (label.Text("system"), label.Text("code")))
            .Where(label => label != (OwnLabels, HiddenCode))];

    private static bool Has(ElementNode resource, string system, string code)
    {
        foreach (var label in resource["meta"]?.All("security") ?? [])
            if (label.Text("system") == system && string.Equals(label.Text("code"), code, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
