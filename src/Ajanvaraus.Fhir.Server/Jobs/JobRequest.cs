using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Jobs;

/// <summary>What was asked, kept so that another process can do it.</summary>
/// <param name="Url">Absolute, as it was asked.</param>
/// <param name="BaseUrl">For the links of the result.</param>
/// <param name="Language">Of messages.</param>
/// <param name="Asked">What the kind of work needs to know.</param>
public sealed record JobRequest(string Url, string BaseUrl, string Language, JsonObject Asked)
{
    public static JobRequest Of(FhirRequest request, JsonObject asked) =>
        new(UrlOf(request), request.BaseUrl, request.Caller.Language, asked);

    public byte[] ToBytes() => System.Text.Encoding.UTF8.GetBytes(new JsonObject
    {
        ["url"] = Url, ["base"] = BaseUrl, ["language"] = Language, ["asked"] = Asked.DeepClone(),
    }.ToJsonString());

    /// <param name="bytes">Made by <see cref="ToBytes"/>.</param>
    public static JobRequest Read(ReadOnlyMemory<byte> bytes)
    {
        var json = JsonNode.Parse(bytes.Span)!.AsObject();
        return new JobRequest(
            (string)json["url"]!, (string)json["base"]!, (string)json["language"]!, json["asked"]!.AsObject());
    }

    private static string UrlOf(FhirRequest request)
    {
        var query = string.Join('&', request.Parameters.Select(
            p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
        return $"{request.BaseUrl}/{PageLinks.PathOf(request)}" + (query.Length > 0 ? "?" + query : "");
    }

    /// <summary>Strings of a JSON array.</summary>
    public ImmutableArray<string> Texts(string name) =>
        Asked[name] is JsonArray array ? [.. array.Select(item => (string)item!)] : [];

    public static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
