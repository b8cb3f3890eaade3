namespace Ajanvaraus.Fhir.Architecture.Tests.Conformance;

/// <summary>A section of a page of the specification.</summary>
/// <param name="Number">As printed in R4 (4.0.1).</param>
/// <param name="Anchor">Its address on the page.</param>
internal sealed record RuleSection(string Number, string Anchor, string Title);

/// <summary>A page whose rules are tabled.</summary>
/// <param name="Name">Without <c>.html</c>.</param>
/// <param name="Sections">In the order of the page; each has at least one row.</param>
internal sealed record RulePage(string Name, string Title, RuleSection[] Sections);

internal static class ConformancePages
{
    public static readonly RulePage[] All =
    [
        new("http", "RESTful API", []),
        new("search", "Search",
        [
            new("3.1.1.3", "errors", "Handling errors"),
            new("3.1.1.4.4", "modifiers", "Modifiers"),
            new("3.1.1.4.5", "prefix", "Prefixes"),
            new("3.1.1.4.6", "number", "number"),
        ]),
    ];
}
