using System.Text;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Security.Policy;

/// <summary>What stands in a token for the names in braces of relations.csv.</summary>
internal static class RelationValues
{
    private const string ServiceTasks = Canonicals.Base + "/CodeSystem/palvelutehtava";

    /// <summary>The criteria with values; null when the token does not tell one of them.</summary>
    public static string? Fill(string criteria, Identity identity)
    {
        var filled = new StringBuilder(criteria.Length + 40);
        var rest = criteria.AsSpan();
        for (var open = rest.IndexOf('{'); open >= 0; open = rest.IndexOf('{'))
        {
            var close = rest.IndexOf('}');
            if (Value(rest[(open + 1)..close].ToString(), identity) is not { Length: > 0 } value)
                return null;
            filled.Append(rest[..open]).Append(value);
            rest = rest[(close + 1)..];
        }
        return filled.Append(rest).ToString();
    }

    /// <summary>References have no signs that mean something in a search; codes may.</summary>
    private static string? Value(string name, Identity identity) => name switch
    {
        "practitioner" => Of(identity.FhirUser, "Practitioner"),
        "role" => Of(identity.FhirUser, "PractitionerRole"),
        "role.id" => IdOf(identity.FhirUser, "PractitionerRole"),
        "patient" => Of(identity.Self, "Patient"),
        "patient.id" => IdOf(identity.Self, "Patient"),
        "principal" => Of(identity.OnBehalfOf, "Patient"),
        "principal.id" => IdOf(identity.OnBehalfOf, "Patient"),
        "organization" => Units(identity, "Organization"),
        "place" => Units(identity, "Location"),
        "service" => Units(identity, "HealthcareService"),
        "tasks" => string.Join(',', identity.ServiceTasks.Select(Task)),
        "hidden" => SecurityLabels.HiddenFromRepresentative,
        "non-disclosure" => string.Join(',', SecurityLabels.NonDisclosure),
        "template" => $"{WeekTemplateMapping.CodeSystem}|{WeekTemplateMapping.Code}",
        _ => throw new FormatException($"relations.csv: {{{name}}} is not known"),
    };

    private static string? Of(string? reference, string type) => IdOf(reference, type) is null ? null : reference;

    private static string? IdOf(string? reference, string type) =>
        reference is null ? null : LocalReference.IdOf(reference, type);

    private static string Units(Identity identity, string type) =>
        string.Join(',', identity.Units.Where(unit => IdOf(unit, type) is not null));

    /// <summary>A code alone is one of this server's own list.</summary>
    private static string Task(string task)
    {
        var escaped = task.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
            .Replace("$", "\\$", StringComparison.Ordinal);
        return escaped.Contains('|', StringComparison.Ordinal) ? escaped : $"{ServiceTasks}|{escaped}";
    }
}
