namespace Ajanvaraus.Fhir.Testing;

/// <summary>The test shows that the server keeps a rule of the specification: a row of <c>docs/conformance.md</c>.</summary>
/// <remarks>
/// Written on one test method or several, each as many times as it shows rules; tests with the same text share the row.
/// <c>ConformanceTableTests</c> reads the attributes from the source and, with <c>AJANVARAUS_REWRITE_GOLDEN=1</c>, writes
/// the document.
/// </remarks>
/// <param name="page">Page of R4, without <c>.html</c>: <c>search</c> or <c>http</c>.</param>
/// <param name="section">Anchor on that page, as listed in <c>ConformancePages</c>.</param>
/// <param name="text">The rule in our own words, one sentence.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class RuleAttribute(string page, string section, string text) : Attribute
{
    public string Page { get; } = page;

    public string Section { get; } = section;

    public string Text { get; } = text;
}
