using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Demo;
using Ajanvaraus.Fhir.Testing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Tests.Profiles;

/// <summary>The package itself, and that the code and the demo say the same as it does.</summary>
public sealed partial class ProfilePackageTests
{
    private static ElementNode CodeSystem(string id) =>
        ProfilePackage.Instance.Find("CodeSystem", $"{Canonicals.Base}/CodeSystem/{id}")!;

    [Fact]
    public void Every_definition_is_sound_by_the_rules_for_definitions()
    {
        var faulty = ProfilePackage.Instance.Files.SelectMany(file => SocialPackage.Validator
            .Validate(ProfilePackage.Instance.Parse(file)).Errors().Select(error => $"{file.Name}: {error}"));

        faulty.Should().BeEmpty();
    }

    [Fact]
    public void Every_canonical_is_below_the_one_base()
    {
        var elsewhere = ProfilePackage.Instance.Files
            .Where(f => f.Url.Length > 0 && f.Url != $"{Canonicals.Base}/{f.ResourceType}/{f.Id}").Select(f => f.Url);

        elsewhere.Should().BeEmpty();
    }

    [Fact]
    public void Everything_published_has_a_title_or_description_in_Finnish()
    {
        var silent = ProfilePackage.Instance.Files.Where(file => file.ResourceType != "OperationDefinition" && file.Id != "rule")
            .Where(file =>
            {
                var resource = ProfilePackage.Instance.Parse(file);
                return !new[] { "title", "description" }.Any(name => resource[name]?["extension"] is not null);
            }).Select(file => file.Name);

        silent.Should().BeEmpty();
    }

    [Fact]
    public void Time_types_are_those_of_the_server()
    {
        var codes = CodeSystem("aikatyyppi").All("concept").Select(c => (
            c.Text("code"), c.Text("display"),
            c.All("property").First(p => p.Text("code") == "kind").Text("value") == "internal"));

        codes.Should().Equal(TimeTypes.All.Select(t => ((string?)t.Code, (string?)t.Name, t.IsInternal)));
    }

    [Fact]
    public void Social_services_and_tasks_have_every_one_of_the_county()
    {
        var figures = CountyFigures.Load();
        var services = CodeSystem("sosiaalipalvelu").All("concept").Select(c => (c.Text("code")!, c.Text("display")!)).ToHashSet();
        var tasks = CodeSystem("palvelutehtava").All("concept").Select(c => (c.Text("code")!, c.Text("display")!)).ToHashSet();

        figures.Services.Select(s => (s.Code, s.Name)).Except(services).Should().BeEmpty();
        figures.Tasks.Select(t => (t.Code, t.Name)).Except(tasks).Should().BeEmpty();
    }

    [Fact]
    public void Codes_have_names_in_three_languages()
    {
        var poor = ProfilePackage.Instance.Files.Where(f => f.ResourceType == "CodeSystem" && f.Id != "rule")
            .SelectMany(f => ProfilePackage.Instance.Parse(f).All("concept")
                .Where(c => !c.All("designation").Select(d => d.Text("language")).Order().SequenceEqual(["en", "sv"]))
                .Select(c => $"{f.Id}#{c.Text("code")}"));

        poor.Should().BeEmpty();
    }

    [Fact]
    public void Every_resource_of_the_demo_meets_the_profile_that_it_claims()
    {
        var plan = County.Plan(CountySize.Small, 2022, new LocalDate(2026, 11, 22));
        var templates = plan.TemplateAssignments().Select(t => DemoTemplates.Resource(t.Template));

        var county = plan.Resources().Concat(templates).ToList();
        var claimed = county.Where(r => r["meta"]?["profile"] is not null).ToList();
        var faulty = claimed.SelectMany(r => SocialPackage.Validator.ValidateClaims(r).Errors()
            .Select(error => $"{r.Type.Name}/{r.Id}: {error}")).Take(20);

        faulty.Should().BeEmpty();
        claimed.Select(r => r.Type.Name).Distinct().Should().BeEquivalentTo(
            "Organization", "Location", "HealthcareService", "Practitioner", "PractitionerRole", "Schedule", "Patient",
            "Appointment", "Basic");
        county.Except(claimed).Select(r => r.Type.Name).Distinct().Should().BeEquivalentTo("CodeSystem");
    }

    [Fact]
    public void Own_search_parameters_of_the_server_are_those_of_the_package()
    {
        var published = ProfilePackage.Instance.All("SearchParameter")
            .Select(p => (p.Text("url"), p.Text("code"), p.Text("type"), p.Text("expression")));

        published.Should().BeEquivalentTo(
            OwnSearchParameters.All.Select(p => ((string?)p.Url, (string?)p.Code, (string?)p.Type, (string?)p.Expression))
                .Concat(OwnSearchParameters.Aliases.Select(a => ((string?)a.Url, (string?)a.Code, (string?)a.Type, (string?)null))));
    }

    [Fact]
    public void Short_search_parameters_say_what_they_stand_for()
    {
        var silent = OwnSearchParameters.Aliases.Where(alias => !alias.Meanings.IsEmpty)
            .Where(alias => !ProfilePackage.Instance.Find("SearchParameter", alias.Url)!.Text("description")!
                .Contains(alias.Meanings[0], StringComparison.Ordinal)).Select(alias => alias.Code);

        silent.Should().BeEmpty();
    }

    [Fact]
    public void National_states_of_the_server_are_those_of_the_concept_maps_both_ways()
    {
        var ofStatus = Mapped("StatusToAppointmentState").ToLookup(m => m.From, m => m.To);
        var toStatus = Mapped("AppointmentStateToStatus").ToList();

        foreach (var status in Enum.GetValues<AppointmentStatus>())
        {
            var states = NationalStates.Of(status).Select(state => state.Code).ToList();
            var meant = toStatus.Where(m => m.To == status.Code()).Select(m => m.From);
            states.FirstOrDefault().Should().Be(ofStatus[status.Code()].FirstOrDefault(), $"{status} is written so");
            states.Should().BeEquivalentTo(ofStatus[status.Code()].Union(meant), $"{status} goes with these");
        }
        var displays = ProfilePackage.Instance.Parse(
                ProfilePackage.Instance.Files.Single(f => f is { ResourceType: "ValueSet", Id: "ajanvarauksen-tila" }))["compose"]!
            .All("include").SelectMany(i => i.All("concept")).Select(c => (c.Text("code")!, c.Text("display")!));
        Enum.GetValues<AppointmentStatus>().SelectMany(status => NationalStates.Of(status))
            .Select(state => (state.Code, state.Display)).Distinct().Should().BeEquivalentTo(displays);
    }

    private static IEnumerable<(string From, string? To)> Mapped(string map) => ProfilePackage.Instance
        .All("ConceptMap").Single(m => m.Id == map).All("group").SelectMany(g => g.All("element"))
        .SelectMany(e => e.All("target").Where(t => t.Text("code") is not null).Select(t => (e.Text("code")!, t.Text("code"))));

    [Fact]
    public void Rules_are_those_that_the_server_refuses_by()
    {
        var written = Directory.EnumerateFiles(Repository.Find("src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => RuleOf().Matches(File.ReadAllText(file)).Select(m => m.Groups["code"].Value)).Distinct();

        CodeSystem("rule").All("concept").Select(c => c.Text("code")).Should().BeEquivalentTo(written);
    }

    [GeneratedRegex("RuleCodes\\.Own\\(\"(?<code>[a-z-]+)\"\\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RuleOf();
}
