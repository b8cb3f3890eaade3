using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Whether the address of a request holds a personal identity code: proxies and browsers keep addresses.</summary>
/// <remarks>
/// Refused are all that carry the system of the codes in a search, valid codes wherever they stand, and where
/// identifiers are asked for also what is written like one: a mistyped code leads to the right person just as well.
/// </remarks>
internal static class AddressIdentities
{
    /// <summary>Characters that are escaped twice are read as those who log them would.</summary>
    private const int MostEscapes = 3;

    private const string Identifiers = "identifier";

    private static readonly string AnyOfSystem = Henkilotunnus.System["urn:oid:".Length..] + "|";

    public static bool HoldAny(HttpRequest request)
    {
        if (HenkilotunnusText.IsIn(Unescaped(request.Path.Value ?? "")))
            return true;
        foreach (var parameter in (request.QueryString.Value ?? "").TrimStart('?').Split('&'))
            if (HoldsAny(Unescaped(parameter)))
                return true;
        return false;
    }

    private static bool HoldsAny(string parameter) =>
        HenkilotunnusText.IsIn(parameter)
        || parameter.Contains(AnyOfSystem, StringComparison.Ordinal)
        || (parameter.Contains(Identifiers, StringComparison.OrdinalIgnoreCase) && HenkilotunnusText.LooksLikeIn(parameter));

    private static string Unescaped(string text)
    {
        for (var n = 0; n < MostEscapes && text.Contains('%'); n++)
            text = Uri.UnescapeDataString(text);
        return text;
    }
}
