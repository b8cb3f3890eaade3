using Ajanvaraus.Fhir.Server.Booking;

namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>One of the bookings that the service tables count.</summary>
/// <param name="Day">Number of the working day; see <see cref="WorkingDays"/>.</param>
/// <param name="Start">Minutes since midnight, local time.</param>
/// <param name="Room">Logical id of the room; null when the meeting is elsewhere or every room was taken.</param>
internal sealed record Booking(
    ServiceFigure Service, TimeType TimeType, Professional Professional, int Day, int Start, int Minutes, string? Room,
    ImmutableArray<Client> Clients);

/// <summary>Makes the bookings of a county: as many, as long and with as many clients as the figures say.</summary>
/// <remarks>
/// <para>Shape: ordered by start. No professional, room or client is in two bookings at once. All lie on working days
/// from 8 to 16; a booking longer than that starts at 8 and ends later.</para>
/// <para>Time types come in the proportions of their tables. The tables count clients for internal types too (a
/// journey to somebody, the documentation of a case), so these bookings name the client they were made for.</para>
/// </remarks>
internal sealed class CountyBookings(CountyFigures figures, CountyStaff staff, People people, Random random)
{
    private const int RandomAttempts = 12;

    private const int Grid = 15;

    private static readonly int Opening = WorkingDays.Opening.Hour * 60;

    private static readonly int Closing = WorkingDays.Closing.Hour * 60;

    private readonly OccupiedTimes _occupied = new();

    private readonly List<Client> _clients = [];

    /// <summary>Everybody who is a client in some booking, by id.</summary>
    public IReadOnlyList<Client> Clients => _clients;

    public ImmutableArray<Booking> Make() =>
    [
        .. figures.Tasks.SelectMany(MakeOfTask).OrderBy(b => b.Day).ThenBy(b => b.Start)
            .ThenBy(b => b.Professional.Id, StringComparer.Ordinal),
    ];

    private List<Booking> MakeOfTask(ServiceTask task)
    {
        var services = figures.Services.Where(service => service.Task == task.Code).ToList();
        var types = ShuffledTypes(task, services.Sum(service => service.Bookings));
        var bookers = staff.Professionals.Where(p => p.HasBooked && p.Unit.Task == task).ToArray();
        var pool = new ClientPool(task.Code, services.Sum(s => s.Clients), _clients, people, random, _occupied);
        var bookings = new List<Booking>(types.Length);
        foreach (var service in services)
        {
            var sizes = GroupSizes(service);
            var minutes = Durations.Spread(service.Minutes, service.Bookings, random);
            for (var i = 0; i < service.Bookings; i++)
            {
                var type = types[bookings.Count];
                bookings.Add(Placed(service, type, bookers, minutes[i], sizes[i], pool));
            }
        }
        return bookings;
    }

    private TimeType[] ShuffledTypes(ServiceTask task, int count)
    {
        var used = figures.TimeTypeUse.Where(use => use.Task == task.Code).ToList();
        var shares = Apportionment.Share(count, used.ConvertAll(use => use.Bookings));
        var types = used.SelectMany((use, i) =>
            Enumerable.Repeat(figures.TimeTypes.Single(type => type.Name == use.Name), shares[i])).ToArray();
        random.Shuffle(types);
        return types;
    }

    /// <summary>How many clients take part in each booking: one, and those beyond one by chance.</summary>
    private int[] GroupSizes(ServiceFigure service)
    {
        var sizes = new int[service.Bookings];
        Array.Fill(sizes, 1);
        for (var more = service.Clients - service.Bookings; more > 0; more--)
            sizes[random.Next(sizes.Length)]++;
        return sizes;
    }

    private Booking Placed(
        ServiceFigure service, TimeType type, Professional[] bookers, int minutes, int clients, ClientPool pool)
    {
        var (professional, day, start) = FreeTime(bookers, minutes);
        var end = start + minutes;
        _occupied.Take(professional.Id, day, start, end);
        var room = type.Mode == "office"
            ? professional.Unit.Rooms.FirstOrDefault(room => _occupied.IsFree(room, day, start, end))
            : null;
        if (room is not null)
            _occupied.Take(room, day, start, end);
        return new Booking(service, type, professional, day, start, minutes, room, pool.Take(clients, day, start, end));
    }

    /// <summary>By chance first; then the first free time from a chance day on.</summary>
    private (Professional Professional, int Day, int Start) FreeTime(Professional[] bookers, int minutes)
    {
        var starts = Math.Max(0, (Closing - minutes - Opening) / Grid) + 1;
        for (var attempt = 0; attempt < RandomAttempts; attempt++)
        {
            var professional = bookers[random.Next(bookers.Length)];
            var (day, start) = (random.Next(WorkingDays.All.Length), Opening + random.Next(starts) * Grid);
            if (_occupied.IsFree(professional.Id, day, start, start + minutes))
                return (professional, day, start);
        }
        return FirstFreeTime(bookers, minutes, starts, random.Next(WorkingDays.All.Length));
    }

    private (Professional Professional, int Day, int Start) FirstFreeTime(
        Professional[] bookers, int minutes, int starts, int firstDay)
    {
        for (var n = 0; n < WorkingDays.All.Length; n++)
            foreach (var professional in bookers)
                for (var (day, i) = ((firstDay + n) % WorkingDays.All.Length, 0); i < starts; i++)
                    if (_occupied.IsFree(professional.Id, day, Opening + i * Grid, Opening + i * Grid + minutes))
                        return (professional, day, Opening + i * Grid);
        throw new InvalidOperationException("The figures do not fit into the working days of those who book");
    }
}
