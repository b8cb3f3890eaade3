using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Security.Policy;

using Microsoft.Extensions.Primitives;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Finds out who calls: the token of the Authorization header, checked.</summary>
/// <remarks>Errors: no token, or one that is not accepted (401); a citizen who is not surely identified, a professional
/// without unit or work task (403); an issuer that is away (503).</remarks>
public sealed partial class Authentication : IDisposable
{
    private const string Scheme = "Bearer ";

    /// <summary>Characters of a token.</summary>
    private const int Longest = 16 * 1024;

    private const int MostBytesOfIssuer = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TokenOptions _options;
    private readonly Func<AccessRules> _rules;
    private readonly ILogger _log;
    private readonly HttpClient _http;
    private readonly ImmutableArray<IssuerKeys> _issuers;
    private readonly SignedTokens _signed;
    private readonly OpaqueTokens _opaque;
    private readonly KnownTokens _known;
    private readonly IdentityReader _reader;

    /// <param name="ownBaseUrls">Addresses of this server: what tokens are for, unless the options name it.</param>
    /// <param name="rules">How scopes are read, and the policy.</param>
    public Authentication(
        TokenOptions options, ImmutableArray<string> ownBaseUrls, Func<AccessRules> rules, TimeProvider clock, ILogger log)
    {
        (_options, _rules, _log) = (options, rules, log);
        _http = new HttpClient(OutboundConnections.Handler(options.Issuers.Select(HostOf)))
        {
            Timeout = Patience,
            MaxResponseContentBufferSize = MostBytesOfIssuer,
        };
        _issuers = [.. options.Issuers.Select(issuer => new IssuerKeys(issuer, _http, clock, log))];
        var audiences = options.Audiences.IsEmpty ? ownBaseUrls : options.Audiences;
        _signed = new SignedTokens(_issuers, audiences, clock);
        _opaque = new OpaqueTokens(_issuers, audiences, _http, clock);
        _known = new KnownTokens(clock);
        _reader = new IdentityReader([.. audiences.Union(ownBaseUrls)]);
    }

    /// <summary>False on a server without issuers, where every caller is <see cref="Identity.Open"/>.</summary>
    public bool IsOn => !_issuers.IsEmpty;

    /// <summary>What the first issuer publishes of itself; null: it is away, or there is none.</summary>
    public async Task<(string Name, IssuerDocument Document)?> FirstIssuerAsync(CancellationToken cancel) =>
        !_issuers.IsEmpty && await _issuers[0].DocumentAsync(cancel) is { } document
            ? (_issuers[0].Issuer.Name, document)
            : null;

    /// <param name="authorization">The header, as often as it was sent.</param>
    public async ValueTask<Outcome<Identity>> IdentifyAsync(StringValues authorization, CancellationToken cancel)
    {
        if (!IsOn)
            return Identity.Open;
        if (authorization.Count == 0)
            return TokenProblems.Missing;
        var header = authorization.Count == 1 ? authorization[0] ?? "" : "";
        if (_known.Find(header, TokenOf) is { } known)
            return known;
        if (TokenOf(header) is not { } token)
            return Refuse(TokenFault.Malformed);
        var isSigned = SignedTokens.IsJwt(token);
        var check = await (isSigned ? _signed.CheckAsync(token, cancel) : _opaque.CheckAsync(token, cancel));
        if (check.Fault != TokenFault.None)
            return Refuse(check.Fault);
        if (_reader.Read(check, _rules()) is not { } identity)
            return Refuse(TokenFault.Claims);
        if (Insufficient(identity) is { } problem)
            return problem;
        _known.Add(token, identity, isSigned ? KnownTokens.Signed : KnownTokens.Opaque);
        return identity;
    }

    public void Dispose()
    {
        foreach (var issuer in _issuers)
            issuer.Dispose();
        _http.Dispose();
    }

    private static string HostOf(IssuerOptions issuer) =>
        Uri.TryCreate(issuer.Name, UriKind.Absolute, out var address) ? address.Host : "";

    /// <summary>Citizens are surely identified; professionals say for which unit and task they look.</summary>
    private Problem? Insufficient(Identity identity) => identity.Kind switch
    {
        CallerKind.Citizen when identity.Assurance is null || !_options.Assurance.Contains(identity.Assurance) =>
            TokenProblems.NotSure,
        CallerKind.Staff when identity.Units.IsEmpty || identity.WorkTask is null => TokenProblems.NoTask,
        _ => null,
    };

    private Problem Refuse(TokenFault fault)
    {
        LogRefused(_log, fault);
        return fault == TokenFault.IssuerAway ? TokenProblems.IssuerAway : TokenProblems.NotAccepted;
    }

    /// <summary>Null for another scheme, and what is no token of RFC 6750.</summary>
    private static string? TokenOf(string header)
    {
        if (header.Length > Longest || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var token = header[Scheme.Length..].Trim(' ');
        foreach (var c in token)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_' or '~' or '+' or '/' or '='))
                return null;
        return token.Length > 0 ? token : null;
    }

    [LoggerMessage(32, LogLevel.Information, "A token was refused: {Fault}")]
    private static partial void LogRefused(ILogger log, TokenFault fault);
}
