namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>An OpenID issuer whose tokens are taken.</summary>
/// <param name="Name">As its tokens name it in <c>iss</c>, to the letter; its discovery lies below.</param>
public sealed record IssuerOptions(string Name)
{
    /// <summary>This server as a client of the issuer's introspection; null: opaque tokens are not taken.</summary>
    public string? IntrospectionClient { get; init; }

    /// <summary>The client's secret; from the operator's file, never from the command line.</summary>
    public string IntrospectionSecret { get; init; } = "";
}

/// <summary>Whose tokens are taken, and what they must tell.</summary>
public sealed record TokenOptions
{
    /// <summary>Names of sure identification: eIDAS, the Finnish trust network, and short words.</summary>
    /// <remarks>Source: Commission Implementing Regulation (EU) 2015/1502; the OpenID Connect profile of the Finnish Trust Network.</remarks>
    public static readonly ImmutableArray<string> SureIdentification =
    [
        "substantial", "high", "http://eidas.europa.eu/LoA/substantial", "http://eidas.europa.eu/LoA/high",
        "http://ftn.ficora.fi/2017/loa2", "http://ftn.ficora.fi/2017/loa3",
    ];

    /// <summary>What of the options cannot be understood; null: nothing.</summary>
    public string? Fault { get; init; }

    /// <summary>Empty: this server has no tokens.</summary>
    public ImmutableArray<IssuerOptions> Issuers { get; init; } = [];

    /// <summary>What <c>aud</c> must name one of; empty: the addresses of this server.</summary>
    public ImmutableArray<string> Audiences { get; init; } = [];

    /// <summary>Values of <c>acr</c> with which a citizen is let in.</summary>
    public ImmutableArray<string> Assurance { get; init; } = SureIdentification;

    /// <summary>The access policy as CSV; null: the one that comes with the server.</summary>
    public string? Policy { get; init; }

    /// <summary>Who is asked whether mandates are in force; null: what is stored here says it alone.</summary>
    public Representation.MandateOptions? Mandates { get; init; }

    /// <summary>Why it cannot be used; null when it can.</summary>
    public string? Refusal()
    {
        if (Fault is not null)
            return Fault;
        foreach (var issuer in Issuers)
        {
            if (!IsSafe(issuer.Name))
                return $"--issuer takes https addresses without query, and http on loopback only, not {issuer.Name}.";
            if (issuer.IntrospectionClient is not null && issuer.IntrospectionSecret.Length == 0)
                return $"--introspection-secrets has no line for the client {issuer.IntrospectionClient}.";
        }
        if (Mandates is { } mandates && !IsSafe(mandates.Url))
            return $"--mandates takes an https address without query, and http on loopback only, not {mandates.Url}.";
        if (Mandates is { Secret.Length: 0 })
            return "--mandates-secret names no file with the secret of the service of --mandates.";
        return Issuers.DistinctBy(i => i.Name).Count() == Issuers.Length ? null : "An --issuer is named twice.";
    }

    /// <summary>Whether keys and answers may be fetched from there: over TLS, or without on the own machine.</summary>
    public static bool IsSafe(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
        && address.Fragment.Length == 0 && address.Query.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
