using System.Globalization;
using System.Text;

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>Local code systems of the demo county.</summary>
/// <remarks>
/// The national classifications of service tasks, social services and contact modes have codes of their own; where
/// those are not known none is invented under their OIDs, and a local code made from the name stands instead.
/// </remarks>
public static class DemoCodes
{
    /// <summary>Palvelutehtävä: <c>lastensuojelu</c>.</summary>
    public const string ServiceTasks = Canonicals.Base + "/CodeSystem/palvelutehtava";

    /// <summary>Sosiaalipalvelu: <c>sosiaalityo</c>.</summary>
    public const string SocialServices = Canonicals.Base + "/CodeSystem/sosiaalipalvelu";

    /// <summary>Local identifiers of professionals.</summary>
    public const string ProfessionalIds = Canonicals.Base + "/NamingSystem/ammattilainen";

    /// <summary>The code of a Finnish name: lower case without marks, words joined by hyphens.</summary>
    public static string CodeOf(string name)
    {
        var code = new StringBuilder(name.Length);
        foreach (var c in name.ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
                code.Append(c);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark
                && code.Length > 0 && code[^1] != '-')
                code.Append('-');
        }
        return code.ToString().TrimEnd('-');
    }
}
