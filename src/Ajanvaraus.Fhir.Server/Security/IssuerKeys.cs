using System.Text.Json;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>What is known of one issuer: its addresses and keys, fetched when they are needed.</summary>
/// <remarks>
/// <para>Keys that are older than <see cref="Fresh"/> are fetched again; while the issuer is away, those that are known
/// are used until <see cref="Usable"/>. A key that is not known makes one fetch in <see cref="Pause"/>, however many tokens
/// name it.</para>
/// <para>Errors: null where the issuer is away.</para>
/// </remarks>
public sealed partial class IssuerKeys(IssuerOptions issuer, HttpClient http, TimeProvider clock, ILogger log) : IDisposable
{
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan Usable = TimeSpan.FromHours(24);
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(60);

    /// <summary>After an issuer that was away is asked again.</summary>
    public static readonly TimeSpan PauseWhenAway = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1);

    private Published? _published;

    /// <summary>When it was last asked, with success or without.</summary>
    private DateTimeOffset _asked = DateTimeOffset.MinValue;

    private bool _isAway;

    public IssuerOptions Issuer => issuer;

    /// <summary>The keys for a token; none that fits: it is not signed by this issuer. Null: the issuer is away.</summary>
    /// <param name="id"><c>kid</c> of the token; null: the one key that fits its algorithm.</param>
    public async Task<ImmutableArray<IssuerKey>?> FindAsync(string? id, string algorithm, CancellationToken cancel)
    {
        var known = await CurrentAsync(cancel);
        if (known is null)
            return null;
        var found = Fitting(known, id, algorithm);
        if (!found.IsEmpty || (id is not null && known.Keys.Any(key => key.Id == id)))
            return found;
        var refreshed = await RefreshAsync(cancel);
        if (refreshed is not null)
            found = Fitting(refreshed, id, algorithm);
        return found.IsEmpty && Volatile.Read(ref _isAway) ? null : found;
    }

    /// <summary>The addresses of the issuer; null: it is away.</summary>
    public async Task<IssuerDocument?> DocumentAsync(CancellationToken cancel) => (await CurrentAsync(cancel))?.Document;

    public void Dispose() => _turn.Dispose();

    private static ImmutableArray<IssuerKey> Fitting(Published known, string? id, string algorithm)
    {
        ImmutableArray<IssuerKey> found = [.. known.Keys.Where(
            key => (id is null || key.Id == id) && key.Algorithms.Contains(algorithm))];
        // Without a name there must be no doubt which key is meant.
        return id is null && found.Length > 1 ? [] : found;
    }

    private async Task<Published?> CurrentAsync(CancellationToken cancel)
    {
        var known = Volatile.Read(ref _published);
        var now = clock.GetUtcNow();
        if (known is null || now - known.At >= Fresh)
            known = await RefreshAsync(cancel) ?? Volatile.Read(ref _published);
        return known is not null && now - known.At < Usable ? known : null;
    }

    /// <summary>Asks the issuer, unless it was asked within the pause; what is known afterwards.</summary>
    private async Task<Published?> RefreshAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var now = clock.GetUtcNow();
            if (_asked != DateTimeOffset.MinValue && now - _asked < (_isAway ? PauseWhenAway : Pause))
                return _published;
            _asked = now;
            // Not the caller's token: one that hangs up must not make the issuer seem away to all.
            var read = await FetchAsync(now);
            Volatile.Write(ref _isAway, read is null);
            if (read is not null)
                Volatile.Write(ref _published, read);
            return _published;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<Published?> FetchAsync(DateTimeOffset now)
    {
        try
        {
            var url = issuer.Name.TrimEnd('/') + "/.well-known/openid-configuration";
            using var discovery = JsonDocument.Parse(await http.GetStringAsync(url));
            if (IssuerDocument.Read(discovery.RootElement, issuer.Name) is not { } document)
            {
                LogUnusable(log, issuer.Name);
                return null;
            }
            var keys = IssuerKey.ReadAll(await http.GetStringAsync(document.KeysUrl));
            return new Published(document, keys, now);
        }
        catch (Exception reason) when (IsAway(reason))
        {
            LogAway(log, issuer.Name, reason.GetType().Name);
            return null;
        }
    }

    /// <summary>Nothing came, or nothing that can be read.</summary>
    internal static bool IsAway(Exception reason) =>
        reason is HttpRequestException or TaskCanceledException
            or JsonException or ArgumentException or InvalidOperationException or FormatException;

    [LoggerMessage(30, LogLevel.Warning, "The keys of the issuer {Issuer} could not be fetched: {Reason}")]
    private static partial void LogAway(ILogger log, string issuer, string reason);

    [LoggerMessage(31, LogLevel.Error, "What is published below {Issuer} names another issuer or no safe address of keys")]
    private static partial void LogUnusable(ILogger log, string issuer);

    private sealed record Published(IssuerDocument Document, ImmutableArray<IssuerKey> Keys, DateTimeOffset At);
}
