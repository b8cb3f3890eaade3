using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Persistence.Tests;

/// <summary>Which calendars belong to an actor, a service or an organisation.</summary>
public sealed class CalendarMembershipTests
{
    private static readonly SearchIndexer Indexer = new(new SearchParameterRegistry(R4.Definitions));

    private static readonly string[] Town =
    [
        """{"resourceType":"Organization","id":"o1"}""",
        """{"resourceType":"Organization","id":"o2"}""",
        """{"resourceType":"Location","id":"l1","managingOrganization":{"reference":"Organization/o1"}}""",
        """{"resourceType":"Location","id":"l2","managingOrganization":{"reference":"Organization/o2"}}""",
        """
        {"resourceType":"HealthcareService","id":"h1","providedBy":{"reference":"Organization/o1"},
        "type":[{"coding":[{"system":"urn:s","code":"1"}]}],"category":[{"coding":[{"system":"urn:s","code":"c"}]}]}
        """,
        """
        {"resourceType":"HealthcareService","id":"h2","providedBy":{"reference":"Organization/o2"},
        "type":[{"text":"vapaa teksti"}]}
        """,
        """{"resourceType":"Practitioner","id":"p1"}""",
        """
        {"resourceType":"PractitionerRole","id":"r1","practitioner":{"reference":"Practitioner/p1"},
        "organization":{"reference":"Organization/o2"},"healthcareService":[{"reference":"HealthcareService/h2"}]}
        """,
        """
        {"resourceType":"PractitionerRole","id":"r2","practitioner":{"reference":"Practitioner/p2"},
        "organization":{"reference":"Organization/o2"},"healthcareService":[{"reference":"HealthcareService/h2"}]}
        """,
        Schedule("by-service", "HealthcareService/h1"),
        Schedule("by-location", "Location/l1"),
        Schedule("by-practitioner", "Practitioner/p1"),
        Schedule("by-role", "PractitionerRole/r1"),
        Schedule("of-gone-role", "Practitioner/p2"),
        Schedule("by-type", "Location/l2", "serviceType", """{"coding":[{"system":"urn:s","code":"1"}]}"""),
        Schedule("by-category", "Practitioner/p3", "serviceCategory", """{"coding":[{"system":"urn:s","code":"c"}]}"""),
        Schedule("other-system", "Practitioner/p3", "serviceType", """{"coding":[{"system":"urn:t","code":"1"}]}"""),
        Schedule("only-text", "Practitioner/p3", "serviceType", """{"text":"toinen teksti"}"""),
        Schedule("deleted", "HealthcareService/h1"),
    ];

    [DatabaseTheory]
    [EachDatabase("Practitioner/p1", "by-practitioner by-role")]
    [EachDatabase("PractitionerRole/r1", "by-role")]
    [EachDatabase("Location/l1 Location/l2", "by-location by-type")]
    [EachDatabase("HealthcareService/h1", "by-service")]
    [EachDatabase("Practitioner/nobody", "")]
    public async Task Actor_has_the_calendars_that_name_it_also_in_a_role(
        DatabaseEngine engine, string actors, string expected)
    {
        await using var test = await TownAsync(engine);

        var found = await test.Store.Booking.SchedulesByActorsAsync(actors.Split(' '), default);

        Sorted(found).Should().Be(expected);
    }

    [DatabaseTheory]
    [EachDatabase("h1", "by-category by-service by-type")]
    [EachDatabase("h2", "by-practitioner by-role")]
    [EachDatabase("h1 h2", "by-category by-practitioner by-role by-service by-type")]
    [EachDatabase("h3", "")]
    public async Task Service_has_the_calendars_of_its_actors_codes_and_roles(
        DatabaseEngine engine, string services, string expected)
    {
        await using var test = await TownAsync(engine);

        var found = await test.Store.Booking.SchedulesByServicesAsync(services.Split(' '), default);

        Sorted(found).Should().Be(expected);
    }

    [DatabaseTheory]
    [EachDatabase("o1", "by-location by-service")]
    [EachDatabase("o2", "by-practitioner by-role by-type")]
    [EachDatabase("o3", "")]
    public async Task Organisation_has_the_calendars_of_its_services_locations_and_roles(
        DatabaseEngine engine, string organizations, string expected)
    {
        await using var test = await TownAsync(engine);

        var found = await test.Store.Booking.SchedulesByOrganizationsAsync(organizations.Split(' '), default);

        Sorted(found).Should().Be(expected);
    }

    private static async Task<TestStore> TownAsync(DatabaseEngine engine)
    {
        var test = await TestStore.OpenAsync(engine);
        foreach (var json in Town)
            await test.PutAsync(json, Indexer.Index(TestStore.Prepared(json).Node));
        await test.DeleteAsync("Schedule", "deleted");
        await test.DeleteAsync("PractitionerRole", "r2");
        return test;
    }

    private static string Sorted(IEnumerable<string> ids) => string.Join(" ", ids.Order(StringComparer.Ordinal));

    private static string Schedule(string id, string actor, string element = "comment", string concept = "") =>
        $$"""
        {"resourceType":"Schedule","id":"{{id}}","actor":[{"reference":"{{actor}}"}],
        "{{element}}":{{(concept.Length == 0 ? "\"-\"" : $"[{concept}]")}}}
        """;
}
