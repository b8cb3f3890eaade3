using Ajanvaraus.Fhir.Server.Demo;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Tests.Demo;

public sealed class CountyTemplatesTests
{
    private static readonly LocalDate Today = new(2026, 11, 23);

    [Theory]
    [InlineData("Eroaika", 90, "citizen")]
    [InlineData("Elatussopimuksen jatkoaika", 60, "citizen")]
    [InlineData("Elatussopimuksen muutosaika", 60, "citizen")]
    [InlineData("Henkilökohtaisen avun työnantajan infoaika", 60, "entitled")]
    [InlineData("Neuvonta-aika", 15, "citizen")]
    public void Times_that_the_field_offers_have_their_length_and_audience(string type, int minutes, string audience)
    {
        var entries = CountyTemplates.Load().SelectMany(t => t.Entries).Where(e => e.TimeType == type).ToList();

        entries.Should().NotBeEmpty();
        entries.Should().OnlyContain(e => e.SlotMinutes == minutes && e.Audience == audience);
    }

    [Fact]
    public void Entries_name_services_of_their_task_and_known_time_types()
    {
        var figures = CountyFigures.Load();

        var unknown = CountyTemplates.Load().SelectMany(t => t.Entries.Select(e => (t.Task, Entry: e)))
            .Where(x => !figures.Services.Any(s => s.Task == x.Task && s.Name == x.Entry.Service)
                || figures.TimeTypes.All(type => type.Name != x.Entry.TimeType));

        unknown.Should().BeEmpty();
    }

    [Fact]
    public void Entries_hold_a_whole_number_of_slots()
    {
        var uneven = CountyTemplates.Load().SelectMany(t => t.Entries).Where(e =>
            (Period.Between(e.Start, e.End, PeriodUnits.Minutes).Minutes + e.GapMinutes)
                % (e.SlotMinutes + e.GapMinutes) != 0);

        uneven.Should().BeEmpty();
    }

    [Theory]
    [InlineData(CountySize.Small)]
    [InlineData(CountySize.Full)]
    public void Templates_of_one_calendar_never_open_the_same_time_twice(CountySize size)
    {
        var times = County.Plan(size, 1, Today).TemplateAssignments()
            .SelectMany(a => a.ScheduleIds.SelectMany(id => a.Template.Entries.SelectMany(e =>
                e.Weekdays.Select(day => (Calendar: (id, day), e.Start, e.End)))))
            .GroupBy(t => t.Calendar, t => (t.Start, t.End)).ToList();

        var overlaps = times.Where(g => g.Order().Zip(g.Order().Skip(1)).Any(p => p.First.End > p.Second.Start));

        times.Should().NotBeEmpty();
        overlaps.Should().BeEmpty();
    }

    [Fact]
    public void Every_template_has_a_calendar_also_in_the_small_county()
    {
        var assignments = County.Plan(CountySize.Small, 1, Today).TemplateAssignments();

        assignments.Should().OnlyContain(a => a.ScheduleIds.Length > 0);
    }
}
