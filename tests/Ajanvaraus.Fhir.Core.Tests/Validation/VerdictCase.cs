using System.Text;

using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Core.Tests.Validation.Profiles;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Core.Xml;

namespace Ajanvaraus.Fhir.Core.Tests.Validation;

/// <summary>A verdict as <c>$validate</c> gives it: what the reader and the validator find, with R4's terminology.</summary>
internal static class VerdictCase
{
    /// <summary>The places of the errors, in their order, each once; "" when there are none, <c>(document)</c> where no
    /// resource could be read.</summary>
    /// <param name="definitions">Conformance resources; a first that is the profile of a resource is asked for.</param>
    public static string Errors(string json, params string[] definitions)
    {
        return Errors(FhirJson.Parse(Encoding.UTF8.GetBytes(json)), definitions);
    }

    public static string XmlErrors(string xml) => Errors(FhirXml.Parse(Encoding.UTF8.GetBytes(xml)));

    /// <summary>All errors, of the reader and of the validator.</summary>
    /// <param name="known">What the server has stored.</param>
    /// <param name="profiles">What the caller asks for, beside the profiles that the resource claims.</param>
    public static ImmutableArray<Issue> Errors(
        ParseResult read, IReadOnlyList<ElementNode> known, ImmutableArray<string> profiles)
    {
        var source = new ConformanceSet(known, R4Profiles.Instance);
        var validator = new ProfileValidator(
            ProfileCase.Structure, R4.Definitions, source, new TerminologyService(source, TimeProvider.System));
        var issues = read.Resource is null ? [] : validator.Validate(read.Resource, profiles);
        return [.. read.Issues.Concat(issues)
            .Where(issue => issue.Severity is IssueSeverity.Error or IssueSeverity.Fatal)];
    }

    private static string Errors(ParseResult read, params string[] definitions)
    {
        var known = definitions.Select(Parsed.Resource).ToList();
        return string.Join("; ", Errors(read, known, AskedProfile(known))
            .Select(issue => issue.Expression ?? "(document)").Distinct());
    }

    private static ImmutableArray<string> AskedProfile(List<ElementNode> known) =>
        known is [{ Type.Name: "StructureDefinition" } first, ..] && first.Text("kind") == "resource"
            ? [first.Text("url")!] : [];
}
