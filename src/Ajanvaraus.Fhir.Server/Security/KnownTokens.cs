using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Tokens that were checked, so that a request pays for no signature twice.</summary>
/// <remarks>Kept by digest, not past their end and for a short while only: what an issuer takes back ends with it.</remarks>
internal sealed class KnownTokens(TimeProvider clock)
{
    /// <summary>As long as keys are fresh: a key that its issuer has dropped lets nobody in longer.</summary>
    public static readonly TimeSpan Signed = IssuerKeys.Fresh;

    /// <summary>So soon does a token that its issuer has revoked stop working.</summary>
    public static readonly TimeSpan Opaque = TimeSpan.FromSeconds(30);

    private const int Most = 10_000;

    private const int Headers = 256;

    private readonly ConcurrentDictionary<Digest, Known> _known = new();

    /// <summary>Headers that came last, by their place in memory: a connection that sends one again gives the same string.</summary>
    private readonly Recent?[] _recent = new Recent[Headers];

    /// <param name="header">In which the token came.</param>
    /// <param name="tokenOf">Takes it out of the header; null when there is none.</param>
    /// <returns>Null: not known.</returns>
    public Identity? Find(string header, Func<string, string?> tokenOf)
    {
        ref var recent = ref _recent[RuntimeHelpers.GetHashCode(header) % Headers];
        if (recent is { } last && last.Header.TryGetTarget(out var seen) && ReferenceEquals(seen, header) && clock.GetUtcNow() < last.Known.Until)
            return last.Known.Identity;
        if (tokenOf(header) is not { } token || Find(token) is not { } known)
            return null;
        recent = new Recent(new WeakReference<string>(header), known);
        return known.Identity;
    }

    private Known? Find(string token)
    {
        var digest = Digest.Of(token);
        if (!_known.TryGetValue(digest, out var known) || clock.GetUtcNow() < known.Until)
            return known;
        _known.TryRemove(digest, out _);
        return null;
    }

    /// <param name="kept">For how long at most.</param>
    public void Add(string token, Identity identity, TimeSpan kept)
    {
        var now = clock.GetUtcNow();
        if (_known.Count >= Most)
            MakeRoom(now);
        // The last second that a token may tell is the last of the calendar: nothing is added to it.
        var left = identity.Expires - now + ClaimRules.Skew;
        _known[Digest.Of(token)] = new Known(identity, now + (left < kept ? left : kept));
    }

    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (digest, known) in _known)
            if (known.Until <= now)
                _known.TryRemove(digest, out _);
        if (_known.Count >= Most)
            _known.Clear();
    }

    private sealed record Known(Identity Identity, DateTimeOffset Until);

    /// <param name="Header">Weak: a token is not kept by being known.</param>
    private sealed record Recent(WeakReference<string> Header, Known Known);

    private readonly record struct Digest(Int128 First, Int128 Second)
    {
        public static Digest Of(string token)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
            return new Digest(BitConverter.ToInt128(hash), BitConverter.ToInt128(hash[16..]));
        }
    }
}
