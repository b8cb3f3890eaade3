using System.Text.Json.Nodes;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>What broke in the booking of other systems, and has no better place.</summary>
public sealed class LessonTests
{
    [DatabaseTheory, EachDatabase]
    public async Task R11_A_retry_of_the_same_booking_makes_nothing_new(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var body = Office.Parameters(("slot", "Slot/a9"), ("patient", "Patient/p1"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => office.SendAsync(
            HttpMethod.Post, "Appointment/$book", body, ("Idempotency-Key", "again")))));

        answers.Select(a => a.Status).Should().AllBeEquivalentTo(201);
        answers.Select(a => a.Id).Distinct().Should().ContainSingle();
        (await office.CountAsync("Appointment?patient=Patient/p1")).Should().Be(1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R17_A_hold_that_ends_is_told_as_cancelled_and_never_as_done(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var held = await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/a9"), ("patient", "Patient/p1")));

        server.Clock.Advance(TimeSpan.FromMinutes(6));
        var ended = await office.GetAsync($"Appointment/{held.Id}");
        var done = await office.PostAsync($"Appointment/{held.Id}/$fulfill", Parameters());

        ended.Body["status"]!.ToString().Should().Be("cancelled");
        ended.Text.Should().Contain("hold-expired");
        done.Status.Should().Be(409, done.Text);
        (await office.CountAsync("Appointment?patient=Patient/p1&status=booked,fulfilled,pending")).Should().Be(0);
        (await office.GetAsync($"Appointment/{held.Id}/_history")).Body["total"]!.GetValue<int>().Should().Be(2);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R18_Old_bookings_that_were_cancelled_or_moved_never_block_a_new_hold(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var cancelled = await BookAsync(office, "a9");
        var moved = await BookAsync(office, "a10");
        await office.PostAsync($"Appointment/{cancelled.Id}/$cancel", Parameters());
        await office.PostAsync($"Appointment/{moved.Id}/$reschedule", Office.Parameters(("slot", "Slot/a11")));

        var first = await HoldAsync(office, "a9");
        var second = await HoldAsync(office, "a10");

        first.Status.Should().Be(201, first.Text);
        second.Status.Should().Be(201, second.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R46_New_rules_leave_the_bookings_that_stand_as_they_are(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await PutGroupAsync(office, capacity: 3);
        var booked = await BookAsync(office, "a9");
        var seats = new[] { await BookAsync(office, "g", "p2"), await BookAsync(office, "g", "p3") };

        await PutGroupAsync(office, capacity: 1);
        await office.PutAsync("""
            {"resourceType":"Schedule","id":"a","active":true,"actor":[{"reference":"Practitioner/a"}],
             "planningHorizon":{"start":"2028-01-01"},"extension":[
             {"url":"https://ajanvaraus.example/fhir/StructureDefinition/lead-time","valueDuration":{"value":200,"system":"http://unitsofmeasure.org","code":"d"}},
             {"url":"https://ajanvaraus.example/fhir/StructureDefinition/requires-approval","valueBoolean":true}]}
            """);
        var later = await BookAsync(office, "a10");
        var full = await BookAsync(office, "g", "p4");

        later.Status.Should().Be(409, "the new rules hold for what is new");
        full.Status.Should().Be(409, full.Text);
        foreach (var standing in seats.Append(booked))
        {
            var before = await office.GetAsync($"Appointment/{standing.Id}");
            (before.Body["status"]!.ToString(), before.ETag).Should().Be(("booked", "W/\"1\""));
            var checkedIn = await office.PostAsync($"Appointment/{standing.Id}/$check-in", Parameters());
            checkedIn.Status.Should().Be(200, checkedIn.Text);
        }
    }

    [DatabaseTheory, EachDatabase]
    public async Task R48_R08_Workers_of_different_services_meet_in_one_booking_and_are_taken_for_all_others(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        foreach (var (id, service) in new[] { ("a", "perhetyo"), ("b", "paihdetyo") })
            await office.PutAsync($$"""
                {"resourceType":"Schedule","id":"{{id}}","active":true,"actor":[{"reference":"Practitioner/{{id}}"}],
                 "serviceType":[{"coding":[{"system":"http://t","code":"{{service}}"}]}]}
                """);

        var joint = await BookTimeAsync(office, "p1", "09:00", "10:00", "a", "b", "room");
        var single = await BookTimeAsync(office, "p2", "09:30", "10:00", "b");

        joint.Status.Should().Be(201, joint.Text);
        joint.Appointment["participant"]!.AsArray().Select(p => p!["actor"]!["reference"]!.ToString())
            .Should().Contain(["Patient/p1", "Practitioner/a", "Practitioner/b", "Location/room"]);
        single.Status.Should().Be(409, single.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R49_A_move_is_checked_against_the_worker_who_has_the_booking_now(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var booked = await BookTimeAsync(office, "p1", "13:00", "14:00", "a");
        await BookTimeAsync(office, "p2", "14:00", "15:00", "a");
        await BookTimeAsync(office, "p3", "15:00", "16:00", "b");
        var given = await office.PostAsync("Schedule/a/$reassign", Parameters(
            Value("period", "Period", new JsonObject { ["start"] = Office.At("13:00"), ["end"] = Office.At("14:00") }),
            Reference("candidate", "Schedule/b")));

        var busy = await MoveAsync(office, booked.Id, "15:00");
        var free = await MoveAsync(office, booked.Id, "14:00");

        given.Text.Should().Contain("moved");
        busy.Status.Should().Be(409, "b is taken then, though a is free");
        free.Status.Should().Be(200, "b is free then, though a is taken");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R52_A_worker_more_in_the_pool_never_removes_an_offer(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutAsync("""{"resourceType":"HealthcareService","id":"h","active":true}""");
        await PutMemberAsync(office, "a");
        var before = await StartsAsync(office);

        await office.PutSlotAsync("b9", "b", "09:00", "10:00", "busy");
        await PutMemberAsync(office, "b");
        var after = await StartsAsync(office);
        await office.PutSlotAsync("b15", "b", "15:00", "16:00");
        var more = await StartsAsync(office);

        before.Should().HaveCount(3);
        after.Should().Equal(before);
        more.Should().Contain(before).And.HaveCount(4);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R58_Events_of_another_calendar_block_every_time_of_a_series_that_they_meet(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        foreach (var (day, n) in new[] { ("2027-02-08", 1), ("2027-02-15", 2) })
            await office.PutAsync($$"""
                {"resourceType":"Slot","id":"outlook{{n}}","schedule":{"reference":"Schedule/a"},"status":"busy",
                 "start":"{{day}}T13:15:00+02:00","end":"{{day}}T13:45:00+02:00"}
                """);

        var report = await office.PostAsync("Appointment/$book", Parameters(
            Resource("appointment", JsonNode.Parse(Office.Appointment("p1", null, "13:00", "14:00", "proposed"))!),
            Reference("schedule", "Schedule/a"), Value("occurrence-count", "PositiveInt", 4),
            Value("on-conflict", "Code", "report")));

        report.Body["entry"]!.AsArray()[^1]!["resource"]!["issue"]!.AsArray().Select(i => i!["severity"]!.ToString())
            .Should().Equal(["information", "warning", "warning", "information"], report.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R62_A_cancelled_time_is_bookable_again_at_once_also_on_its_own_day(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine, now: $"{Office.Day}T08:30:00+02:00");
        var office = await OpenAsync(server);
        var booked = await BookAsync(office, "a10");
        server.Clock.Advance(TimeSpan.FromMinutes(50));

        await office.PostAsync($"Appointment/{booked.Id}/$cancel", Parameters());
        var offered = await office.GetAsync($"Appointment/$find?start={Office.Day}&end={Office.Day}&schedule=Schedule/a");
        var again = await BookAsync(office, "a10", "p2");

        Resources(offered).Select(a => a["start"]!.ToString()).Should().Contain(Office.At("10:00"));
        again.Status.Should().Be(201, again.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R69_What_was_cancelled_is_no_no_show(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var booked = await BookAsync(office, "a9");
        await office.PostAsync($"Appointment/{booked.Id}/$cancel", Parameters());

        var absent = await office.PostAsync($"Appointment/{booked.Id}/$no-show", Parameters());

        absent.Status.Should().Be(409, absent.Text);
        absent.Rules.Should().Contain("wrong-status");
        (await office.CountAsync("Appointment?status=noshow")).Should().Be(0);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R70_R71_An_entitlement_comes_back_with_a_cancellation_and_is_honoured_by_a_move(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutAsync($$"""
            {"resourceType":"ServiceRequest","id":"e","status":"active","intent":"order","subject":{"reference":"Patient/p1"},
             "quantityQuantity":{"value":1},"occurrencePeriod":{"start":"{{Office.Day}}","end":"{{Office.Day}}"},
             "category":[{"coding":[{"system":"https://ajanvaraus.example/fhir/CodeSystem/service-request-category",
             "code":"entitlement"}]}]}
            """);
        (string, object)[] entitled = [("slot", "Slot/a9"), ("patient", "Patient/p1"), ("entitlement", "ServiceRequest/e")];
        var first = await office.PostAsync("Appointment/$book", Office.Parameters(entitled));

        await office.PostAsync($"Appointment/{first.Id}/$cancel", Parameters());
        var second = await office.PostAsync("Appointment/$book", Office.Parameters(entitled));
        var outside = await office.PostAsync($"Appointment/{second.Id}/$reschedule", Parameters(
            Value("start", "DateTime", "2027-02-02T09:00:00+02:00")));
        var within = await MoveAsync(office, second.Id, "11:00");

        second.Status.Should().Be(201, second.Text);
        outside.Status.Should().Be(403, outside.Text);
        outside.Rules.Should().Contain("no-entitlement");
        within.Status.Should().Be(200, within.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R10_One_client_who_enrols_many_times_at_once_gets_one_seat(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await PutGroupAsync(office, capacity: 20);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => BookAsync(office, "g"))));

        answers.Count(a => a.Status == 201).Should().Be(1);
        answers.Count(a => a.Status == 409).Should().Be(11);
        (await office.CountAsync("Appointment?slot=Slot/g&status=booked")).Should().Be(1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R01_Many_who_book_over_at_once_all_get_the_time_and_those_who_do_not_get_none(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await BookTimeAsync(office, "p0", "13:00", "14:00", "a");
        var over = new JsonObject
        {
            ["name"] = "override", ["part"] = new JsonArray(Value("reason", "String", "crisis")),
        };

        var answers = await Task.WhenAll(Enumerable.Range(1, 9).Select(n => Task.Run(() => office.PostAsync(
            "Appointment/$book", Parameters(
            [
                Resource("appointment", JsonNode.Parse(Office.Appointment($"p{n}", null, "13:00", "14:00", "proposed"))!),
                Reference("schedule", "Schedule/a"), .. n % 3 == 0 ? [over.DeepClone().AsObject()] : (JsonObject[])[],
            ])))));

        answers.Select(a => a.Status).Should().Equal(409, 409, 201, 409, 409, 201, 409, 409, 201);
    }

    private static Task<Answer> BookAsync(Office office, string slot, string patient = "p1") => office.PostAsync(
        "Appointment/$book", Office.Parameters(("slot", $"Slot/{slot}"), ("patient", $"Patient/{patient}")));

    private static Task<Answer> HoldAsync(Office office, string slot) => office.PostAsync(
        "Appointment/$hold", Office.Parameters(("slot", $"Slot/{slot}"), ("patient", "Patient/p5")));

    private static Task<Answer> BookTimeAsync(Office office, string patient, string from, string to, params string[] schedules) =>
        office.PostAsync("Appointment/$book", Parameters(
        [
            Resource("appointment", JsonNode.Parse(Office.Appointment(patient, null, from, to, "proposed"))!),
            .. schedules.Select(s => Reference("schedule", $"Schedule/{s}")),
        ]));

    private static Task<Answer> MoveAsync(Office office, string id, string to) => office.PostAsync(
        $"Appointment/{id}/$reschedule", Parameters(Value("start", "DateTime", Office.At(to))));

    private static Task PutMemberAsync(Office office, string id) => office.PutAsync($$"""
        {"resourceType":"Schedule","id":"{{id}}","active":true,
         "actor":[{"reference":"Practitioner/{{id}}"},{"reference":"HealthcareService/h"}]}
        """);

    private static async Task<string[]> StartsAsync(Office office) =>
    [
        .. Resources(await office.GetAsync($"Appointment/$find?start={Office.Day}&end={Office.Day}&service=HealthcareService/h"))
            .Select(a => a["start"]!.ToString()),
    ];

    private static Task PutGroupAsync(Office office, int capacity) => office.PutAsync($$"""
        {"resourceType":"Slot","id":"g","schedule":{"reference":"Schedule/b"},"status":"free","start":"{{Office.At("09:00")}}",
         "end":"{{Office.At("10:00")}}","extension":[
         {"url":"http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity","valueInteger":{{capacity}}}]}
        """);

    /// <summary>Slots a9, a10 and a11 of Schedule/a.</summary>
    private static async Task<Office> OpenAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        foreach (var hour in new[] { 9, 10, 11 })
            await office.PutSlotAsync($"a{hour}", "a", $"{hour:00}:00", $"{hour + 1:00}:00");
        return office;
    }
}
