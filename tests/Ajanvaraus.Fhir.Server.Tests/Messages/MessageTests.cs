using System.Collections.Concurrent;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Messages;
using Ajanvaraus.Fhir.Server.Tests.Booking;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Messages;

/// <summary>Clients are told of their bookings by a gateway, once, and of what still holds.</summary>
public sealed class MessageTests
{
    private const string Base = "https://ajanvaraus.example/fhir/StructureDefinition/";
    private const string Dead = "somebody else";
    private const string Day = """{"value":1,"system":"http://unitsofmeasure.org","code":"d"}""";

    [DatabaseTheory, EachDatabase]
    public async Task R64_A_booking_is_reminded_of_once_a_moved_one_at_its_new_time_and_a_cancelled_one_never(DatabaseEngine engine)
    {
        using var gateway = new MessageGatewayDouble();
        await using var server = await StartAsync(engine, gateway);
        var office = await OpenAsync(server);
        await BookAsync(office, "p1", "09:00", "10:00");
        var moved = await BookAsync(office, "p2", "10:00", "11:00");
        var cancelled = await BookAsync(office, "p3", "11:00", "12:00");
        (await office.PostAsync($"Appointment/{moved.Id}/$reschedule", Office.Parameters(("slot", "Slot/s1400")))).Status.Should().Be(200);
        (await office.PostAsync($"Appointment/{cancelled.Id}/$cancel", Office.Parameters())).Status.Should().Be(200);

        await UntilAsync(server, "2027-01-31T08:59:00+02:00");
        var early = gateway.Taken.Count;
        await UntilAsync(server, "2027-01-31T13:59:00+02:00");
        var before = gateway.Taken.ToList();
        var late = await BookAsync(office, "p5", "13:00", "14:00");
        await UntilAsync(server, "2027-01-31T14:00:01+02:00");
        await UntilAsync(server, "2027-02-01T16:00:00+02:00");

        early.Should().Be(0);
        before.Select(m => (m.To, m.Text)).Should().Equal(("+358401000001", "Muistutus: sinulle on varattu aika ma 1.2.2027 klo 9.00."));
        late.Status.Should().Be(201);
        gateway.Taken.Select(m => (m.To, m.Language, m.Text)).Should().BeEquivalentTo(
        [
            ("+358401000001", "fi", "Muistutus: sinulle on varattu aika ma 1.2.2027 klo 9.00."),
            ("+358401000002", "sv", "Påminnelse: du har en bokad tid må 1.2.2027 kl. 14.00."),
        ]);
        gateway.Tries.Values.Should().AllBeEquivalentTo(1);
        gateway.Faults.Should().BeEmpty();
        var sent = Resources(await office.GetAsync("Communication?status=completed&_sort=sent"));
        sent.Select(c => c["about"]![0]!["reference"]!.ToString()).Should().HaveCount(2).And.EndWith($"Appointment/{moved.Id}");
        (await office.CountAsync("Communication?_id:missing=false")).Should().Be(2, "of the cancelled one nothing is left");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R64_A_booking_that_goes_there_and_back_is_reminded_of_once(DatabaseEngine engine)
    {
        using var gateway = new MessageGatewayDouble();
        await using var server = await StartAsync(engine, gateway);
        var office = await OpenAsync(server);
        var booked = await BookAsync(office, "p1", "09:00", "10:00");
        foreach (var slot in (string[])["s1400", "s0900"])
            (await office.PostAsync($"Appointment/{booked.Id}/$reschedule", Office.Parameters(("slot", $"Slot/{slot}")))).Status.Should().Be(200);
        (await office.PatchAsync($"Appointment/{booked.Id}", """[{"op":"add","path":"/comment","value":"Ovikoodi 1"}]""")).Status.Should().Be(200);

        await UntilAsync(server, "2027-01-31T09:00:01+02:00");
        await UntilAsync(server, "2027-02-01T08:00:00+02:00");

        gateway.Taken.Should().ContainSingle().Which.Text.Should().Contain("9.00");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Who_has_no_number_is_not_reached_and_that_is_written_down(DatabaseEngine engine)
    {
        using var gateway = new MessageGatewayDouble((_, _) => GatewayMood.NoSuchNumber);
        await using var server = await StartAsync(engine, gateway);
        var office = await OpenAsync(server);
        await BookAsync(office, "p3", "09:00", "10:00");
        await BookAsync(office, "p1", "10:00", "11:00");
        await BookAsync(office, "p4", "11:00", "12:00");
        await office.PutAsync("""{"resourceType":"Patient","id":"p4","active":true,"deceasedDateTime":"2027-01-20","telecom":[{"system":"sms","value":"0401000004"}]}""");

        await UntilAsync(server, "2027-01-31T12:00:00+02:00");

        gateway.Tries.Should().ContainSingle("one has no number, one has died");
        gateway.Taken.Should().BeEmpty();
        var left = Resources(await office.GetAsync("Communication?status=not-done"));
        left.Select(c => c["recipient"]![0]!["reference"]!.ToString()).Should().BeEquivalentTo("Patient/p3", "Patient/p1");
        left.Select(c => c["statusReason"]!["coding"]![0]!["code"]!.ToString()).Should().AllBeEquivalentTo("invalid-phone-number");
        left.Should().OnlyContain(c => c["sent"] == null);
    }

    [DatabaseTheory, EachDatabase]
    public async Task The_number_chosen_for_the_booking_goes_before_those_of_the_client(DatabaseEngine engine)
    {
        using var gateway = new MessageGatewayDouble();
        await using var server = await StartAsync(engine, gateway);
        var office = await OpenAsync(server);
        await office.PutAsync("""
            {"resourceType":"Patient","id":"p6","active":true,"telecom":[{"system":"phone","use":"home","value":"03 123 4567"},
             {"system":"email","value":"a@example.org"},{"system":"phone","use":"mobile","value":"(040) 600-0000"},
             {"system":"sms","value":"0406666666","period":{"end":"2026-12-31"}},{"system":"sms","use":"old","value":"0406666667"}]}
            """);
        var chosen = JsonNode.Parse(Office.Appointment("p6", "s0900", "09:00", "10:00"))!;
        chosen["extension"] = JsonNode.Parse($$"""
            [{"url":"{{FinnishExtensions.NotificationInfo}}","valueContactPoint":{"system":"sms","value":"+358 50 777 7777"} }]
            """);
        (await office.PostAsync("Appointment", chosen.ToJsonString())).Status.Should().Be(201);
        await BookAsync(office, "p6", "10:00", "11:00");

        await UntilAsync(server, "2027-01-31T12:00:00+02:00");

        gateway.Taken.Select(m => m.To).Should().BeEquivalentTo("+358507777777", "0406000000");
    }

    [DatabaseTheory, EachDatabase]
    public async Task The_time_is_told_by_the_clock_of_the_calendar(DatabaseEngine engine)
    {
        using var gateway = new MessageGatewayDouble();
        await using var server = await StartAsync(engine, gateway);
        var office = await OpenAsync(server);
        await office.PutAsync($$"""
            {"resourceType":"Schedule","id":"b","active":true,"extension":[{"url":"{{Canonicals.TimeZone}}","valueCode":"Europe/Stockholm"},
             {"url":"{{Base}}reminder-before","valueDuration":{{Day}} }],"actor":[{"reference":"Practitioner/b"}]}
            """);
        await office.PutSlotAsync("west", "b", "13:00", "14:00");
        foreach (var (patient, slot, hour) in new[] { ("p1", "s0900", 7), ("p2", "west", 11) })
            (await office.PostAsync("Appointment", $$"""
                {"resourceType":"Appointment","status":"booked","start":"2027-02-01T{{hour:00}}:00:00Z","end":"2027-02-01T{{hour + 1:00}}:00:00Z","slot":[{"reference":"Slot/{{slot}}"}],
                 "participant":[{"actor":{"reference":"Patient/{{patient}}"},"status":"accepted"}]}
                """)).Status.Should().Be(201);

        await UntilAsync(server, "2027-01-31T13:00:01+02:00");

        gateway.Taken.Select(m => m.Text).Should().BeEquivalentTo(
            "Muistutus: sinulle on varattu aika ma 1.2.2027 klo 9.00.", "Påminnelse: du har en bokad tid må 1.2.2027 kl. 12.00.");
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_message_that_nobody_takes_is_given_up_after_ten_tries_and_keeps_no_other_waiting(DatabaseEngine engine)
    {
        var poisoned = new ConcurrentBag<string>();
        // The first that comes is never taken.
        using var gateway = new MessageGatewayDouble((key, _) =>
        {
            if (poisoned.IsEmpty)
                poisoned.Add(key);
            return poisoned.Contains(key) ? GatewayMood.Fail : GatewayMood.Take;
        });
        await using var server = await StartAsync(engine, gateway);
        var office = await OpenAsync(server);
        await BookAsync(office, "p1", "09:00", "10:00");
        await BookAsync(office, "p2", "10:00", "11:00");

        await UntilAsync(server, "2027-01-31T09:00:01+02:00");
        for (var minutes = 0; minutes < 600; minutes += 10)
        {
            server.Clock.Advance(TimeSpan.FromMinutes(10));
            await SettleAsync(server);
        }

        gateway.Tries[poisoned.Single()].Should().Be(MessageSender.MostTries);
        gateway.Taken.Should().ContainSingle();
        var left = Resources(await office.GetAsync("Communication?status=not-done"));
        left.Should().ContainSingle()
            .Which["statusReason"]!["coding"]![0]!["code"]!.ToString().Should().Be("system-error");
        var metrics = await server.Http.GetStringAsync("/metrics");
        metrics.Should().Contain("ajanvaraus_messages_total{outcome=\"failed\"} 1\n")
            .And.Contain("ajanvaraus_messages_total{outcome=\"sent\"} 1\n")
            .And.Contain("ajanvaraus_messages_total{outcome=\"deferred\"} 9\n")
            .And.Contain("ajanvaraus_outbox{state=\"waiting\"} 0\n").And.Contain("ajanvaraus_outbox{state=\"due\"} 0\n");
    }

    [DatabaseTheory, EachDatabase]
    public async Task An_answer_that_is_lost_has_the_message_come_again_under_its_key(DatabaseEngine engine)
    {
        using var gateway = new MessageGatewayDouble((_, tries) => tries switch
        {
            1 => GatewayMood.TakeAndBeSilent,
            2 => GatewayMood.TakeAndCut,
            _ => GatewayMood.Take,
        });
        await using var server = await StartAsync(engine, gateway);
        var office = await OpenAsync(server);
        await BookAsync(office, "p1", "09:00", "10:00");

        await UntilAsync(server, "2027-01-31T09:00:01+02:00");
        await UntilAsync(server, "2027-01-31T09:01:00+02:00");
        await UntilAsync(server, "2027-01-31T09:02:00+02:00");

        gateway.Tries.Should().ContainSingle().Which.Value.Should().Be(3);
        gateway.Taken.Should().ContainSingle();
        gateway.Faults.Should().BeEmpty();
        (await office.CountAsync("Communication?status=completed")).Should().Be(1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task What_a_dead_process_had_taken_is_sent_by_another_when_its_time_is_over(DatabaseEngine engine)
    {
        using var gateway = new MessageGatewayDouble();
        await using var server = await StartAsync(engine, gateway);
        var office = await OpenAsync(server);
        await BookAsync(office, "p1", "09:00", "10:00");
        var due = FhirInstant.MicrosOf(DateTimeOffset.Parse("2027-01-31T09:00:00+02:00"));
        var taken = await server.Store.WriteAsync<int>(
            async s => (await s.Outbox.TakeAsync(due, due + 60_000_000, Dead, 10)).Count, default);

        await UntilAsync(server, "2027-01-31T09:00:59+02:00");
        var meanwhile = gateway.Taken.Count;
        await UntilAsync(server, "2027-01-31T09:01:01+02:00");

        taken.Value.Should().Be(1);
        meanwhile.Should().Be(0);
        gateway.Taken.Should().ContainSingle();
    }

    [DatabaseTheory, EachDatabase]
    public async Task What_the_server_requests_to_be_told_is_sent_at_once_and_completed(DatabaseEngine engine)
    {
        using var gateway = new MessageGatewayDouble();
        await using var server = await StartAsync(engine, gateway);
        var office = await OpenAsync(server, $$"""{"url":"{{Base}}requires-approval","valueBoolean":true},""");
        var (approved, declined) = (await AskAsync(office, "p1", "s0900"), await AskAsync(office, "p2", "s1000"));
        var waiting = await server.Store.QueryAsync(s => s.Outbox.WaitingAsync(long.MaxValue), default);

        await office.PostAsync("AppointmentResponse", Response(approved.Id, "accepted"));
        await office.PostAsync("AppointmentResponse", Response(declined.Id, "declined"));
        await UntilAsync(server, "2027-01-25T08:00:05+02:00");
        var told = gateway.Taken.Select(m => m.Text).ToList();
        await UntilAsync(server, "2027-01-31T12:00:00+02:00");

        waiting.Waiting.Should().Be(0, "nobody is reminded of what is not booked");
        told.Should().BeEquivalentTo(
            "Aikasi on vahvistettu: ma 1.2.2027 klo 9.00.", "Din bokade tid må 1.2.2027 kl. 10.00 har avbokats.");
        gateway.Taken.Should().HaveCount(3, "the one that is booked now is reminded of");
        (await office.CountAsync("CommunicationRequest?status=active")).Should().Be(0);
        var sent = Resources(await office.GetAsync("Communication?status=completed"));
        sent.Select(c => c["category"]![0]!["coding"]![0]!["code"]!.ToString()).Should().BeEquivalentTo("confirmation", "cancellation", "reminder");
        sent.Count(c => c["basedOn"] is not null).Should().Be(2);
    }

    [Fact]
    public async Task Messages_into_a_folder_are_files_with_a_name_that_tells_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("messages");
        try
        {
            await using var server = await FhirServer.StartAsync(
                DatabaseEngine.Sqlite, "2027-01-25T08:00:00+02:00", with: o => o with { Messages = new($"file:{folder.FullName}") }, movesTimers: true);
            var office = await OpenAsync(server);
            await BookAsync(office, "p1", "09:00", "10:00");

            await UntilAsync(server, "2027-01-31T09:00:01+02:00");

            var file = folder.GetFiles().Should().ContainSingle().Which;
            file.Name.Should().MatchRegex("^[0-9a-f]{64}\\.json$");
            JsonNode.Parse(await File.ReadAllTextAsync(file.FullName))!["text"]!.ToString().Should().StartWith("Muistutus");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_server_without_gateway_writes_no_messages_down()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite, "2027-01-25T08:00:00+02:00");
        var office = await OpenAsync(server);
        await BookAsync(office, "p1", "09:00", "10:00");

        (await server.Store.QueryAsync(s => s.Outbox.WaitingAsync(long.MaxValue), default)).Waiting.Should().Be(0);
    }

    [Fact]
    public void R15_R32_Each_message_is_written_in_three_languages_and_names_no_service_place_or_matter()
    {
        string[] forbidden =
        [
            "lastensuojelu", "päihde", "toimeentulo", "turvakoti", "sosiaali", "perhe", "vammais", "ikäihm", "asiakas", "barnskydd", "missbruk",
            "utkomststöd", "skyddshem", "social", "familj", "klient", "child", "welfare", "abuse", "shelter", "family", "client",
        ];

        foreach (var kind in MessageTexts.All.Select(t => t.Kind).Distinct())
            MessageTexts.All.Where(t => t.Kind == kind).Select(t => t.Language).Should().BeEquivalentTo(["fi", "sv", "en"], kind);
        MessageTexts.All.Select(t => t.Kind).Distinct().Should().BeEquivalentTo("reminder", "confirmation", "change", "cancellation");
        foreach (var (_, language, text) in MessageTexts.All)
        {
            text.Should().Contain("{0}").And.NotContainAny(forbidden).And.NotContainAny(forbidden.Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
            MessageTexts.LanguageOf(language + "-FI").Should().Be(language);
        }
        MessageTexts.LanguageOf("ru").Should().Be("fi");
        MessageTexts.LanguageOf(null).Should().Be("fi");
        MessageTexts.Of("reminder", "en", new DateTimeOffset(2027, 2, 7, 9, 5, 0, TimeSpan.FromHours(2)))
            .Should().Be("Reminder: you have an appointment on Sun 7.2.2027 at 9.05.");
    }

    private static Task<FhirServer> StartAsync(DatabaseEngine engine, MessageGatewayDouble gateway) => FhirServer.StartAsync(
        engine, "2027-01-25T08:00:00+02:00", movesTimers: true, with: o => o with
        {
            Messages = new MessageOptions(gateway.Url) { Secret = MessageGatewayDouble.Secret, Patience = TimeSpan.FromSeconds(1) },
        });

    /// <summary>Its calendar reminds a day before; p1 has a number, p2 one and speaks Swedish, p3 has none.</summary>
    private static async Task<Office> OpenAsync(FhirServer server, string more = "")
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync($$"""
            {"resourceType":"HealthcareService","id":"h","active":true,"extension":[{{more}}{"url":"{{Base}}reminder-before","valueDuration":{{Day}} }]}
            """);
        await office.PutAsync("""
            {"resourceType":"Schedule","id":"a","active":true,"actor":[{"reference":"Practitioner/a"},{"reference":"HealthcareService/h"}]}
            """);
        foreach (var hour in (int[])[9, 10, 11, 13, 14])
            await office.PutSlotAsync($"s{hour:00}00", "a", $"{hour:00}:00", $"{hour + 1:00}:00");
        await office.PutAsync("""{"resourceType":"Patient","id":"p1","active":true,"telecom":[{"system":"sms","value":"+358 40 100 0001"}]}""");
        await office.PutAsync("""
            {"resourceType":"Patient","id":"p2","active":true,"telecom":[{"system":"phone","use":"mobile","value":"+358401000002"}],
             "communication":[{"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"fi"}]}},
              {"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"sv-FI"}]},"preferred":true}]}
            """);
        return office;
    }

    private static async Task<Answer> BookAsync(Office office, string patient, string from, string to)
    {
        var booked = await office.PostAsync("Appointment", Office.Appointment(patient, $"s{from.Replace(":", "")}", from, to));
        booked.Status.Should().Be(201, booked.Text);
        return booked;
    }

    private static async Task<Answer> AskAsync(Office office, string patient, string slot)
    {
        var asked = await office.PostAsync(
            "Appointment/$book", Office.Parameters(("slot-reference", $"Slot/{slot}"), ("patient-reference", $"Patient/{patient}")));
        asked.Status.Should().Be(202, asked.Text);
        return asked;
    }

    private static string Response(string appointment, string status) => $$"""
        {"resourceType":"AppointmentResponse","appointment":{"reference":"Appointment/{{appointment}}"},
         "actor":{"reference":"Practitioner/a"},"participantStatus":"{{status}}"}
        """;

    /// <summary>Moves the clock there, and on by seconds until all is sent that was due.</summary>
    private static async Task UntilAsync(FhirServer server, string moment)
    {
        server.Clock.Now = DateTimeOffset.Parse(moment);
        await SettleAsync(server);
    }

    /// <summary>Until nothing is left that may be tried now, and nothing is being tried.</summary>
    private static async Task SettleAsync(FhirServer server)
    {
        var patience = DateTime.UtcNow.AddSeconds(60);
        await using var connection = await server.StoredIn.OpenConnectionAsync(canWrite: false);
        while (DateTime.UtcNow < patience)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM message WHERE holder NOT IN ('', '" + Dead + "') "
                + $"OR lease_us <= {FhirInstant.MicrosOf(server.Clock.Now)}";
            if (Convert.ToInt64(await command.ExecuteScalarAsync()) == 0)
                return;
            server.Clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Delay(20);
        }
        throw new TimeoutException("Messages that are due are not sent");
    }
}
