namespace Ajanvaraus.Fhir.Server.Capability;

/// <summary>How an operation is called.</summary>
/// <param name="Query">Of a call by GET.</param>
/// <param name="Body">Of a call by POST.</param>
/// <param name="IsQuery">It can be called by GET: what it takes fits into a query.</param>
internal sealed record OperationExample(ImmutableArray<(string Name, string Value)> Query, string Body, bool IsQuery = true)
{
    /// <summary>What must be there before it works; null: nothing but what the other examples make.</summary>
    public string? Needs { get; init; }
}

/// <summary>Examples for operations; they work on the resources of <see cref="OpenApiExamples"/>.</summary>
internal static class OperationExamples
{
    private const string Gender = "http://hl7.org/fhir/administrative-gender";

    private const string Meta = """
        {"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{"tag":[{"system":"urn:example","code":"esimerkki"}]}}]}
        """;

    private static readonly OperationExample Plain = new([], OpenApiExamples.Parameters);

    private static readonly OperationExample Code = new(
        [("system", Gender), ("code", "female")], $$"""
        {"resourceType":"Parameters","parameter":[{"name":"system","valueUri":"{{Gender}}"},{"name":"code","valueCode":"female"}]}
        """);

    private const string MapUrl = "urn:example:esimerkki";

    private const string MapNeeded = "ConceptMap/esimerkki with the url " + MapUrl + ", which maps female of " + Gender;

    private const string MapCode = $$"""{"name":"system","valueUri":"{{Gender}}"},{"name":"code","valueCode":"female"}""";

    private static readonly OperationExample Map = new(
        [("system", Gender), ("code", "female")],
        Parameters(MapCode + $$""",{"name":"url","valueUri":"{{MapUrl}}"}"""));

    private static readonly Dictionary<string, OperationExample> ByPath = new(
        BookingExamples.All.Select(e => KeyValuePair.Create(e.Path, e.Example)))
    {
        ["{type}/$validate"] = new([], OpenApiExamples.AnyResource, IsQuery: false),
        ["{type}/{id}/$meta-add"] = new([], Meta),
        ["{type}/{id}/$meta-delete"] = new([], Meta),
        ["{type}/{id}/_history/{vid}/$meta-add"] = new([], Meta),
        ["{type}/{id}/_history/{vid}/$meta-delete"] = new([], Meta),
        ["CodeSystem/$lookup"] = Code,
        ["CodeSystem/$validate-code"] = new(
            [("url", Gender), ("code", "female")], $$"""
            {"resourceType":"Parameters","parameter":[{"name":"url","valueUri":"{{Gender}}"},{"name":"code","valueCode":"female"}]}
            """),
        ["CodeSystem/$subsumes"] = new(
            [("system", Gender), ("codeA", "female"), ("codeB", "male")], $$"""
            {"resourceType":"Parameters","parameter":[{"name":"system","valueUri":"{{Gender}}"},
            {"name":"codeA","valueCode":"female"},{"name":"codeB","valueCode":"male"}]}
            """),
        ["ValueSet/$expand"] = new(
            [("url", "http://hl7.org/fhir/ValueSet/administrative-gender")], """
            {"resourceType":"Parameters","parameter":[
            {"name":"url","valueUri":"http://hl7.org/fhir/ValueSet/administrative-gender"}]}
            """),
        ["ValueSet/$validate-code"] = new(
            [("url", "http://hl7.org/fhir/ValueSet/administrative-gender"), ("system", Gender), ("code", "female")], $$"""
            {"resourceType":"Parameters","parameter":[
            {"name":"url","valueUri":"http://hl7.org/fhir/ValueSet/administrative-gender"},
            {"name":"system","valueUri":"{{Gender}}"},{"name":"code","valueCode":"female"}]}
            """),
        ["CodeSystem/{id}/$validate-code"] = new(
            [("code", "a")], """{"resourceType":"Parameters","parameter":[{"name":"code","valueCode":"a"}]}""")
        {
            Needs = "CodeSystem/esimerkki with the code a",
        },
        ["CodeSystem/{id}/$subsumes"] = new(
            [("codeA", "a"), ("codeB", "b")], """
            {"resourceType":"Parameters","parameter":[{"name":"codeA","valueCode":"a"},{"name":"codeB","valueCode":"b"}]}
            """)
        {
            Needs = "CodeSystem/esimerkki with the codes a and b",
        },
        ["ValueSet/{id}/$expand"] = Plain with { Needs = "ValueSet/esimerkki" },
        ["ValueSet/{id}/$validate-code"] = Code with { Needs = "ValueSet/esimerkki" },
        ["ConceptMap/$translate"] = Map with { Query = Map.Query.Add(("url", MapUrl)), Needs = MapNeeded },
        ["ConceptMap/{id}/$translate"] = new(Map.Query, Parameters(MapCode)) { Needs = MapNeeded },
        ["Group/{id}/$export"] = Plain with { Needs = "Group/esimerkki, and Prefer: respond-async" },
        ["Patient/$export"] = Plain with { Needs = "Prefer: respond-async" },
        ["$export"] = Plain with { Needs = "Prefer: respond-async" },
        ["$fhirpath"] = new([], """
            {"resourceType":"Parameters","parameter":[{"name":"expression","valueString":"name.family"},
            {"name":"resource","resource":{"resourceType":"Patient","name":[{"family":"Esimerkki"}]}}]}
            """, IsQuery: false),
        ["$import"] = new([], """
            {"resourceType":"Parameters","parameter":[{"name":"input","part":[
            {"name":"resource","resource":{"resourceType":"Basic","id":"tuotu","code":{"text":"Esimerkki"}}}]}]}
            """),
        ["$process"] = new([], OpenApiExamples.Transaction),
        ["Bundle/$process"] = new([], OpenApiExamples.Transaction),
    };

    private static string Parameters(string parameters) => $$"""{"resourceType":"Parameters","parameter":[{{parameters}}]}""";

    /// <param name="path">Below the base: <c>Appointment/{id}/$book</c>.</param>
    public static OperationExample Of(string path) => ByPath.GetValueOrDefault(path, Plain);
}
