using System.Text;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Definitions;
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
    private const string SearchByPost = "search by POST";
    private const string HistoryByPost = "history by criteria";

    private static readonly IOpenApiParameter[] NoParameters = [];

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
        var body = example?.Resource ?? OpenApiExamples.AnyResource;
        var named = OpenApiExamples.WithId(body);
        var patch = OpenApiExamples.Patch(example?.Type ?? OpenApiExamples.AnyType);
        var search = OpenApiParameters.Search(example?.Search);
        var condition = OpenApiParameters.Search(("_id", OpenApiParameters.ExampleId));
        Add(document, type, HttpMethod.Get, tag, "search", search, null);
        Add(document, type, HttpMethod.Post, tag, "create", [OpenApiParameters.IfNoneExist], body);
        Add(document, type, HttpMethod.Put, tag, "conditional update", condition, named);
        Add(document, type, HttpMethod.Patch, tag, "conditional patch", condition, patch);
        Add(document, type, HttpMethod.Delete, tag, "conditional delete", condition, null);
        Add(document, $"{type}/_search", HttpMethod.Post, tag, SearchByPost, [], null);
        Add(document, $"{type}/{{id}}", HttpMethod.Get, tag, "read", OpenApiParameters.IfNew, null);
        Add(document, $"{type}/{{id}}", HttpMethod.Put, tag, "update", [OpenApiParameters.IfMatch], named);
        Add(document, $"{type}/{{id}}", HttpMethod.Patch, tag, "patch", [OpenApiParameters.IfMatch], patch);
        Add(document, $"{type}/{{id}}", HttpMethod.Delete, tag, "delete", [OpenApiParameters.IfMatch], null);
        var history = OpenApiParameters.History;
        Add(document, $"{type}/{{id}}/_history", HttpMethod.Get, tag, "history of one", history, null);
        Add(document, $"{type}/{{id}}/_history/{{vid}}", HttpMethod.Get, tag, "read a version", [], null);
        Add(document, $"{type}/_history", HttpMethod.Get, tag, "history of the type", history, null);
        Add(document, $"{type}/_history", HttpMethod.Post, tag, HistoryByPost, [], null);
        if (R4.Definitions.Compartment(type) is null)
            return;
        var ofMembers = OpenApiParameters.Search(null);
        Add(document, $"{type}/{{id}}/{{member}}", HttpMethod.Get, tag, "search in the compartment", ofMembers, null);
        Add(document, $"{type}/{{id}}/{{member}}/_search", HttpMethod.Post, tag, SearchByPost, [], null);
    }

    private static void AddSystem(OpenApiDocument document)
    {
        const string tag = "System";
        Add(document, "metadata", HttpMethod.Get, tag, "CapabilityStatement", OpenApiParameters.Mode, null);
        Add(document, "_history", HttpMethod.Get, tag, "history of everything", OpenApiParameters.History, null);
        Add(document, "_search", HttpMethod.Post, tag, SearchByPost, [], null);
        Add(document, "", HttpMethod.Post, tag, "batch or transaction", [], OpenApiExamples.Transaction);
        Add(document, "", HttpMethod.Get, tag, "search over types", OpenApiParameters.Search(("_type", "Slot,Schedule")), null);
        Add(document, "_async/{job}", HttpMethod.Get, tag, "how far work is", [], null);
        Add(document, "_async/{job}", HttpMethod.Delete, tag, "cancel work", [], null);
        Add(document, "_async/{job}/{file}", HttpMethod.Get, tag, "a file of finished work", [], null);
    }

    private static void AddOperation(OpenApiDocument document, OperationRegistration operation)
    {
        foreach (var path in OperationPaths(operation))
        {
            var tag = path.Contains('/') ? path[..path.IndexOf('/')] : "System";
            var example = OperationExamples.Of(path);
            if (!operation.AffectsState && example.IsQuery)
                Add(document, path, HttpMethod.Get, tag, "$" + operation.Name, OpenApiParameters.Of(example.Query), null, example.Needs);
            Add(document, path, HttpMethod.Post, tag, "$" + operation.Name, [], example.Body, example.Needs);
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
            if (operation.Levels.HasFlag(OperationLevels.Version))
                yield return $"{type}/{{id}}/_history/{{vid}}/${operation.Name}";
        }
    }

    private static OpenApiPathItem Item(OpenApiDocument document, string path)
    {
        var url = path.Length == 0 ? FhirEndpoint.BasePath : $"{FhirEndpoint.BasePath}/{path}";
        if (document.Paths.TryGetValue(url, out var known))
            return (OpenApiPathItem)known;
        var item = new OpenApiPathItem { Parameters = [.. OpenApiParameters.OfPath(path)] };
        document.Paths.Add(url, item);
        return item;
    }

    private static void Add(
        OpenApiDocument document, string path, HttpMethod method, string tag, string summary,
        List<IOpenApiParameter> parameters, string? body, string? needs = null)
    {
        var hasBody = method == HttpMethod.Post || method == HttpMethod.Put || method == HttpMethod.Patch;
        var isWrite = method != HttpMethod.Get && summary is not (SearchByPost or HistoryByPost);
        Item(document, path).AddOperation(method, new OpenApiOperation
        {
            OperationId = OperationId(method, path),
            Summary = summary,
            Description = needs is null ? null : $"The example needs: {needs}.",
            Tags = new HashSet<OpenApiTagReference> { new(tag, document) },
            Parameters = [.. parameters, OpenApiParameters.Prefer, .. isWrite ? [OpenApiParameters.IdempotencyKey] : NoParameters],
            RequestBody = hasBody ? Body(summary, body) : null,
            Responses = new OpenApiResponses
            {
                ["2XX"] = Response("The resource, Bundle or Parameters"),
                ["4XX"] = Response("OperationOutcome"),
            },
        });
        if (document.Tags?.Any(t => t.Name == tag) != true)
            (document.Tags ??= new HashSet<OpenApiTag>()).Add(new OpenApiTag { Name = tag });
    }

    /// <summary>Names methods of generated clients: <c>postAppointmentByIdBook</c>; no two are the same.</summary>
    private static string OperationId(HttpMethod method, string path)
    {
        var words = path.Split(['/', '$', '-', '_'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word[0] == '{' ? "By" + Capital(word[1..^1]) : Capital(word));
        var history = path.EndsWith("_history", StringComparison.Ordinal) ? "All" : "";
        return method.Method.ToLowerInvariant() + string.Concat(words) + history + (path.Length == 0 ? "Base" : "");
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static OpenApiRequestBody Body(string summary, string? example) => new()
    {
        Required = true,
        Content = summary is SearchByPost or HistoryByPost
            ? new Dictionary<string, IOpenApiMediaType> { ["application/x-www-form-urlencoded"] = MediaType(null) }
            : Resource(summary, example),
    };

    private static Dictionary<string, IOpenApiMediaType> Resource(string summary, string? example)
    {
        var types = new Dictionary<string, IOpenApiMediaType> { [Json] = MediaType(example), [Xml] = XmlType(example) };
        if (summary.EndsWith("patch", StringComparison.Ordinal))
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
}
