namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>The clients of one service task, each in about three of its bookings.</summary>
internal sealed class ClientPool
{
    private const int BookingsPerClient = 3;

    private readonly List<Client> _all;

    private readonly People _people;

    private readonly OccupiedTimes _occupied;

    private readonly (int From, int To) _born;

    /// <summary>Clients still to be called, each as often as they take part.</summary>
    private readonly List<Client> _deck = [];

    /// <param name="participations">Clients over all bookings of the task.</param>
    /// <param name="all">Takes up the clients that are made.</param>
    public ClientPool(
        string task, int participations, List<Client> all, People people, Random random, OccupiedTimes occupied)
    {
        (_all, _people, _occupied, _born) = (all, people, occupied, BirthYears(task));
        for (var made = 0; made < participations; made += BookingsPerClient)
            _deck.AddRange(Enumerable.Repeat(Make(), Math.Min(BookingsPerClient, participations - made)));
        var shuffled = _deck.ToArray();
        random.Shuffle(shuffled);
        _deck = [.. shuffled];
    }

    /// <summary>So many different clients who are free at that time; a new one where nobody in the pool is.</summary>
    public ImmutableArray<Client> Take(int count, int day, int start, int end)
    {
        var taken = ImmutableArray.CreateBuilder<Client>(count);
        while (taken.Count < count)
        {
            var place = _deck.FindLastIndex(client => _occupied.IsFree(client.Id, day, start, end));
            var client = place < 0 ? Make() : _deck[place];
            if (place >= 0)
                _deck.RemoveAt(place);
            _occupied.Take(client.Id, day, start, end);
            taken.Add(client);
        }
        return taken.MoveToImmutable();
    }

    private Client Make()
    {
        var client = _people.NextClient($"asiakas-{_all.Count + 1:D4}", _born.From, _born.To);
        _all.Add(client);
        return client;
    }

    private static (int From, int To) BirthYears(string task) => task switch
    {
        "lapsiperheiden-palvelut" => (1975, 2018),
        "lastensuojelu" => (1978, 2020),
        "perheoikeudelliset-palvelut" => (1972, 1996),
        "tyoikaisten-palvelut" => (1959, 2003),
        _ => (1940, 2015),
    };
}
