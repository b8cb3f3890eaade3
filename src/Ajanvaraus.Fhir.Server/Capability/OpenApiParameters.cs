using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Middleware;

using Microsoft.OpenApi;

namespace Ajanvaraus.Fhir.Server.Capability;

/// <summary>Parameters of paths, queries and headers, with values that work.</summary>
internal static class OpenApiParameters
{
    /// <summary>Of the resources that the examples write.</summary>
    public const string ExampleId = "esimerkki";

    /// <summary>What paths hold, each with a value.</summary>
    private static readonly ImmutableArray<(string Name, string? Example)> Held =
        [("type", OpenApiExamples.AnyType), ("id", ExampleId), ("vid", "1"), ("member", "*"), ("job", null), ("file", null)];

    public static IOpenApiParameter Prefer => Header(
        "Prefer", "return=minimal|representation|OperationOutcome, handling=strict|lenient, respond-async");

    public static IOpenApiParameter IdempotencyKey => Header(
        IdempotencyHeader.Name, "The same request with the same key is done once");

    public static IOpenApiParameter IfMatch => Header("If-Match", "The ETag of the version that is changed: W/\"3\"");

    public static IOpenApiParameter IfNoneExist => Header("If-None-Exist", "Criteria: nothing is made when a resource meets them");

    public static List<IOpenApiParameter> IfNew =>
    [
        Header("If-None-Match", "An ETag: 304 when it is still the current one"),
        Header("If-Modified-Since", "A date: 304 when nothing was changed since"),
    ];

    public static List<IOpenApiParameter> History =>
    [
        Query("_since", null), Query("_at", null), Query("_count", null), Query("_sort", null),
    ];

    public static List<IOpenApiParameter> Mode => [Query("mode", null)];

    /// <summary>A search: the example, and any other criteria as a map of names and values.</summary>
    public static List<IOpenApiParameter> Search((string Name, string Value)? example)
    {
        var criteria = new OpenApiParameter
        {
            Name = "criteria",
            In = ParameterLocation.Query,
            Description = "Search parameters with their modifiers, and _count, _sort, _include and the like",
            Style = ParameterStyle.Form,
            Explode = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Text() },
        };
        return example is var (name, value) ? [Query(name, value), criteria] : [criteria];
    }

    public static List<IOpenApiParameter> Of(IEnumerable<(string Name, string Value)> query) =>
        [.. query.Select(q => Query(q.Name, q.Value))];

    /// <summary>Those that stand in the path.</summary>
    public static IEnumerable<IOpenApiParameter> OfPath(string path)
    {
        foreach (var (name, example) in Held)
            if (path.Contains($"{{{name}}}", StringComparison.Ordinal))
                yield return new OpenApiParameter
                {
                    Name = name, In = ParameterLocation.Path, Required = true, Schema = Text(),
                    Example = example is null ? null : JsonValue.Create(example),
                };
    }

    private static OpenApiParameter Query(string name, string? example) => new()
    {
        Name = name, In = ParameterLocation.Query, Schema = Text(), Example = example is null ? null : JsonValue.Create(example),
    };

    private static OpenApiParameter Header(string name, string description) => new()
    {
        Name = name, In = ParameterLocation.Header, Description = description, Schema = Text(),
    };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
