using Ajanvaraus.Fhir.Core.Model;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>How much of the county to make.</summary>
public enum CountySize
{
    /// <summary>A fiftieth: 259 bookings of 8 professionals.</summary>
    Small,

    /// <summary>All: 12 928 bookings, 332 professionals.</summary>
    Full,
}

/// <summary>A Finnish wellbeing services county with made-up people and the real figures of 2022.</summary>
/// <remarks>
/// <para>Shape: the same size, seed and day give the same resources with the same ids. Past bookings are Appointments
/// <c>fulfilled</c>, none cancelled or missed, so that they are exactly those which the service tables count.</para>
/// <para>Source: <c>Data/county.csv</c>.</para>
/// </remarks>
public sealed class County
{
    private const int SmallIsOneIn = 50;

    private readonly CountyStaff _staff;

    private readonly ImmutableArray<ElementNode> _organisation;

    private readonly IReadOnlyList<Client> _clients;

    private readonly ImmutableArray<Booking> _bookings;

    private County(CountySize size, int seed, LocalDate today)
    {
        var random = new Random(seed);
        var people = new People(random);
        Figures = size == CountySize.Full ? CountyFigures.Load() : CountyFigures.Load().OneIn(SmallIsOneIn);
        _staff = CountyStaff.Place(Figures, people);
        _organisation = [.. new CountyResources(Figures, _staff, today).All()];
        var bookings = new CountyBookings(Figures, _staff, people, random);
        _bookings = bookings.Make();
        _clients = bookings.Clients;
    }

    /// <param name="seed">Decides names, times and who meets whom; never how many.</param>
    /// <param name="today">Calendars are planned for half a year from that day.</param>
    public static County Plan(CountySize size, int seed, LocalDate today) => new(size, seed, today);

    /// <summary>As <see cref="Plan"/>, only the resources.</summary>
    public static IEnumerable<ElementNode> Generate(CountySize size, int seed, LocalDate today) =>
        Plan(size, seed, today).Resources();

    /// <summary>The figures that the bookings add up to.</summary>
    public CountyFigures Figures { get; }

    /// <summary>How many <see cref="Resources"/> there are.</summary>
    public int Count => _organisation.Length + _clients.Count + _bookings.Length;

    /// <summary>All resources in load order: whatever is referred to comes before what refers to it.</summary>
    public IEnumerable<ElementNode> Resources()
    {
        foreach (var resource in _organisation)
            yield return resource;
        foreach (var client in _clients)
            yield return BookingResources.Patient(client);
        for (var i = 0; i < _bookings.Length; i++)
            yield return BookingResources.Appointment(_bookings[i], _bookings[i].Professional.Unit.Task!, i + 1);
    }

    /// <summary>Which calendars open times by which template, as ids of Schedules; every professional's own.</summary>
    public IEnumerable<(CountyTemplate Template, ImmutableArray<string> ScheduleIds)> TemplateAssignments() =>
        CountyTemplates.Load().Select(template => (template, ScheduleIdsFor(template)));

    private ImmutableArray<string> ScheduleIdsFor(CountyTemplate template) =>
    [
        .. _staff.Professionals
            .Where(p => p.Unit.Task?.Code == template.Task && p.IndexInTask % template.Share == 0)
            .Select(p => p.Id),
    ];
}
