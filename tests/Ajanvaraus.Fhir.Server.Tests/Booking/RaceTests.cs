namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Races and double booking, over HTTP.</summary>
public sealed class RaceTests
{
    [DatabaseTheory, EachDatabase]
    public async Task R01_Fifty_parallel_bookings_of_one_time_make_one_appointment(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => office.PostAsync(
            "Appointment/$book", Office.Parameters(("slot", "Slot/s"), ("patient", $"Patient/p{i % 10}")))));

        answers.Count(a => a.Status == 201).Should().Be(1);
        answers.Count(a => a.Status == 409).Should().Be(49);
        answers.Where(a => a.Status == 409).Should().OnlyContain(a => a.IssueCodes.Contains("conflict"));
        (await office.SlotStatusAsync("s")).Should().Be("busy");
        (await office.CountAsync("Appointment?slot=Slot/s")).Should().Be(1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R02_A_refused_booking_leaves_nothing_behind(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        await office.PutSlotAsync("taken", "room", "09:00", "10:00", "busy");
        var before = await office.CountAsync("Appointment?_lastUpdated=gt2000-01-01");

        var answer = await office.PostAsync("Appointment/$book", Office.Parameters(
            ("slot", "Slot/s"), ("slot", "Slot/taken"), ("patient", "Patient/p0")));

        answer.Status.Should().Be(409);
        (await office.SlotStatusAsync("s")).Should().Be("free");
        (await office.CountAsync("Appointment?_lastUpdated=gt2000-01-01")).Should().Be(before);
        var again = await office.PostAsync("Appointment/$book", Office.Parameters(("slot", "Slot/s"), ("patient", "Patient/p0")));
        again.Status.Should().Be(201);
    }

    [DatabaseTheory]
    [EachDatabase("pending")]
    [EachDatabase("booked")]
    [EachDatabase("arrived")]
    [EachDatabase("checked-in")]
    [EachDatabase("fulfilled")]
    public async Task R03_Every_occupying_status_takes_the_time(DatabaseEngine engine, string status)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        var first = await office.PostAsync("Appointment", Office.Appointment("p0", "s", "09:00", "10:00", status));

        var second = await office.PostAsync("Appointment", Office.Appointment("p1", "s", "09:00", "10:00"));

        first.Status.Should().Be(201, first.Text);
        second.Status.Should().Be(409);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R04_A_lost_race_is_a_conflict_and_never_a_server_error(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        for (var i = 0; i < 5; i++)
            await office.PutSlotAsync($"s{i}", "a", $"{9 + i:00}:00", $"{10 + i:00}:00");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => office.PostAsync(
            "Appointment", Office.Appointment($"p{i % 10}", $"s{i % 5}", $"{9 + (i % 5):00}:00", $"{10 + (i % 5):00}:00"))));

        answers.Select(a => a.Status).Distinct().Should().BeEquivalentTo([201, 409]);
        answers.Count(a => a.Status == 201).Should().Be(5);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R05_Any_worker_booked_in_parallel_gives_two_workers_or_a_conflict(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("sa", "a", "09:00", "10:00");
        await office.PutSlotAsync("sb", "b", "09:00", "10:00");

        var offers = (await office.GetAsync(
            $"Appointment/$find?start={Office.Day}&end=2027-02-02&schedule=Schedule/a&schedule=Schedule/b")).Body["entry"]!.AsArray();
        var answers = await Task.WhenAll(new[] { "sa", "sb", "sa", "sb" }.Select((slot, i) => office.PostAsync(
            "Appointment/$book", Office.Parameters(("slot", $"Slot/{slot}"), ("patient", $"Patient/p{i}")))));

        offers.Should().HaveCount(1, "the same time is listed once");
        answers.Count(a => a.Status == 201).Should().Be(2);
        answers.Count(a => a.Status == 409).Should().Be(2);
    }

    [DatabaseTheory]
    [EachDatabase("post")]
    [EachDatabase("put")]
    [EachDatabase("transaction")]
    [EachDatabase("book")]
    [EachDatabase("hold")]
    public async Task R06_Every_door_obeys_the_same_rule(DatabaseEngine engine, string door)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        (await office.PostAsync("Appointment", Office.Appointment("p0", "s", "09:00", "10:00"))).Status.Should().Be(201);

        var answer = await EnterAsync(office, door);

        answer.Status.Should().Be(409, answer.Text);
        answer.Rules.Should().Contain(["slot-unavailable", "DUPLICATE_REJECTED", "REC_CONFLICT"]);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R06_An_absolute_reference_to_an_own_slot_books_it(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        var absolute = Office.Appointment("p0", "s", "09:00", "10:00")
            .Replace("\"Slot/s\"", $"\"{server.Http.BaseAddress}Slot/s\"", StringComparison.Ordinal);

        var first = await office.PostAsync("Appointment", absolute);
        var second = await office.PostAsync("Appointment", absolute);

        (first.Status, second.Status).Should().Be((201, 409));
        (await office.SlotStatusAsync("s")).Should().Be("busy");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R06_A_reference_below_another_address_of_the_server_books_its_slot(DatabaseEngine engine)
    {
        const string proxy = "https://ajanvaraus.example/fhir";
        await using var server = await FhirServer.StartAsync(engine, knownAs: proxy);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        var absolute = Office.Appointment("p0", "s", "09:00", "10:00")
            .Replace("\"Slot/s\"", $"\"{proxy}/Slot/s\"", StringComparison.Ordinal);

        var booked = await office.PostAsync("Appointment", absolute);

        booked.Status.Should().Be(201, booked.Text);
        (await office.SlotStatusAsync("s")).Should().Be("busy");
    }

    [DatabaseTheory]
    [EachDatabase("""{"identifier":{"value":"s"} }""")]
    [EachDatabase("""{"reference":"https://elsewhere.example/fhir/Slot/s"}""")]
    public async Task R06_A_create_that_names_a_slot_which_cannot_be_protected_is_refused(
        DatabaseEngine engine, string slot)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        var body = Office.Appointment("p0", "s", "09:00", "10:00")
            .Replace("""{"reference":"Slot/s"}""", slot, StringComparison.Ordinal);

        var answer = await office.PostAsync("Appointment", body);

        answer.Status.Should().Be(422, answer.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R06_A_create_that_names_an_unknown_slot_is_refused(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);

        var answer = await office.PostAsync("Appointment", Office.Appointment("p0", "nowhere", "09:00", "10:00"));

        answer.Status.Should().Be(422, answer.Text);
        answer.Rules.Should().Contain("reference-not-found");
    }

    private static Task<Answer> EnterAsync(Office office, string door) => door switch
    {
        "post" => office.PostAsync("Appointment", Office.Appointment("p1", "s", "09:00", "10:00")),
        "put" => office.SendAsync(
            HttpMethod.Put, "Appointment/mine", Office.Appointment("p1", "s", "09:00", "10:00", id: "mine")),
        "transaction" => office.PostAsync("", $$"""
            {"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"urn:uuid:6e5f9b9c-7a3b-4f0e-9c56-0a4b7d6b8a11",
             "resource":{{Office.Appointment("p1", "s", "09:00", "10:00")}},
             "request":{"method":"POST","url":"Appointment"} }]}
            """),
        "hold" => office.PostAsync(
            "Appointment/$hold", Office.Parameters(("slot", "Slot/s"), ("patient", "Patient/p1"))),
        _ => office.PostAsync(
            "Appointment/$book", Office.Parameters(("slot", "Slot/s"), ("patient", "Patient/p1"))),
    };

    [DatabaseTheory, EachDatabase]
    public async Task R07_Moving_into_a_taken_time_is_refused_and_the_old_time_stays(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s1", "a", "09:00", "10:00");
        await office.PutSlotAsync("s2", "a", "10:00", "11:00");
        var mine = await office.PostAsync("Appointment", Office.Appointment("p0", "s1", "09:00", "10:00"));
        await office.PostAsync("Appointment", Office.Appointment("p1", "s2", "10:00", "11:00"));

        var moved = await office.PostAsync(
            $"Appointment/{mine.Id}/$reschedule", Office.Parameters(("slot", "Slot/s2")));
        var put = await office.SendAsync(
            HttpMethod.Put, $"Appointment/{mine.Id}", Office.Appointment("p0", "s2", "10:00", "11:00", id: mine.Id));

        moved.Status.Should().Be(409);
        put.Status.Should().Be(409);
        (await office.GetAsync($"Appointment/{mine.Id}")).Appointment["start"]!.ToString().Should().Be(Office.At("09:00"));
        (await office.SlotStatusAsync("s1")).Should().Be("busy");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R08_A_worker_in_a_joint_meeting_is_busy_for_every_other_calendar(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync("""
            {"resourceType":"Schedule","id":"a-other","active":true,"actor":[{"reference":"Practitioner/a"}]}
            """);
        await office.PutSlotAsync("sa", "a", "09:00", "10:00");
        await office.PutSlotAsync("sb", "b", "09:00", "10:00");
        await office.PutSlotAsync("so", "a-other", "09:30", "10:30");
        var joint = await office.PostAsync("Appointment/$book", Office.Parameters(
            ("slot", "Slot/sa"), ("slot", "Slot/sb"), ("patient", "Patient/p0")));

        var other = await office.PostAsync("Appointment/$book", Office.Parameters(
            ("slot", "Slot/so"), ("patient", "Patient/p1")));

        joint.Status.Should().Be(201, joint.Text);
        other.Status.Should().Be(409);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R09_A_room_is_not_booked_twice_in_overlapping_times(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        var first = await office.PostAsync("Appointment", Office.Appointment(
            "p0", null, "09:00", "10:00", actors: ["Practitioner/a", "Location/room"]));

        var overlapping = await office.PostAsync("Appointment", Office.Appointment(
            "p1", null, "09:30", "10:30", actors: ["Practitioner/b", "Location/room"]));
        var touching = await office.PostAsync("Appointment", Office.Appointment(
            "p1", null, "10:00", "10:30", actors: ["Practitioner/b", "Location/room"]));

        first.Status.Should().Be(201, first.Text);
        overlapping.Status.Should().Be(409);
        touching.Status.Should().Be(201, touching.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Transaction_that_makes_a_slot_busy_and_books_it_is_one_booking(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        string Bundle(string patient) => $$"""
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"resource":{"resourceType":"Slot","id":"s","schedule":{"reference":"Schedule/a"},"status":"busy",
               "start":"{{Office.At("09:00")}}","end":"{{Office.At("10:00")}}","comment":"booked elsewhere"},
              "request":{"method":"PUT","url":"Slot/s","ifMatch":"W/\"1\""} },
             {"resource":{{Office.Appointment(patient, "s", "09:00", "10:00")}},"request":{"method":"POST","url":"Appointment"} }]}
            """;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => office.PostAsync("", Bundle($"p{i % 10}"))));

        answers.Count(a => a.Status == 200).Should().Be(1, answers[0].Text);
        answers.Where(a => a.Status != 200).Should().OnlyContain(a => a.Status == 409 || a.Status == 412);
        var slot = (await office.GetAsync("Slot/s")).Body;
        slot["status"]!.ToString().Should().Be("busy");
        slot["comment"]!.ToString().Should().Be("booked elsewhere");
        slot["meta"]!["versionId"]!.ToString().Should().Be("2");
    }
}
