namespace Ajanvaraus.Fhir.Architecture.Tests.Conformance;

/// <summary>A section of a page of the specification.</summary>
/// <param name="Number">As printed in R4 (4.0.1); of a part that has an anchor of its own, that of its section.</param>
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
        new("http", "RESTful API",
        [
            new("3.1.0.1", "versioning", "Resource metadata and versioning"),
            new("3.1.0.1", "security", "Security"),
            new("3.1.0.1", "Status-Codes", "HTTP status codes"),
            new("3.1.0.1", "custom", "Custom headers"),
            new("3.1.0.1", "ops", "Managing return content"),
            new("3.1.0.1", "mime-type", "Content types and encodings"),
            new("3.1.0.1", "parameters", "General parameters"),
            new("3.1.0.1", "paging", "Paging"),
            new("3.1.0.2", "read", "read"),
            new("3.1.0.2", "cread", "Conditional read"),
            new("3.1.0.3", "vread", "vread"),
            new("3.1.0.4", "update", "update"),
            new("3.1.0.4", "upsert", "Update as create"),
            new("3.1.0.4", "cond-update", "Conditional update"),
            new("3.1.0.5", "concurrency", "Managing resource contention"),
            new("3.1.0.6", "patch", "patch"),
            new("3.1.0.7", "delete", "delete"),
            new("3.1.0.7.1", "3.1.0.7.1", "Conditional delete"),
            new("3.1.0.8", "create", "create"),
            new("3.1.0.8", "ccreate", "Conditional create"),
            new("3.1.0.9", "search", "search"),
            new("3.1.0.9", "vsearch", "Variant searches"),
            new("3.1.0.10", "capabilities", "capabilities"),
            new("3.1.0.11", "transaction", "batch and transaction"),
            new("3.1.0.11", "brules", "Batch processing rules"),
            new("3.1.0.11", "trules", "Transaction processing rules"),
            new("3.1.0.12", "history", "history"),
            new("3.1.0.13", "transactional-integrity", "Transactional integrity"),
        ]),
        new("search", "Search",
        [
            new("3.1.1.2", "Introduction", "Introduction"),
            new("3.1.1.3", "errors", "Handling errors"),
            new("3.1.1.4.1", "all", "Parameters for all resources"),
            new("3.1.1.4.2", "parameters", "Parameters for each resource"),
            new("3.1.1.4.3", "ptypes", "Search parameter types"),
            new("3.1.1.4.4", "modifiers", "Modifiers"),
            new("3.1.1.4.5", "prefix", "Prefixes"),
            new("3.1.1.4.6", "number", "number"),
            new("3.1.1.4.7", "date", "date"),
            new("3.1.1.4.8", "string", "string"),
            new("3.1.1.4.9", "uri", "uri"),
            new("3.1.1.4.10", "token", "token"),
            new("3.1.1.4.10.1", "mimetype", "Searching mime types"),
            new("3.1.1.4.11", "quantity", "quantity"),
            new("3.1.1.4.12", "reference", "reference"),
            new("3.1.1.4.13", "versions", "References and versions"),
            new("3.1.1.4.14", "recursive", "Searching hierarchies"),
            new("3.1.1.4.15", "chaining", "Chained parameters"),
            new("3.1.1.4.16", "has", "Reverse chaining"),
            new("3.1.1.4.17", "combining", "Composite search parameters, AND and OR"),
            new("3.1.1.4.18", "missing", "Handling missing data"),
            new("3.1.1.4.19", "escaping", "Escaping search parameters"),
            new("3.1.1.4.20", "text", "Text search parameters"),
            new("3.1.1.4.21", "special", "Special parameters"),
            new("3.1.1.4.22", "list", "Searching by list"),
            new("3.1.1.4.23", "filter", "Advanced filtering"),
            new("3.1.1.4.24", "type", "Specifying the type of resource"),
            new("3.1.1.5.1", "sort", "Sorting"),
            new("3.1.1.5.2", "total", "Total number of matching resources"),
            new("3.1.1.5.3", "count", "Page count"),
            new("3.1.1.5.4", "include", "Including other resources"),
            new("3.1.1.5.5", "contained", "Contained resources"),
            new("3.1.1.5.6", "external", "External references"),
            new("3.1.1.5.7", "Paging", "Paging"),
            new("3.1.1.5.8", "summary", "Summary"),
            new("3.1.1.5.9", "elements", "Elements"),
            new("3.1.1.5.10", "score", "Relevance"),
            new("3.1.1.6", "conformance", "Server conformance"),
            new("3.1.1.7", "query", "Named queries"),
            new("3.1.1.8", "currency", "Search result currency"),
        ]),
    ];
}
