using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence;

/// <summary>A key that the links between pages are sealed with; all processes of a server share it.</summary>
/// <param name="Created">Microseconds since 1970 UTC.</param>
public sealed record PageKey(int Id, long Created, ReadOnlyMemory<byte> Secret)
{
    public const int SecretBytes = 32;
}

/// <summary>The keys of the links between pages.</summary>
public sealed class PageKeys
{
    private readonly SqlChannel _channel;

    internal PageKeys(SqlChannel channel) => _channel = channel;

    /// <summary>All that are kept, the newest first.</summary>
    public async ValueTask<ImmutableArray<PageKey>> AllAsync() =>
    [
        .. await _channel.QueryAsync(
            "SELECT key_id, created_us, secret FROM page_key ORDER BY created_us DESC, key_id",
            r => new PageKey(r.GetInt32(0), r.GetInt64(1), r.GetBytes(2))),
    ];

    /// <summary>Adds a key, in a transaction that writes, and forgets those that were made before the moment.</summary>
    /// <param name="before">Microseconds since 1970 UTC.</param>
    public async ValueTask AddAsync(PageKey key, long before)
    {
        var p = _channel.Dialect.Placeholder;
        await _channel.WriteAsync($"DELETE FROM page_key WHERE created_us < {p(1)}", before);
        await _channel.WriteAsync(
            $"INSERT INTO page_key (key_id, created_us, secret) VALUES ({p(1)}, {p(2)}, {p(3)})",
            key.Id, key.Created, key.Secret.ToArray());
    }
}
