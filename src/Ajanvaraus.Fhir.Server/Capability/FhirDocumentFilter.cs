using System.Text;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Operations;

using Microsoft.OpenApi;

using Swashbuckle.AspNetCore.SwaggerGen;

namespace Ajanvaraus.Fhir.Server.Capability;

/// <summary>Describes the FHIR API to OpenAPI readers, from what is registered.</summary>
/// <remarks>
/// The types that scheduling works with have paths of their own with examples that run as they stand; every other type
/// is <c>{type}</c>. The whole truth is the CapabilityStatement.
/// </remarks>
public sealed class FhirDocumentFilter(OperationTable operations) : IDocumentFilter
{
    private const string Json = "application/fhir+json";
    private const string Xml = "application/fhir+xml";
    private const string PatchSummary = "patch";

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Paths = [];
        swaggerDoc.Info = new OpenApiInfo
        {
            Title = "Ajanvaraus.Fhir",
            Version = typeof(FhirDocumentFilter).Assembly.GetName().Version!.ToString(3),
            Description = "HL7 FHIR R4 scheduling for social care. Everything offered stands in [base]/metadata.",
        };
        foreach (var example in OpenApiExamples.All)
            AddType(swaggerDoc, example.Type, example);
        AddType(swaggerDoc, "{type}", null);
        AddSystem(swaggerDoc);
        foreach (var operation in operations.Items)
            AddOperation(swaggerDoc, operation.Registration);
    }

    private static void AddType(OpenApiDocument document, string type, OpenApiExample? example)
    {
        var tag = type == "{type}" ? "Any resource type" : type;
        var typePath = Item(document, type);
        Add(document, typePath, HttpMethod.Get, tag, "search", Query(example?.Search), null);
        Add(document, typePath, HttpMethod.Post, tag, "create", [], example?.Resource);
        var search = Item(document, $"{type}/_search");
        Add(document, search, HttpMethod.Post, tag, "search by POST", [], null);
        var instance = Item(document, $"{type}/{{id}}");
        Add(document, instance, HttpMethod.Get, tag, "read", [], null);
        Add(document, instance, HttpMethod.Put, tag, "update", [], example?.Resource);
        Add(document, instance, HttpMethod.Patch, tag, PatchSummary, [], example is null ? null : OpenApiExamples.Patch(type));
        Add(document, instance, HttpMethod.Delete, tag, "delete", [], null);
        Add(document, Item(document, $"{type}/{{id}}/_history"), HttpMethod.Get, tag, "history of one", [], null);
        Add(document, Item(document, $"{type}/{{id}}/_history/{{vid}}"), HttpMethod.Get, tag, "read a version", [], null);
        Add(document, Item(document, $"{type}/_history"), HttpMethod.Get, tag, "history of the type", [], null);
    }

    private static void AddSystem(OpenApiDocument document)
    {
        const string tag = "System";
        Add(document, Item(document, "metadata"), HttpMethod.Get, tag, "CapabilityStatement", [], null);
        Add(document, Item(document, "_history"), HttpMethod.Get, tag, "history of everything", [], null);
        Add(document, Item(document, ""), HttpMethod.Post, tag, "batch or transaction", [], OpenApiExamples.Transaction);
        Add(document, Item(document, ""), HttpMethod.Get, tag, "search over types", Query(("_type", "Slot,Schedule")), null);
    }

    private static void AddOperation(OpenApiDocument document, OperationRegistration operation)
    {
        foreach (var path in OperationPaths(operation))
        {
            var item = Item(document, path);
            var tag = path.Contains('/') ? path[..path.IndexOf('/')] : "System";
            if (!operation.AffectsState)
                Add(document, item, HttpMethod.Get, tag, "$" + operation.Name, [], null);
            Add(document, item, HttpMethod.Post, tag, "$" + operation.Name, [], OpenApiExamples.Parameters);
        }
    }

    private static IEnumerable<string> OperationPaths(OperationRegistration operation)
    {
        if (operation.Levels.HasFlag(OperationLevels.System))
            yield return $"${operation.Name}";
        foreach (var type in operation.ResourceTypes.IsEmpty ? ["{type}"] : operation.ResourceTypes)
        {
            if (operation.Levels.HasFlag(OperationLevels.Type))
                yield return $"{type}/${operation.Name}";
            if (operation.Levels.HasFlag(OperationLevels.Instance))
                yield return $"{type}/{{id}}/${operation.Name}";
        }
    }

    private static OpenApiPathItem Item(OpenApiDocument document, string path)
    {
        var url = path.Length == 0 ? FhirEndpoint.BasePath : $"{FhirEndpoint.BasePath}/{path}";
        if (document.Paths.TryGetValue(url, out var known))
            return (OpenApiPathItem)known;
        var item = new OpenApiPathItem { Parameters = [.. PathParameters(path)] };
        document.Paths.Add(url, item);
        return item;
    }

    private static IEnumerable<IOpenApiParameter> PathParameters(string path)
    {
        foreach (var name in (string[])["type", "id", "vid"])
            if (path.Contains($"{{{name}}}"))
                yield return new OpenApiParameter
                {
                    Name = name, In = ParameterLocation.Path, Required = true, Schema = Text(),
                };
    }

    private static List<IOpenApiParameter> Query((string Name, string Value)? example) => example is not { } given
        ? []
        : [
            new OpenApiParameter
            {
                Name = given.Name, In = ParameterLocation.Query, Schema = Text(), Example = JsonValue.Create(given.Value),
            },
        ];

    private static void Add(
        OpenApiDocument document, OpenApiPathItem item, HttpMethod method, string tag, string summary,
        List<IOpenApiParameter> query, string? body)
    {
        item.AddOperation(method, new OpenApiOperation
        {
            Summary = summary,
            Tags = new HashSet<OpenApiTagReference> { new(tag, document) },
            Parameters = query,
            RequestBody = method == HttpMethod.Post || method == HttpMethod.Put || method == HttpMethod.Patch
                ? Body(summary, body)
                : null,
            Responses = new OpenApiResponses
            {
                ["2XX"] = Response("The resource, Bundle or Parameters"),
                ["4XX"] = Response("OperationOutcome"),
            },
        });
        if (document.Tags?.Any(t => t.Name == tag) != true)
            (document.Tags ??= new HashSet<OpenApiTag>()).Add(new OpenApiTag { Name = tag });
    }

    private static OpenApiRequestBody Body(string summary, string? example) => new()
    {
        Required = true,
        Content = summary == "search by POST"
            ? new Dictionary<string, IOpenApiMediaType> { ["application/x-www-form-urlencoded"] = MediaType(null) }
            : Resource(summary, example),
    };

    private static Dictionary<string, IOpenApiMediaType> Resource(string summary, string? example)
    {
        var types = new Dictionary<string, IOpenApiMediaType> { [Json] = MediaType(example), [Xml] = XmlType(example) };
        if (summary == PatchSummary)
            types[ContentNegotiation.JsonPatchType] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.Array },
                Example = JsonNode.Parse(OpenApiExamples.JsonPatch),
            };
        return types;
    }

    private static OpenApiMediaType MediaType(string? example) => new()
    {
        Schema = new OpenApiSchema { Type = JsonSchemaType.Object },
        Example = example is null ? null : JsonNode.Parse(example),
    };

    /// <summary>The same example in XML: the reader of the description sends it as it stands.</summary>
    private static OpenApiMediaType XmlType(string? example)
    {
        if (example is null)
            return MediaType(null);
        using var xml = XmlBody.Of(Encoding.UTF8.GetBytes(example), isPretty: true);
        return new OpenApiMediaType
        {
            Schema = new OpenApiSchema { Type = JsonSchemaType.Object },
            Example = JsonValue.Create(Encoding.UTF8.GetString(xml.WrittenSpan)),
        };
    }

    private static OpenApiResponse Response(string description) => new()
    {
        Description = description,
        Content = new Dictionary<string, IOpenApiMediaType>
        {
            [Json] = MediaType(null),
            [Xml] = MediaType(null),
        },
    };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
