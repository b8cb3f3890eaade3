using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Core.Tests.Search;

public sealed class SearchParameterRegistryTests
{
    [Fact]
    public void Every_expression_of_r4_parses_and_compiles()
    {
        Searching.Registry.Failures.Should().BeEmpty();
        R4.Definitions.SearchParameters.Should().HaveCountGreaterThan(1000);
    }

    [Fact]
    public void Keys_of_all_parameters_differ()
    {
        var all = R4.Definitions.ResourceTypes.SelectMany(type => Searching.Registry.For(type)).ToList();

        var collisions = all.Where(parameter => parameter.Type == SearchParameterType.Token).Select(parameter => parameter.OfType)
            .Concat(all).GroupBy(parameter => parameter.Key).Where(group => group.Count() > 1);

        all.Should().HaveCountGreaterThan(1500);
        collisions.Should().BeEmpty();
    }

    [Theory]
    [InlineData("_id")]
    [InlineData("_lastUpdated")]
    [InlineData("_tag")]
    [InlineData("_profile")]
    [InlineData("_security")]
    [InlineData("_source")]
    public void Parameter_of_resource_applies_to_every_type(string code) =>
        R4.Definitions.ResourceTypes.Should().OnlyContain(type => Searching.Registry.Find(type, code) != null);

    [Theory]
    [InlineData("Appointment", "period")]
    [InlineData("Appointment", "end")]
    [InlineData("Appointment", "start")]
    [InlineData("Slot", "period")]
    [InlineData("Slot", "end")]
    public void Own_parameter_has_its_canonical_here(string type, string code)
    {
        var parameter = Searching.Registry.Find(type, code);

        parameter!.Type.Should().Be(SearchParameterType.Date);
        parameter.Definition.Url.Should().StartWith("https://ajanvaraus.example/fhir/SearchParameter/");
    }

    [Fact]
    public void Unknown_type_and_unknown_code_are_found_as_nothing()
    {
        Searching.Registry.Find("Nothing", "_id").Should().BeNull();
        Searching.Registry.Find("Slot", "nothing").Should().BeNull();
        Searching.Registry.For("Nothing").Should().BeEmpty();
    }
}
