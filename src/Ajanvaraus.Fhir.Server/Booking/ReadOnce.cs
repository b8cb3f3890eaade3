using Ajanvaraus.Fhir.Persistence;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Reads current versions of one type by their ids; those that are gone are left out.</summary>
internal delegate ValueTask<ImmutableArray<StoredResource>> ReadMany(string type, IReadOnlyCollection<string> ids);

/// <summary>Several rules look at the same calendars: each resource is read for the first of them only.</summary>
internal sealed class ReadOnce(ReadMany read)
{
    private readonly Dictionary<(string Type, string Id), StoredResource?> _known = [];

    public async ValueTask<ImmutableArray<StoredResource>> ReadAsync(string type, IReadOnlyCollection<string> ids)
    {
        var missing = ids.Where(id => !_known.ContainsKey((type, id))).Distinct().ToList();
        if (missing.Count > 0)
        {
            foreach (var id in missing)
                _known[(type, id)] = null;
            foreach (var stored in await read(type, missing))
                _known[(type, stored.Id)] = stored;
        }
        return [.. ids.Distinct().Select(id => _known[(type, id)]).OfType<StoredResource>()];
    }
}
