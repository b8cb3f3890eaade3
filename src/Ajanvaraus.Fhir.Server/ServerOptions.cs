using System.Net;

using Ajanvaraus.Fhir.Persistence.Identities;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Jobs;
using Ajanvaraus.Fhir.Server.Messages;
using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Operations;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server;

/// <summary>How a server is started.</summary>
/// <param name="Urls">Addresses to listen on, apart by semicolons: <c>http://127.0.0.1:8080</c>.</param>
/// <param name="Database"><c>sqlite:PATH</c>, <c>postgres:CONNECTION</c> or <c>sqlserver:CONNECTION</c>.</param>
/// <param name="IsOpen">Serve without tokens: for trying out on the own machine only.</param>
public sealed record ServerOptions(string Urls, string Database, bool IsOpen)
{
    public const string DefaultUrls = "http://127.0.0.1:8080";
    public const string DefaultDatabase = "sqlite:ajanvaraus.db";

    public FhirLimits Limits { get; init; } = FhirLimits.Default;

    /// <summary>For how long a request with an Idempotency-Key is answered as it was the first time.</summary>
    public TimeSpan KeepKeys { get; init; } = RequestKeys.DefaultKept;

    /// <summary>Base address of the API at the first address; references to it are this server's own.</summary>
    public string BaseUrl => Urls.Split(';')[0].TrimEnd('/') + FhirEndpoint.BasePath;

    /// <summary>
    /// Further addresses by which clients know this server (a proxy, its other processes), apart by semicolons; a
    /// reference below one of them is a reference to this server.
    /// </summary>
    public string KnownAs { get; init; } = "";

    /// <summary>Addresses of the proxies before this server: from them alone it is believed whom they speak for (X-Forwarded-For).</summary>
    public ImmutableArray<string> Proxies { get; init; } = [];

    /// <summary>Requests at the same time; 0: any number.</summary>
    public int MaxRequests { get; init; } = UsualMaxRequests;

    /// <summary>Searches among them; 0: none.</summary>
    public int MaxSearches { get; init; } = UsualMaxSearches;

    public const int UsualMaxRequests = 1000;
    public const int UsualMaxSearches = 500;

    /// <summary>For how long the server goes on answering when it is told to stop.</summary>
    public TimeSpan Drain { get; init; }

    /// <summary>Addresses beside the machine's own to which <c>/metrics</c> is told.</summary>
    public ImmutableArray<IPAddress> MetricsReaders { get; init; } = [];

    /// <summary>Origins whose web pages may call this server, apart by semicolons; <c>*</c>: all; empty: none.</summary>
    public string CorsOrigins { get; init; } = "";

    /// <summary>An update or deletion of what exists must name its version by If-Match (428 without).</summary>
    public bool RequiresIfMatch { get; init; }

    /// <summary>How work in the background is done and kept.</summary>
    public JobOptions Jobs { get; init; } = new();

    public HoldLimits Holds { get; init; } = new();

    /// <summary>How many times to come a client may have in one service, when citizens book; 0: any number.</summary>
    public int MaxBookings { get; init; }

    /// <summary>What <c>serve</c> keeps to unless it is told otherwise.</summary>
    public const int UsualMaxBookings = 10;

    /// <summary>How strictly writes of each type are held to the social-care profiles.</summary>
    public ProfilePolicy Profiles { get; init; } = ProfilePolicy.Default;

    /// <summary>Whose tokens are taken; no issuer: none, and everybody may do everything.</summary>
    public TokenOptions Tokens { get; init; } = new();

    /// <summary>By what personal identity codes are hidden in the database; without keys none is taken in.</summary>
    public IdentityKeys Identities { get; init; } = IdentityKeys.None;

    /// <summary>Where messages to clients go.</summary>
    public MessageOptions Messages { get; init; } = MessageOptions.None;

    /// <summary>How much callers with tokens may ask in a minute.</summary>
    public RateOptions Rates { get; init; } = RateOptions.None;

    /// <summary>Of <see cref="CorsOrigins"/>, as browsers write them: without a slash at the end.</summary>
    public ImmutableArray<string> AllowedOrigins =>
    [
        .. CorsOrigins.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(origin => origin.TrimEnd('/')),
    ];

    /// <summary>All addresses of the API, without a slash at the end.</summary>
    public ImmutableArray<string> OwnBaseUrls =>
    [
        .. Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(url => url.TrimEnd('/') + FhirEndpoint.BasePath),
        .. KnownAs.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(url => url.TrimEnd('/')),
    ];

    /// <summary>Why a server must not start like this; null when it may.</summary>
    public string? Refusal()
    {
        if (Tokens.Refusal() is { } tokens)
            return tokens;
        if (Messages.Refusal() is { } messages)
            return messages;
        var hasIssuers = !Tokens.Issuers.IsEmpty;
        if (!IsOpen && !hasIssuers)
            return "Name who gives tokens by --issuer. "
                + "Or say --open to let every caller do everything, on loopback addresses only.";
        if (IsOpen && hasIssuers)
            return "--open lets every caller do everything, --issuer only those with a token: give one of them.";
        if (Limits.DefaultCount > Limits.MaxCount)
            return $"--default-count {Limits.DefaultCount} is greater than --max-count {Limits.MaxCount}.";
        if (Proxies.FirstOrDefault(proxy => !IPAddress.TryParse(proxy, out var ip) || IsEvery(ip)) is { } wrong)
            return $"--proxy takes the IP address of one proxy, not {wrong}.";
        foreach (var url in Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (IsOpen && !IsLoopback(url))
                return $"--open serves without tokens and takes loopback addresses only, not {url}.";
        return null;
    }

    private static bool IsEvery(IPAddress ip) => ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any);

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Host == "localhost"
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
}
