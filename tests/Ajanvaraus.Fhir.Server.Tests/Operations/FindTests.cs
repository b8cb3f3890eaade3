using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Booking;

using FluentAssertions.Execution;

namespace Ajanvaraus.Fhir.Server.Tests.Operations;

public sealed class FindTests
{
    private const string Modes = "https://ajanvaraus.example/fhir/CodeSystem/yhteystapa";

    /// <summary>Each parameter with the times that it finds in <see cref="FillAsync"/>.</summary>
    private static readonly (string Query, string[] Times)[] Searches =
    [
        ("schedule=Schedule/a", ["09:00-10:00", "10:00-11:00"]),
        ("schedule=a", ["09:00-10:00", "10:00-11:00"]),
        ("practitioner=Practitioner/b", ["09:00-10:00", "11:00-13:00"]),
        ("practitioner=Practitioner/b&practitioner=Practitioner/a", ["09:00-10:00", "10:00-11:00", "11:00-13:00"]),
        ("practitioner-role=PractitionerRole/r", ["09:00-10:00", "10:00-11:00"]),
        ("location=Location/unit", ["09:00-10:00", "10:00-11:00"]),
        ("location-reference=Location/room", ["09:00-12:00"]),
        ("location-string=TORIKA", ["09:00-10:00", "10:00-11:00"]),
        ("location-string=nowhere", []),
        ("practitioner=Practitioner/a&location=Location/unit", ["09:00-10:00", "10:00-11:00"]),
        ("practitioner=Practitioner/b&location=Location/room&duration=60", ["09:00-10:00", "11:00-12:00"]),
        ("service=HealthcareService/h", ["09:00-10:00"]),
        ("service-type=http://t|sosiaalityo&practitioner=Practitioner/a", ["09:00-10:00"]),
        ("visit-type=ohjaus", ["10:00-11:00"]),
        ("service-type=http://t|unheard", []),
        ("organization=Organization/o", ["09:00-10:00", "10:00-11:00"]),
        ("specialty=http://s|lapset", ["09:00-10:00", "10:00-11:00"]),
        ("mode=phone", ["09:00-10:00"]),
        ("mode=video", []),
        ("schedule=a&duration=30", ["09:00-09:30", "09:30-10:00", "10:00-10:30", "10:30-11:00"]),
        ("schedule=a&duration=120", ["09:00-11:00"]),
        ("schedule=a&per-day=1", ["09:00-10:00"]),
        ("schedule=a&first-only=true", ["09:00-10:00"]),
    ];

    [DatabaseTheory, EachDatabase]
    public async Task Each_parameter_finds_its_times(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await FillAsync(server);

        using var scope = new AssertionScope();
        foreach (var (query, times) in Searches)
        {
            var found = await Found.FindAsync(office, query);

            found.Answer.Status.Should().Be(200, found.Answer.Text);
            found.Times.Should().Equal(times, query);
            found.Total.Should().Be(times.Length, query);
        }
    }

    [DatabaseTheory, InlineData(DatabaseEngine.PostgreSql)]
    public async Task The_number_of_statements_does_not_grow_with_the_calendars(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = new Office(server.Http);
        await office.PutAsync("""
            {"resourceType":"HealthcareService","id":"h","active":true,"extension":[
            {"url":"https://ajanvaraus.example/fhir/StructureDefinition/lead-time","valueDuration":{"value":1,"system":"http://unitsofmeasure.org","code":"h"}},
            {"url":"https://ajanvaraus.example/fhir/StructureDefinition/buffer-after","valueDuration":{"value":15,"system":"http://unitsofmeasure.org","code":"min"}},
            {"url":"https://ajanvaraus.example/fhir/StructureDefinition/booking-limit-day","valuePositiveInt":9}]}
            """);
        for (var n = 0; n < 30; n++)
        {
            await office.PutAsync($$"""{"resourceType":"Practitioner","id":"w{{n}}","active":true}""");
            await office.PutAsync($$"""
                {"resourceType":"Schedule","id":"w{{n}}","active":true,"actor":[{"reference":"Practitioner/w{{n}}"},{"reference":"HealthcareService/h"}]}
                """);
            await office.PutSlotAsync($"w{n}", $"w{n}", $"{9 + (n % 6):00}:00", $"{10 + (n % 6):00}:00");
        }

        var few = await CountAsync(2);
        var many = await CountAsync(30);

        few.Statements.Should().BePositive().And.BeLessThan(25);
        many.Statements.Should().Be(few.Statements);
        (few.Answer.Times.Length, many.Answer.Times.Length).Should().Be((2, 6));

        Task<(int Statements, Found Answer)> CountAsync(int calendars) => StatementCount.OfAsync(
            server, () => Found.FindAsync(office, string.Join('&', Enumerable.Range(0, calendars).Select(n => $"schedule=w{n}"))));
    }

    [DatabaseTheory, EachDatabase]
    public async Task Of_several_professionals_the_first_named_is_offered(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await FillAsync(server);

        var found = await Found.FindAsync(office, "practitioner=Practitioner/b&practitioner=Practitioner/a");

        found.Matches[0]["slot"]![0]!["reference"]!.ToString().Should().Be("Slot/b1");
        found.Matches[1]["slot"]![0]!["reference"]!.ToString().Should().Be("Slot/a2");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Proposal_tells_status_participants_and_services(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await FillAsync(server);

        var found = await Found.FindAsync(
            office, "service=HealthcareService/h&patient=Patient/p1&_include=Appointment:slot");
        var proposal = found.Matches.Single();

        proposal["status"]!.ToString().Should().Be("proposed");
        proposal["start"]!.ToString().Should().Be($"{Office.Day}T09:00:00+02:00");
        proposal["serviceType"]![0]!["coding"]![0]!["code"]!.ToString().Should().Be("sosiaalityo");
        proposal["participant"]!.AsArray().Select(p => p!["actor"]!["reference"]!.ToString())
            .Should().Equal("Patient/p1", "PractitionerRole/r", "Location/unit");
        proposal["participant"]!.AsArray().Should().OnlyContain(p => p!["status"]!.ToString() == "needs-action");
        found.Included.Single()["id"]!.ToString().Should().Be("a1");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Pages_hold_every_offer_once_and_the_same_total(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await FillAsync(server);
        var all = await Found.FindAsync(office, "duration=30");

        var pages = new List<Found> { await Found.FindAsync(office, "duration=30&_count=2") };
        while (pages[^1].Next is { } next)
            pages.Add(new Found(await office.GetAsync(next)));

        all.Total.Should().BeGreaterThan(4);
        pages.Should().HaveCount((all.Total + 1) / 2).And.OnlyContain(p => p.Total == all.Total);
        pages.SelectMany(p => p.Matches).Select(m => m["id"]!.ToString())
            .Should().Equal(all.Matches.Select(m => m["id"]!.ToString()));
    }

    [DatabaseTheory, EachDatabase]
    public async Task Count_of_nothing_tells_the_total_only(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await FillAsync(server);

        var found = await Found.FindAsync(office, "schedule=a&_count=0");

        found.Total.Should().Be(2);
        found.Matches.Should().BeEmpty();
        found.Next.Should().BeNull();
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_date_is_the_local_day_when_clocks_change(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await PutSlotAsync(office, "before", "2027-03-27T21:00:00Z", "2027-03-27T22:00:00Z");
        await PutSlotAsync(office, "first", "2027-03-27T22:00:00Z", "2027-03-27T23:00:00Z");
        await PutSlotAsync(office, "last", "2027-03-28T20:00:00Z", "2027-03-28T21:00:00Z");
        await PutSlotAsync(office, "after", "2027-03-28T21:00:00Z", "2027-03-28T22:00:00Z");

        var found = new Found(await office.GetAsync("Appointment/$find?start=2027-03-28&end=2027-03-28&schedule=a"));

        found.Matches.Select(m => m["start"]!.ToString())
            .Should().Equal("2027-03-28T00:00:00+02:00", "2027-03-28T23:00:00+03:00");
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_hold_hides_the_time_from_others_and_not_from_its_holder(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await FillAsync(server);
        await office.PostAsync(
            "Appointment/$hold", Office.Parameters(("slot", "Slot/a1"), ("patient", "Patient/p0")));

        var others = await Found.FindAsync(office, "schedule=a&patient=Patient/p1");
        var holder = await Found.FindAsync(office, "schedule=a&patient=Patient/p0");

        others.Times.Should().Equal("10:00-11:00");
        holder.Times.Should().Equal("09:00-10:00", "10:00-11:00");
    }

    [DatabaseTheory, EachDatabase]
    public async Task The_time_of_an_appointment_to_be_moved_counts_as_free(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await FillAsync(server);
        var booked = await office.PostAsync(
            "Appointment/$book", Office.Parameters(("slot", "Slot/a1"), ("patient", "Patient/p0")));

        var plain = await Found.FindAsync(office, "schedule=a");
        var moving = await Found.FindAsync(office, $"schedule=a&ignore-appointment=Appointment/{booked.Id}");

        plain.Times.Should().Equal("10:00-11:00");
        moving.Times.Should().Equal("09:00-10:00", "10:00-11:00");
    }

    [DatabaseTheory]
    [EachDatabase("practitioner=Practitioner/b")]
    [EachDatabase("schedule=a&duration=120")]
    [EachDatabase("schedule=b&duration=45")]
    [EachDatabase("practitioner=Practitioner/b&location=Location/room&duration=60")]
    [EachDatabase("mode=phone")]
    public async Task R20_Everything_offered_can_be_booked(DatabaseEngine engine, string query)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await FillAsync(server);

        for (var round = 0; round < 5; round++)
        {
            var found = await Found.FindAsync(office, $"{query}&patient=Patient/p{round}");
            if (found.Total == 0)
            {
                round.Should().BePositive("something is offered at first");
                return;
            }
            var offer = found.Matches[^1];

            var booked = await office.PostAsync("Appointment/$book", offer.ToJsonString());

            booked.Status.Should().Be(201, booked.Text);
            booked.Appointment["start"]!.ToString().Should().Be(offer["start"]!.ToString());
        }
    }

    [DatabaseTheory, EachDatabase]
    public async Task R20_An_offer_given_back_or_with_seats_left_can_be_booked_again(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync($$"""
            {"resourceType":"Slot","id":"group","schedule":{"reference":"Schedule/a"},"status":"free",
             "extension":[{"url":"http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity","valueInteger":2}],
             "start":"{{Office.At("09:00")}}","end":"{{Office.At("10:00")}}"}
            """);
        var ids = new List<string>();
        foreach (var patient in new[] { "p0", "p1" })
        {
            var offer = (await Found.FindAsync(office, $"schedule=a&patient=Patient/{patient}")).Matches.Single();
            var booked = await office.PostAsync("Appointment/$book", offer.ToJsonString());
            booked.Status.Should().Be(201, booked.Text);
            ids.Add(booked.Id);
        }
        var full = await Found.FindAsync(office, "schedule=a");
        await office.PostAsync($"Appointment/{ids[0]}/$cancel", Office.Parameters());

        var again = (await Found.FindAsync(office, "schedule=a&patient=Patient/p2")).Matches.Single();
        var last = await office.PostAsync("Appointment/$book", again.ToJsonString());

        full.Total.Should().Be(0);
        last.Status.Should().Be(201, last.Text);
        ids.Append(last.Id).Should().OnlyHaveUniqueItems();
    }

    [DatabaseTheory, EachDatabase]
    public async Task Slots_come_as_stored_and_parts_of_longer_ones_cut(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await FillAsync(server);

        var whole = await Found.FindAsync(office, "practitioner=Practitioner/b", "Slot");
        var cut = await Found.FindAsync(office, "schedule=b&duration=60", "Slot");
        var ofSchedule = new Found(await office.GetAsync($"Schedule/b/$find?start={Office.Day}&end={Office.Day}"));
        var alias = new Found(await office.GetAsync($"Slot/$prefetch?start={Office.Day}&end={Office.Day}&schedule=b"));

        whole.Matches.Select(s => s["id"]!.ToString()).Should().Equal("b1", "b2");
        cut.Times.Should().Equal("09:00-10:00", "11:00-12:00", "12:00-13:00");
        cut.Matches.Select(s => s["id"]?.ToString()).Should().Equal("b1", null, null);
        ofSchedule.Times.Should().Equal(whole.Times);
        alias.Times.Should().Equal(whole.Times);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Parameters_by_POST_find_the_same_and_their_next_link_works(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await FillAsync(server);
        const string Body = """
            {"resourceType":"Parameters","parameter":[
             {"name":"start","valueDate":"2027-02-01"},{"name":"end","valueDate":"2027-02-01"},
             {"name":"schedule","valueReference":{"reference":"Schedule/a"}},
             {"name":"mode","valueCoding":{"system":"https://ajanvaraus.example/fhir/CodeSystem/yhteystapa","code":"phone"}},
             {"name":"duration","valueDuration":{"value":0.5,"system":"http://unitsofmeasure.org","code":"h"}},
             {"name":"_count","valueInteger":1}]}
            """;

        var first = new Found(await office.PostAsync("Appointment/$find", Body));
        var second = new Found(await office.GetAsync(first.Next!));

        first.Times.Should().Equal("09:00-09:30");
        second.Times.Should().Equal("09:30-10:00");
        second.Next.Should().BeNull();
    }

    private static async Task<Office> FillAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync("""{"resourceType":"Organization","id":"o","active":true,"name":"Siun"}""");
        await office.PutAsync("""{"resourceType":"Location","id":"unit","status":"active","name":"Torikadun toimisto"}""");
        await office.PutAsync("""
            {"resourceType":"HealthcareService","id":"h","active":true,"providedBy":{"reference":"Organization/o"},
             "type":[{"coding":[{"system":"http://t","code":"sosiaalityo"}]}]}
            """);
        await office.PutAsync("""
            {"resourceType":"PractitionerRole","id":"r","active":true,"practitioner":{"reference":"Practitioner/a"},
             "organization":{"reference":"Organization/o"},"healthcareService":[{"reference":"HealthcareService/h"}],
             "specialty":[{"coding":[{"system":"http://s","code":"lapset"}]}]}
            """);
        await office.PutAsync("""
            {"resourceType":"Schedule","id":"a","active":true,
             "actor":[{"reference":"PractitionerRole/r"},{"reference":"Location/unit"}]}
            """);
        await PutTypedSlotAsync(office, "a1", "a", "09:00", "10:00", "sosiaalityo", "phone");
        await PutTypedSlotAsync(office, "a2", "a", "10:00", "11:00", "ohjaus", "office");
        await PutTypedSlotAsync(office, "b1", "b", "09:00", "10:00", "sosiaalityo", "office");
        await PutTypedSlotAsync(office, "b2", "b", "11:00", "13:00", "perhetyo", "home");
        await office.PutSlotAsync("r1", "room", "09:00", "12:00");
        return office;
    }

    private static Task PutTypedSlotAsync(
        Office office, string id, string schedule, string from, string to, string type, string mode) =>
        office.PutAsync(new JsonObject
        {
            ["resourceType"] = "Slot",
            ["id"] = id,
            ["serviceType"] = new JsonArray(Concept("http://t", type)),
            ["appointmentType"] = Concept(Modes, mode),
            ["schedule"] = new JsonObject { ["reference"] = $"Schedule/{schedule}" },
            ["status"] = "free",
            ["start"] = Office.At(from),
            ["end"] = Office.At(to),
        }.ToJsonString());

    private static JsonObject Concept(string system, string code) =>
        new() { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }) };

    private static Task PutSlotAsync(Office office, string id, string start, string end) => office.PutAsync($$"""
        {"resourceType":"Slot","id":"{{id}}","schedule":{"reference":"Schedule/a"},"status":"free",
         "start":"{{start}}","end":"{{end}}"}
        """);
}
