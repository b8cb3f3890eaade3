namespace Ajanvaraus.Fhir.Server.Capability;

/// <summary>How an operation is called.</summary>
/// <param name="Query">Of a call by GET.</param>
/// <param name="Body">Of a call by POST.</param>
/// <param name="IsQuery">It can be called by GET: what it takes fits into a query.</param>
internal sealed record OperationExample(ImmutableArray<(string Name, string Value)> Query, string Body, bool IsQuery = true);

/// <summary>Examples for operations; they work on the resources of <see cref="OpenApiExamples"/>.</summary>
internal static class OperationExamples
{
    private const string Gender = "http://hl7.org/fhir/administrative-gender";

    private const string Meta = """
        {"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{"tag":[{"system":"urn:example","code":"esimerkki"}]}}]}
        """;

    private static readonly OperationExample Plain = new([], OpenApiExamples.Parameters);

    private static readonly OperationExample Find = new(
        [("start", "2027-03-01"), ("end", "2027-03-02")], """
        {"resourceType":"Parameters","parameter":[{"name":"start","valueDate":"2027-03-01"},
        {"name":"end","valueDate":"2027-03-02"}]}
        """);

    private static readonly OperationExample Code = new(
        [("system", Gender), ("code", "female")], $$"""
        {"resourceType":"Parameters","parameter":[{"name":"system","valueUri":"{{Gender}}"},{"name":"code","valueCode":"female"}]}
        """);

    private static readonly Dictionary<string, OperationExample> ByPath = new()
    {
        ["{type}/$validate"] = new([], OpenApiExamples.AnyResource, IsQuery: false),
        ["{type}/{id}/$meta-add"] = new([], Meta),
        ["{type}/{id}/$meta-delete"] = new([], Meta),
        ["{type}/{id}/_history/{vid}/$meta-add"] = new([], Meta),
        ["{type}/{id}/_history/{vid}/$meta-delete"] = new([], Meta),
        ["Appointment/$find"] = Find,
        ["Slot/$find"] = Find,
        ["Slot/$prefetch"] = Find,
        ["Schedule/{id}/$find"] = Find,
        ["Schedule/{id}/$absence"] = new([], """
            {"resourceType":"Parameters","parameter":[{"name":"period",
            "valuePeriod":{"start":"2027-03-01T08:00:00+02:00","end":"2027-03-01T10:00:00+02:00"}}]}
            """, IsQuery: false),
        ["Schedule/{id}/$reassign"] = new([], """
            {"resourceType":"Parameters","parameter":[{"name":"period",
            "valuePeriod":{"start":"2027-03-01T08:00:00+02:00","end":"2027-03-01T10:00:00+02:00"}},
            {"name":"candidate","valueReference":{"reference":"Schedule/toinen"}},{"name":"dry-run","valueBoolean":true}]}
            """, IsQuery: false),
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

    /// <param name="path">Below the base: <c>Appointment/{id}/$book</c>.</param>
    public static OperationExample Of(string path) => ByPath.GetValueOrDefault(path, Plain);
}
