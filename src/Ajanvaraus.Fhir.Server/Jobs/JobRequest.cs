using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;

namespace Ajanvaraus.Fhir.Server.Jobs;

/// <summary>What was asked, kept so that another process can do it.</summary>
/// <param name="Url">Absolute, as it was asked.</param>
/// <param name="BaseUrl">For the links of the result.</param>
/// <param name="Language">Of messages.</param>
/// <param name="Asked">What the kind of work needs to know.</param>
public sealed record JobRequest(string Url, string BaseUrl, string Language, JsonObject Asked)
{
    /// <summary>Who asked, as <see cref="IdentityJson"/> writes it; null for work that was begun without.</summary>
    public JsonObject? Identity { get; init; }

    public static JobRequest Of(FhirRequest request, JsonObject asked) =>
        new(UrlOf(request), request.BaseUrl, request.Caller.Language, asked)
        {
            Identity = IdentityJson.Write(request.Caller.Identity),
        };

    /// <summary>Who asked: what goes on in the background may do what its caller might.</summary>
    public Caller Caller(AccessRules rules) => new(IdentityJson.Read(Identity, rules), Language);

    public byte[] ToBytes() => System.Text.Encoding.UTF8.GetBytes(new JsonObject
    {
        ["url"] = Url, ["base"] = BaseUrl, ["language"] = Language, ["asked"] = Asked.DeepClone(),
        ["identity"] = Identity?.DeepClone(),
    }.ToJsonString());

    /// <param name="bytes">Made by <see cref="ToBytes"/>.</param>
    public static JobRequest Read(ReadOnlyMemory<byte> bytes)
    {
        var json = JsonNode.Parse(bytes.Span)!.AsObject();
        return new JobRequest(
            (string)json["url"]!, (string)json["base"]!, (string)json["language"]!, json["asked"]!.AsObject())
        {
            Identity = json["identity"] as JsonObject,
        };
    }

    private static string UrlOf(FhirRequest request)
    {
        var shown = request.Parameters.Where(p => !HenkilotunnusText.LooksLikeIn(p.Value) && !HenkilotunnusText.LooksLikeIn(p.Key));
        var query = string.Join('&', shown.Select(
            p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
        return $"{request.BaseUrl}/{PageLinks.PathOf(request)}" + (query.Length > 0 ? "?" + query : "");
    }

    /// <summary>Strings of a JSON array.</summary>
    public ImmutableArray<string> Texts(string name) =>
        Asked[name] is JsonArray array ? [.. array.Select(item => (string)item!)] : [];

    public static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
