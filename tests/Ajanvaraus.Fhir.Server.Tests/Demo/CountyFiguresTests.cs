using Ajanvaraus.Fhir.Server.Demo;

namespace Ajanvaraus.Fhir.Server.Tests.Demo;

public sealed class CountyFiguresTests
{
    [Fact]
    public void Services_add_up_to_the_printed_totals()
    {
        var figures = CountyFigures.Load();
        var printed = DataFile.Records("Demo/county.csv").Where(r => r[0] == "total")
            .Select(r => (r[1], int.Parse(r[3]), int.Parse(r[4]), int.Parse(r[5])));

        var sums = figures.Services.GroupBy(s => s.Task)
            .Select(g => (g.Key, g.Sum(s => s.Bookings), g.Sum(s => s.Clients), g.Sum(s => s.Minutes)));

        sums.Should().BeEquivalentTo(printed);
        figures.Services.Sum(s => s.Bookings).Should().Be(12_928);
    }

    [Fact]
    public void County_has_the_professionals_that_were_registered_and_those_who_booked()
    {
        var figures = CountyFigures.Load();

        figures.Tasks.Select(t => t.Professionals).Should().Equal(70, 90, 5, 80, 50);
        figures.OtherProfessionals.Should().Be(332 - 295);
        figures.Tasks.Sum(t => t.Bookers).Should().Be(226);
    }

    [Fact]
    public void Fiftieth_of_the_county_has_each_service_task_and_259_bookings()
    {
        var figures = CountyFigures.Load().OneIn(50);

        figures.Services.Sum(s => s.Bookings).Should().Be(259);
        figures.Services.Where(s => s.Bookings > 0).Select(s => s.Task).Distinct()
            .Should().BeEquivalentTo(figures.Tasks.Select(t => t.Code));
        (figures.Tasks.Sum(t => t.Professionals) + figures.OtherProfessionals).Should().Be(8);
        figures.Tasks.Should().OnlyContain(t => t.Bookers >= 1 && t.Bookers <= t.Professionals);
    }

    [Fact]
    public void Every_time_type_in_use_is_known()
    {
        var figures = CountyFigures.Load();

        figures.TimeTypeUse.Select(use => use.Name).Should().BeSubsetOf(figures.TimeTypes.Select(type => type.Name));
    }

    [Theory]
    [InlineData("Lastensuojelu", "lastensuojelu")]
    [InlineData("Asiakastapaaminen etäyhteydellä", "asiakastapaaminen-etayhteydella")]
    [InlineData("Lapset puheeksi -menetelmä", "lapset-puheeksi-menetelma")]
    [InlineData("Tuettu/valvottu vaihto", "tuettu-valvottu-vaihto")]
    [InlineData("Ryhmätoiminta, jalkautuvat työ", "ryhmatoiminta-jalkautuvat-tyo")]
    public void Code_is_made_from_the_name(string name, string expected)
    {
        var code = DemoCodes.CodeOf(name);

        code.Should().Be(expected);
    }

    [Theory]
    [InlineData(10, new[] { 1, 1, 1 }, new[] { 4, 3, 3 })]
    [InlineData(1, new[] { 2, 4, 9, 1, 13 }, new[] { 0, 0, 0, 0, 1 })]
    [InlineData(0, new[] { 5, 5 }, new[] { 0, 0 })]
    public void Shares_add_up_to_the_whole(int total, int[] weights, int[] expected)
    {
        var shares = Apportionment.Share(total, weights);

        shares.Should().Equal(expected);
    }
}
