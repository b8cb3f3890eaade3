using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Server.Demo;

using NodaTime;
using NodaTime.Text;

namespace Ajanvaraus.Fhir.Server.Tests.Demo;

public sealed class CountyTests
{
    private const int Seed = 2022;

    private static readonly LocalDate Today = new(2026, 11, 23);

    private static readonly LocalDate[] Holidays =
        [new(2022, 4, 15), new(2022, 4, 18), new(2022, 5, 26), new(2022, 6, 24)];

    private static readonly Dictionary<CountySize, ElementNode[]> Counties = new()
    {
        [CountySize.Small] = [.. County.Generate(CountySize.Small, Seed, Today)],
        [CountySize.Full] = [.. County.Generate(CountySize.Full, Seed, Today)],
    };

    [Theory]
    [InlineData(CountySize.Small)]
    [InlineData(CountySize.Full)]
    public void Bookings_add_up_to_the_figures_of_each_service(CountySize size)
    {
        var figures = size == CountySize.Full ? CountyFigures.Load() : CountyFigures.Load().OneIn(50);

        var made = Of(size, "Appointment").GroupBy(a => (Code(a, "serviceCategory"), Code(a, "serviceType")))
            .Select(g => (g.Key, g.Count(), g.Sum(a => Actors(a, "Patient").Count()), g.Sum(Minutes)));

        made.Should().BeEquivalentTo(figures.Services.Where(s => s.Bookings > 0)
            .Select(s => ((s.Task, s.Code), s.Bookings, s.Clients, s.Minutes)));
    }

    [Fact]
    public void Full_county_has_the_bookings_professionals_and_bookers_that_were_counted()
    {
        var bookings = Of(CountySize.Full, "Appointment").ToList();

        bookings.Should().HaveCount(12_928);
        Of(CountySize.Full, "Practitioner").Should().HaveCount(332);
        bookings.SelectMany(a => Actors(a, "Practitioner")).Distinct().Should().HaveCount(226);
    }

    [Theory]
    [InlineData("Practitioner")]
    [InlineData("Patient")]
    [InlineData("Location")]
    public void Nobody_and_no_room_is_booked_twice_at_once(string type)
    {
        var byActor = Of(CountySize.Full, "Appointment")
            .SelectMany(a => Actors(a, type)
                .Select(actor => (Actor: actor, Start: Time(a, "start"), End: Time(a, "end"))))
            .GroupBy(b => b.Actor, b => (b.Start, b.End)).ToList();

        var overlaps = byActor.Where(g => g.Order().Zip(g.Order().Skip(1)).Any(p => p.First.End > p.Second.Start));

        byActor.Should().NotBeEmpty();
        overlaps.Should().BeEmpty();
    }

    [Theory]
    [InlineData(CountySize.Small)]
    [InlineData(CountySize.Full)]
    public void Bookings_lie_within_the_working_days_of_the_period(CountySize size)
    {
        var outside = Of(size, "Appointment").Where(a => !IsWithinWorkingDay(a));

        outside.Should().BeEmpty();
    }

    [Theory]
    [InlineData(CountySize.Small)]
    [InlineData(CountySize.Full)]
    public void Clients_have_unique_valid_test_codes_that_agree_with_birth_date_and_gender(CountySize size)
    {
        var patients = Of(size, "Patient").ToList();

        var codes = patients.ConvertAll(p => p["identifier"]!.Text("value")!);

        codes.Should().OnlyHaveUniqueItems();
        patients.Should().OnlyContain(p => Agrees(p));
        patients.Should().OnlyContain(p => p["identifier"]!.Text("system") == "urn:oid:1.2.246.21");
    }

    [Theory]
    [InlineData(CountySize.Small)]
    [InlineData(CountySize.Full)]
    public void References_lead_to_resources_that_come_before(CountySize size)
    {
        var seen = new HashSet<string>();
        var dangling = new List<string>();

        foreach (var resource in Counties[size])
        {
            dangling.AddRange(References(resource).Where(reference => !seen.Contains(reference)));
            seen.Add($"{resource.Type.Name}/{resource.Id}").Should().BeTrue("ids are unique");
        }

        dangling.Should().BeEmpty();
    }

    [Fact]
    public void Resources_are_read_back_without_any_issue()
    {
        var issues = Counties[CountySize.Small]
            .SelectMany(resource => FhirJson.Parse(FhirJson.ToBytes(resource)).Issues);

        issues.Should().BeEmpty();
    }

    [Fact]
    public void Resources_are_structurally_sound()
    {
        var validator = new StructuralValidator(R4.Definitions);

        var issues = Counties[CountySize.Full].SelectMany(resource => validator.Validate(resource));

        issues.Should().BeEmpty();
    }

    [Fact]
    public void Same_seed_makes_the_same_bytes_and_another_makes_others()
    {
        var first = Bytes(Seed);

        var again = Bytes(Seed);
        var other = Bytes(Seed + 1);

        again.Should().Equal(first);
        other.Should().NotEqual(first);
    }

    [Fact]
    public void Time_types_come_in_the_proportions_of_their_tables()
    {
        var figures = CountyFigures.Load();
        var expected = figures.Tasks.SelectMany(task =>
        {
            var use = figures.TimeTypeUse.Where(u => u.Task == task.Code).ToList();
            var bookings = figures.Services.Where(s => s.Task == task.Code).Sum(s => s.Bookings);
            double uses = use.Sum(u => u.Bookings);
            return use.Select(u => (task.Code, DemoCodes.CodeOf(u.Name), bookings * u.Bookings / uses));
        });

        var made = Of(CountySize.Full, "Appointment")
            .CountBy(a => (Code(a, "serviceCategory"), Code(a, "appointmentType"))).ToDictionary();

        var departures = expected.Select(e => Math.Abs(made.GetValueOrDefault((e.Item1, e.Item2)) - e.Item3));
        departures.Should().OnlyContain(departure => departure < 1);
    }

    [Fact]
    public void Count_is_known_before_the_resources_are_made()
    {
        var county = County.Plan(CountySize.Small, Seed, Today);

        county.Count.Should().Be(Counties[CountySize.Small].Length);
    }

    private static IEnumerable<ElementNode> Of(CountySize size, string type) =>
        Counties[size].Where(resource => resource.Type.Name == type);

    private static byte[] Bytes(int seed) =>
        [.. County.Generate(CountySize.Small, seed, Today).SelectMany(FhirJson.ToBytes)];

    private static string Code(ElementNode appointment, string element) =>
        appointment[element]!["coding"]!.Text("code")!;

    private static IEnumerable<string> Actors(ElementNode appointment, string type) =>
        appointment.All("participant").Select(p => p["actor"]!.Text("reference")!).Where(r => r.StartsWith(type + "/"));

    private static int Minutes(ElementNode appointment)
    {
        var minutes = (int)(Time(appointment, "end") - Time(appointment, "start")).TotalMinutes;
        minutes.Should().Be(int.Parse(appointment.Text("minutesDuration")!));
        return minutes;
    }

    private static Instant Time(ElementNode appointment, string element) => Written(appointment, element).ToInstant();

    private static OffsetDateTime Written(ElementNode appointment, string element) =>
        OffsetDateTimePattern.ExtendedIso.Parse(appointment.Text(element)!).Value;

    private static bool IsWithinWorkingDay(ElementNode appointment)
    {
        var (start, end) = (Written(appointment, "start"), Written(appointment, "end"));
        var helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];
        var longerThanADay = Minutes(appointment) > 8 * 60;
        return start.Date == end.Date && start.Date.DayOfWeek < IsoDayOfWeek.Saturday
            && !Holidays.Contains(start.Date)
            && start.Date >= new LocalDate(2022, 3, 1) && start.Date <= new LocalDate(2022, 8, 31)
            && start.TimeOfDay >= new LocalTime(8, 0)
            && (end.TimeOfDay <= new LocalTime(16, 0) || (longerThanADay && start.TimeOfDay == new LocalTime(8, 0)))
            && helsinki.GetUtcOffset(start.ToInstant()) == start.Offset;
    }

    private static bool Agrees(ElementNode patient) =>
        Henkilotunnus.TryParse(patient["identifier"]!.Text("value")!, out var code)
        && code.IsForTests
        && $"{code.BirthDate:yyyy-MM-dd}" == patient.Text("birthDate")
        && (code.IsFemale ? "female" : "male") == patient.Text("gender");

    private static IEnumerable<string> References(ElementNode node) => node.Children.SelectMany(child =>
        child is { Name: "reference", Value: { } value } ? [value] : References(child));
}
