using Ajanvaraus.Fhir.Scheduling.Templates;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Templates;

/// <summary>Templates over ten years against an oracle that knows zones from elsewhere: those of the operating system.</summary>
public sealed class TemplateOracleTests
{
    private const int Years = 10;

    private static readonly LocalDate From = new(2027, 1, 1);

    private static readonly LocalDate To = From.PlusYears(Years).PlusDays(-1);

    private static readonly string[] Zones =
        ["Europe/Helsinki", "Europe/Lisbon", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Kiritimati"];

    [Fact, Trait(Reliability.Trait, "G33")]
    public void G33_Random_weeks_over_ten_years_open_as_the_zones_of_the_operating_system_say()
    {
        var templates = Reliability.Size(40, 1000);
        var seed = Environment.TickCount & 0xFFFF;
        var random = new System.Random(seed);
        var (compared, differing) = (0L, new List<string>());
        for (var n = 0; n < templates; n++)
        {
            // Most are Finnish, as the calendars here are; the others change at other hours, by half an hour, or never.
            var zoneId = n % 2 == 0 ? Zones[0] : Zones[random.Next(Zones.Length)];
            var template = Random(random, zoneId);
            var seen = TemplateExpansion.Expand(template, From, To, ImmutableHashSet<LocalDate>.Empty, []).Drafts
                .Select(d => (d.Time.Start.ToUnixTimeSeconds(), d.Time.End.ToUnixTimeSeconds())).Distinct().Order().ToList();
            var foretold = Foretell(template, TimeZoneInfo.FindSystemTimeZoneById(zoneId)).Distinct().Order().ToList();
            compared += foretold.Count;
            if (!seen.SequenceEqual(foretold))
                differing.Add($"seed {seed}, template {n} in {zoneId}: {template.Entries[0]}");
        }

        Reliability.Record(
            "G33", "rules alone", $"{templates} random weeks over {Years} years in {Zones.Length} zones, {compared} times; seed {seed}",
            $"{differing.Count} weeks differ from the zones of the operating system",
            $"{nameof(TemplateOracleTests)}.{nameof(G33_Random_weeks_over_ten_years_open_as_the_zones_of_the_operating_system_say)}");
        differing.Should().BeEmpty();
        compared.Should().BePositive();
    }

    private static WeekTemplate Random(System.Random random, string zoneId) => new(
        "random", 1, zoneId, From.PlusDays(-(int)From.DayOfWeek + 1), 1,
        [
            new TemplateEntry
            {
                Day = (IsoDayOfWeek)random.Next(1, 8), Start = new LocalTime(random.Next(24), random.Next(4) * 15),
                End = new LocalTime(random.Next(24), random.Next(4) * 15), SlotLength = Duration.FromMinutes(random.Next(1, 9) * 15),
            },
            // Sundays at night, where the clocks change.
            new TemplateEntry
            {
                Day = IsoDayOfWeek.Sunday, Start = new LocalTime(random.Next(5), random.Next(4) * 15),
                End = new LocalTime(random.Next(5, 9), 0), SlotLength = Duration.FromMinutes(random.Next(1, 9) * 15),
            },
        ]);

    /// <summary>Starts and ends in seconds since 1970, by the rule of docs/scheduling-rules.md and the given zone.</summary>
    private static IEnumerable<(long Start, long End)> Foretell(WeekTemplate template, TimeZoneInfo zone)
    {
        for (var day = From.ToDateOnly(); day <= To.ToDateOnly(); day = day.AddDays(1))
        {
            foreach (var entry in template.Entries.Where(e => (int)e.Day % 7 == (int)day.DayOfWeek))
            {
                var isOverMidnight = entry.End <= entry.Start;
                var end = Seconds(day.AddDays(isOverMidnight ? 1 : 0).ToDateTime(entry.End.ToTimeOnly()), zone);
                var length = (long)entry.SlotLength.TotalSeconds;
                for (var at = Seconds(day.ToDateTime(entry.Start.ToTimeOnly()), zone); at + length <= end; at += length)
                    yield return (at, at + length);
            }
        }
    }

    /// <summary>A time that does not exist is the end of its gap; one that comes twice is the earlier.</summary>
    private static long Seconds(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUnixTimeSeconds();
    }
}
