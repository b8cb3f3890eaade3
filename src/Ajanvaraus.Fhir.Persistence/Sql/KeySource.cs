namespace Ajanvaraus.Fhir.Persistence.Sql;

/// <summary>Where new keys come from.</summary>
public abstract class KeySource
{
    public abstract ValueTask<(long Resource, long Version)> NextAsync(SqlChannel channel);

    /// <summary>Forgets keys at hand that are not greater; where the database counts, it is told by itself.</summary>
    public abstract void GoOnAfter(long key);
}

/// <summary>Keys from the database's sequences, a few at a time; one source per transaction.</summary>
public sealed class SequenceKeys : KeySource
{
    private const int AtATime = 8;

    private readonly Queue<(long, long)> _ready = [];

    public override async ValueTask<(long Resource, long Version)> NextAsync(SqlChannel channel)
    {
        if (_ready.Count == 0)
        {
            var sql = channel.Dialect.NewKeys(AtATime)
                ?? throw new InvalidOperationException($"{channel.Dialect.Name} has no sequences");
            foreach (var keys in await channel.QueryAsync(sql, r => (r.GetInt64(0), r.GetInt64(1))))
                _ready.Enqueue(keys);
        }
        return _ready.Dequeue();
    }

    public override void GoOnAfter(long key) => _ready.Clear();
}

/// <summary>Keys of a database that only one process writes: counted on from the greatest.</summary>
public sealed class CountedKeys(long lastResource, long lastVersion) : KeySource
{
    private long _resource = lastResource;
    private long _version = lastVersion;

    public override ValueTask<(long Resource, long Version)> NextAsync(SqlChannel channel) =>
        ValueTask.FromResult((++_resource, ++_version));

    public override void GoOnAfter(long key) =>
        (_resource, _version) = (Math.Max(_resource, key), Math.Max(_version, key));
}
