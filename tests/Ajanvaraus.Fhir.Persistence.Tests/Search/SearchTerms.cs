using System.Text;

using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;

namespace Ajanvaraus.Fhir.Persistence.Tests.Search;

/// <summary>What the codes of <see cref="RandomResources"/> mean: a hierarchy, a flat list and sets of them.</summary>
internal static class SearchTerms
{
    public static readonly string[] ValueSets = ["urn:set:some", "urn:set:two-systems", "urn:set:below", "urn:set:none"];

    private static readonly ConformanceSet Source = new([
        Resource("""
            {"resourceType":"CodeSystem","url":"urn:a","status":"active","content":"complete","hierarchyMeaning":"is-a",
             "concept":[{"code":"1","concept":[{"code":"2","concept":[{"code":"A%"}]},{"code":"3"}]},{"code":"K|1"},
             {"code":"a_"},{"code":"ä"}]}
            """),
        Resource("""
            {"resourceType":"CodeSystem","url":"urn:b","status":"active","content":"complete",
             "concept":[{"code":"1"},{"code":"2"},{"code":"x\\y"}]}
            """),
        Set("some", """{"system":"urn:a","concept":[{"code":"1"},{"code":"K|1"}]}"""),
        Set("two-systems", """{"system":"urn:a","concept":[{"code":"3"}]},{"system":"urn:b"}"""),
        Set("below", """{"system":"urn:a","filter":[{"property":"concept","op":"is-a","value":"2"}]}"""),
        Set("none", """{"system":"urn:a","filter":[{"property":"concept","op":"descendent-of","value":"ä"}]}"""),
    ]);

    public static TerminologyService Service(TimeProvider clock) => new(Source, clock);

    private static ElementNode Set(string name, string include) => Resource(
        $"{{\"resourceType\":\"ValueSet\",\"url\":\"urn:set:{name}\",\"status\":\"active\","
        + "\"compose\":{\"include\":[" + include + "]}}");

    private static ElementNode Resource(string json) => FhirJson.Parse(Encoding.UTF8.GetBytes(json)).Resource!;
}
