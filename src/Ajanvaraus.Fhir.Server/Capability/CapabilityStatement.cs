using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Server.Audit;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Operations;

namespace Ajanvaraus.Fhir.Server.Capability;

/// <summary>Tells what this server does, from what is registered: http://hl7.org/fhir/R4/capabilitystatement.html.</summary>
public sealed class CapabilityStatement(
    FhirDefinitions definitions, SearchParameterRegistry parameters, OperationTable operations, bool needsToken = false)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A type of the Subscriptions Backport guide, which <c>rest.resource.type</c> is not bound to.</summary>
    /// <remarks>Source: http://hl7.org/fhir/R4/valueset-resource-types.html, required.</remarks>
    private const string NotInR4 = "SubscriptionStatus";

    private static readonly string[] TypeInteractions =
        ["read", "vread", "update", "patch", "delete", "history-instance", "history-type", "create", "search-type"];

    /// <summary>Of AuditEvents, which are this server's own.</summary>
    private static readonly string[] LogInteractions = ["read", "search-type"];

    /// <summary>Guides whose operations and profiles are served.</summary>
    private static readonly string[] Guides =
    [
        Canonicals.Base + "/ImplementationGuide/fi.ajanvaraus.social",
        "http://hl7.org/fhir/uv/bulkdata/ImplementationGuide/hl7.fhir.uv.bulkdata",
    ];

    private static readonly string[] Compartments = ["Device", "Encounter", "Patient", "Practitioner", "RelatedPerson"];

    private static readonly string[] SystemInteractions = ["transaction", "batch", "search-system", "history-system"];

    /// <summary>Writes the statement as JSON.</summary>
    /// <param name="date">When this statement was made: the start of the server.</param>
    public byte[] ToBytes(DateTimeOffset date)
    {
        var output = new ArrayBufferWriter<byte>(512 * 1024);
        using (var json = new Utf8JsonWriter(output, Plain))
        {
            json.WriteStartObject();
            WriteHead(json, date);
            WriteRest(json);
            json.WriteEndObject();
        }
        return output.WrittenSpan.ToArray();
    }

    private static void WriteHead(Utf8JsonWriter json, DateTimeOffset date)
    {
        var version = typeof(CapabilityStatement).Assembly.GetName().Version!.ToString(3);
        json.WriteString("resourceType", "CapabilityStatement");
        json.WriteString("url", Canonicals.Base + "/CapabilityStatement/server");
        json.WriteString("version", version);
        json.WriteString("name", "AjanvarausFhirServer");
        json.WriteString("title", "Ajanvaraus.Fhir");
        json.WriteString("status", "active");
        json.WriteString("date", date.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteString("kind", "instance");
        WriteTexts(json, "instantiates", [Canonicals.Base + "/CapabilityStatement/booking-server"]);
        json.WriteStartObject("software");
        json.WriteString("name", "Ajanvaraus.Fhir");
        json.WriteString("version", version);
        json.WriteEndObject();
        json.WriteStartObject("implementation");
        json.WriteString("description", "Scheduling server for social care");
        json.WriteEndObject();
        json.WriteString("fhirVersion", "4.0.1");
        WriteTexts(json, "format", ["application/fhir+json", "application/fhir+xml", "json", "xml"]);
        WriteTexts(json, "patchFormat", ContentNegotiation.PatchTypes.Split(", "));
        WriteTexts(json, "implementationGuide", Guides);
    }

    private void WriteRest(Utf8JsonWriter json)
    {
        json.WriteStartArray("rest");
        json.WriteStartObject();
        json.WriteString("mode", "server");
        if (needsToken)
            WriteSecurity(json);
        json.WriteStartArray("resource");
        foreach (var type in definitions.ResourceTypes)
            if (type != NotInR4)
                WriteResource(json, type);
        json.WriteEndArray();
        WriteCodes(json, "interaction", SystemInteractions);
        WriteParametersOfAll(json);
        WriteOperations(json, OperationLevels.System, null);
        WriteTexts(json, "compartment", Compartments.Where(c => definitions.Compartment(c) is not null)
            .Select(c => "http://hl7.org/fhir/CompartmentDefinition/" + c.ToLowerInvariant()));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>Source: http://hl7.org/fhir/R4/valueset-restful-security-service.html .</summary>
    private static void WriteSecurity(Utf8JsonWriter json)
    {
        json.WriteStartObject("security");
        json.WriteStartArray("service");
        json.WriteStartObject();
        json.WriteStartArray("coding");
        json.WriteStartObject();
        json.WriteString("system", "http://terminology.hl7.org/CodeSystem/restful-security-service");
        json.WriteString("code", "SMART-on-FHIR");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString(
            "description", "Bearer tokens of OpenID issuers, with SMART scopes: see [base]/.well-known/smart-configuration.");
        json.WriteEndObject();
    }

    private void WriteResource(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("profile", "http://hl7.org/fhir/StructureDefinition/" + type);
        WriteTexts(json, "supportedProfile", SocialProfiles.Of(type).Select(profile => profile.Url));
        if (type == AuditEvents.Type)
            WriteCodes(json, "interaction", LogInteractions);
        else
            WriteVersioning(json, type);
        WriteParameters(json, type);
        WriteOperations(json, OperationLevels.Type | OperationLevels.Instance, type);
        json.WriteEndObject();
    }

    private void WriteVersioning(Utf8JsonWriter json, string type)
    {
        WriteCodes(json, "interaction", TypeInteractions);
        json.WriteString("versioning", "versioned-update");
        json.WriteBoolean("readHistory", true);
        json.WriteBoolean("updateCreate", true);
        json.WriteBoolean("conditionalCreate", true);
        json.WriteString("conditionalRead", "full-support");
        json.WriteBoolean("conditionalUpdate", true);
        json.WriteString("conditionalDelete", "single");
        WriteTexts(json, "referencePolicy", ["literal", "logical", "local"]);
        WriteIncludes(json, type);
    }

    private void WriteIncludes(Utf8JsonWriter json, string type)
    {
        var includes = parameters.For(type)
            .Where(p => p.Type == SearchParameterType.Reference)
            .Select(p => $"{type}:{p.Code}");
        WriteTexts(json, "searchInclude", includes);
        var revIncludes = definitions.ResourceTypes
            .SelectMany(source => parameters.For(source))
            .Where(p => p.Type == SearchParameterType.Reference && p.Targets.Contains(type))
            .Select(p => $"{p.ResourceType}:{p.Code}");
        WriteTexts(json, "searchRevInclude", revIncludes);
    }

    private void WriteParameters(Utf8JsonWriter json, string type)
    {
        json.WriteStartArray("searchParam");
        foreach (var parameter in parameters.For(type))
            if (SearchParameterRegistry.IsSearchable(parameter))
                WriteParameter(json, parameter.Code, parameter.Definition.Url, parameter.Definition.Type);
        foreach (var alias in OwnSearchParameters.Aliases)
            if (alias.ResourceType == type)
                WriteParameter(json, alias.Code, alias.Url, alias.Type);
        json.WriteEndArray();
    }

    /// <summary>What every type is searched by, and what shapes the result of every search.</summary>
    /// <remarks>R4 defines no SearchParameter for most of them: such have no canonical here.</remarks>
    private void WriteParametersOfAll(Utf8JsonWriter json)
    {
        json.WriteStartArray("searchParam");
        foreach (var parameter in parameters.For("Basic"))
            if (parameter.Code[0] == '_' && SearchParameterRegistry.IsSearchable(parameter))
                WriteParameter(json, parameter.Code, parameter.Definition.Url, parameter.Definition.Type);
        foreach (var name in SearchQueryParser.CriteriaOfAll.Add("_type").AddRange(SearchQueryParser.ResultNames))
            WriteParameter(
                json, name, definitions.SearchParameters.FirstOrDefault(p => p.Code == name)?.Url,
                name is "_count" or "_offset" ? "number" : "special");
        json.WriteEndArray();
    }

    private static void WriteParameter(Utf8JsonWriter json, string code, string? definition, string type)
    {
        json.WriteStartObject();
        json.WriteString("name", code);
        if (definition is not null)
            json.WriteString("definition", definition);
        json.WriteString("type", type);
        json.WriteEndObject();
    }

    private void WriteOperations(Utf8JsonWriter json, OperationLevels levels, string? type)
    {
        var offered = operations.Items
            .Select(o => o.Registration)
            .Where(r => (r.Levels & levels) != OperationLevels.None)
            .Where(r => type is null || r.ResourceTypes.IsEmpty || r.ResourceTypes.Contains(type))
            .SelectMany(r => r.AlsoKnownAs.Insert(0, r.Definition).Select(canonical => (r.Name, canonical)))
            .ToList();
        if (offered.Count == 0)
            return;
        json.WriteStartArray("operation");
        foreach (var (name, canonical) in offered)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("definition", canonical);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteCodes(Utf8JsonWriter json, string name, string[] codes)
    {
        json.WriteStartArray(name);
        foreach (var code in codes)
        {
            json.WriteStartObject();
            json.WriteString("code", code);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // FHIR has no empty arrays: a list without items is left out.
    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        var isOpen = false;
        foreach (var text in texts)
        {
            if (!isOpen)
                json.WriteStartArray(name);
            isOpen = true;
            json.WriteStringValue(text);
        }
        if (isOpen)
            json.WriteEndArray();
    }
}
