using Ajanvaraus.Fhir.Server.Booking;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>Palvelutehtävä.</summary>
/// <param name="Prefix">Of its services' names in the county's own system: <c>LS</c>.</param>
/// <param name="Bookers">How many of the professionals have booked.</param>
public sealed record ServiceTask(string Code, string Name, string Prefix, int Professionals, int Bookers);

/// <summary>A row of a service table.</summary>
/// <param name="Task">Code of the service task.</param>
/// <param name="Clients">Clients, counted anew in each booking: never fewer than the bookings.</param>
/// <param name="Minutes">Sum of the bookings' durations.</param>
public sealed record ServiceFigure(string Task, string Name, int Bookings, int Clients, int Minutes)
{
    public string Code { get; } = DemoCodes.CodeOf(Name);
}

/// <summary>How often a time type was used in a service task; only the proportions matter here.</summary>
public sealed record TimeTypeFigure(string Task, string Name, int Bookings);

/// <summary>What is known of the county's bookings from 1.3.2022 to 31.8.2022.</summary>
/// <remarks>Source: named in <c>Data/county.csv</c>.</remarks>
public sealed record CountyFigures
{
    public static readonly LocalDate FirstDay = new(2022, 3, 1);

    public static readonly LocalDate LastDay = new(2022, 8, 31);

    /// <summary>Professionals outside the service tasks: guidance and administration.</summary>
    public required int OtherProfessionals { get; init; }

    public required ImmutableArray<ServiceTask> Tasks { get; init; }

    /// <summary>All services that were booked in the whole county; in a smaller one the bookings may be 0.</summary>
    public required ImmutableArray<ServiceFigure> Services { get; init; }

    public required ImmutableArray<TimeTypeFigure> TimeTypeUse { get; init; }

    public required ImmutableArray<TimeType> TimeTypes { get; init; }

    /// <summary>The figures as published.</summary>
    public static CountyFigures Load()
    {
        var records = DataFile.Records("Demo/county.csv").ToLookup(record => record[0]);
        var county = records["county"].Single();
        var tasks = records["task"].Select(r => new ServiceTask(r[1], r[2], r[3], int.Parse(r[4]), 0)).ToList();
        var figures = new CountyFigures
        {
            OtherProfessionals = int.Parse(county[2]) - tasks.Sum(task => task.Professionals),
            Tasks = [.. tasks],
            Services = [.. records["service"].Select(r =>
                new ServiceFigure(r[1], r[2], int.Parse(r[3]), int.Parse(r[4]), int.Parse(r[5])))],
            TimeTypeUse = [.. records["time-type"].Select(r => new TimeTypeFigure(r[1], r[2], int.Parse(r[3])))],
            TimeTypes = Server.Booking.TimeTypes.All,
        };
        return figures.WithBookers(int.Parse(county[3]));
    }

    /// <summary>A county of one in so many: every service task is present, each with at least one booking.</summary>
    /// <remarks>
    /// The bookings of a task are rounded, then shared among its services by largest remainders; clients and minutes
    /// follow in proportion. A fiftieth has 259 bookings and 8 professionals.
    /// </remarks>
    public CountyFigures OneIn(int divisor)
    {
        var bookers = Tasks.Sum(task => task.Bookers);
        var smaller = this with
        {
            OtherProfessionals = Apportionment.Round(OtherProfessionals, divisor),
            Tasks = [.. Tasks.Select(task => task with { Professionals = AtLeastOne(task.Professionals, divisor) })],
            Services = [.. Tasks.SelectMany(task => ServicesOneIn(task.Code, divisor))],
        };
        return smaller.WithBookers(Math.Max(Tasks.Length, Apportionment.Round(bookers, divisor)));
    }

    private IEnumerable<ServiceFigure> ServicesOneIn(string task, int divisor)
    {
        var services = Services.Where(service => service.Task == task).ToList();
        var weights = services.ConvertAll(service => service.Bookings);
        var shares = Apportionment.Share(AtLeastOne(weights.Sum(), divisor), weights);
        return services.Select((service, i) => Shrunk(service, shares[i]));
    }

    private static ServiceFigure Shrunk(ServiceFigure service, int bookings) => service with
    {
        Bookings = bookings,
        Clients = Math.Max(bookings, Apportionment.Round((long)service.Clients * bookings, service.Bookings)),
        Minutes = 5 * Apportionment.Round((long)service.Minutes * bookings, 5L * service.Bookings),
    };

    private CountyFigures WithBookers(int bookers)
    {
        var shares = Apportionment.Share(bookers, [.. Tasks.Select(task => task.Professionals)]);
        return this with { Tasks = [.. Tasks.Select((task, i) => task with { Bookers = Math.Max(1, shares[i]) })] };
    }

    private static int AtLeastOne(int count, int divisor) => Math.Max(1, Apportionment.Round(count, divisor));
}
