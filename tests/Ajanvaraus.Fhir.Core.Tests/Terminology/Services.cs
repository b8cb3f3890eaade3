using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Terminology;

/// <summary>A small code system of social services, with all that a concept can have.</summary>
/// <remarks>
/// The hierarchy: asuminen (grouping) over tuettu and palvelu; palvelu over tehostettu; perhe over sovittelu and
/// isyys (retired); kotipalvelu is under both palvelu (by nesting) and perhe (by property).
/// </remarks>
internal static class Services
{
    public const string System = "urn:test:services";
    public const string SetUrl = "urn:test:set";

    public static readonly FakeClock Clock = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    public const string CodeSystem = """
        {"resourceType":"CodeSystem","url":"urn:test:services","version":"2.1.0","name":"Services","language":"fi",
         "status":"active","content":"complete","hierarchyMeaning":"is-a",
         "property":[{"code":"inactive","type":"boolean"},{"code":"parent","type":"code"},{"code":"unit","type":"code"},
          {"code":"minutes","type":"integer"},{"code":"effectiveDate","type":"dateTime"},
          {"code":"deprecationDate","type":"dateTime"},{"code":"notSelectable","type":"boolean"}],
         "concept":[
          {"code":"asuminen","display":"Asuminen","property":[{"code":"notSelectable","valueBoolean":true}],
           "designation":[{"language":"sv","value":"Boende"},{"language":"en","value":"Housing"}],
           "concept":[
            {"code":"tuettu","display":"Tuettu asuminen","property":[{"code":"unit","valueCode":"A"},{"code":"minutes","valueInteger":30}],
             "designation":[{"language":"sv","value":"Stödboende"},{"language":"en-GB","value":"Supported living"}]},
            {"code":"palvelu","display":"Palveluasuminen","property":[{"code":"unit","valueCode":"B"}],
             "concept":[
              {"code":"tehostettu","display":"Tehostettu palveluasuminen","property":[{"code":"unit","valueCode":"B"},{"code":"minutes","valueInteger":60},{"code":"deprecationDate","valueDateTime":"2023-01-01"}]},
              {"code":"kotipalvelu","display":"Kotipalvelu","property":[{"code":"parent","valueCode":"perhe"},{"code":"minutes","valueInteger":45}]}]}]},
          {"code":"perhe","display":"Perhetyö","designation":[{"language":"sv","value":"Familjearbete"}],
           "concept":[
            {"code":"sovittelu","display":"Perheasioiden sovittelu","property":[{"code":"effectiveDate","valueDateTime":"2027-01-01"}]},
            {"code":"isyys","display":"Isyyden selvittäminen","property":[{"code":"inactive","valueBoolean":true}]}]}]}
        """;

    /// <summary>A value set of one include: the rest of the part after its system.</summary>
    public static string Set(string include, string more = "", string url = SetUrl) =>
        $$$"""{"resourceType":"ValueSet","url":"{{{url}}}","status":"active","compose":{"include":[{{{include}}}]{{{more}}}}}""";

    public static string All(string filters = "") => filters.Length == 0
        ? """{"system":"urn:test:services"}"""
        : $$"""{"system":"urn:test:services","filter":[{{filters}}]}""";

    public static string Filter(string property, string op, string value) =>
        $$"""{"property":"{{property}}","op":"{{op}}","value":"{{value}}"}""";

    public static TerminologyService Service(params string[] resources) => new(
        new ConformanceSet([Parsed.Resource(CodeSystem), .. resources.Select(Parsed.Resource)]), Clock);

    public static Outcome<ElementNode> Expand(string valueSet, ExpansionRequest? request = null) =>
        Service(valueSet).Expand(SetUrl, request ?? new ExpansionRequest());

    /// <summary>The codes of an expansion, flat and in order.</summary>
    public static List<string> Codes(Outcome<ElementNode> expansion)
    {
        expansion.Problem.Should().BeNull();
        return [.. Contained(expansion.Value!["expansion"]!).Select(c => c.Text("code")!)];
    }

    public static IEnumerable<ElementNode> Contained(ElementNode parent) =>
        parent.All("contains").SelectMany(c => Contained(c).Prepend(c));

    public static AskedCode Code(string code, string? display = null, string? version = null) =>
        new(System, version, code, display);
}
