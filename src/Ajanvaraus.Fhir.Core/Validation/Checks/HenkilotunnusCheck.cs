using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>An Identifier that holds a personal identity code holds a right one, of a person born in its century.</summary>
/// <remarks>Only the century is compared with the birth date: a code outlives the correction of a day.</remarks>
internal sealed class HenkilotunnusCheck : ICheck
{
    public static readonly HenkilotunnusCheck Instance = new();

    private const int DigitsOfCentury = 2;

    public void Check(ElementNode node, Findings findings)
    {
        if (node["value"] is not { Value: { } text } value)
            return;
        if (node.Text("system") is not { } system)
        {
            if (Henkilotunnus.IsValid(text))
                findings.AddChild(IdentityMessages.SystemMissing, node, "system", Henkilotunnus.System);
        }
        else if (system == Henkilotunnus.System)
        {
            if (!Henkilotunnus.TryParse(text, out var code))
                findings.Add(IdentityMessages.NotValid, value);
            else if (CenturyOf(node, findings.Resource) is { } century && century != code.BirthDate.Year / 100)
                findings.Add(IdentityMessages.CenturyDiffers, value);
        }
    }

    /// <summary>First two digits of the birth year of the resource that the identifier is of; null when it tells none.</summary>
    private static int? CenturyOf(ElementNode identifier, ElementNode resource) =>
        resource.Text("birthDate") is { Length: >= DigitsOfCentury } date
            && int.TryParse(date.AsSpan(0, DigitsOfCentury), out var century)
            && resource.All("identifier").Any(own => ReferenceEquals(own, identifier))
                ? century
                : null;
}
