using System.Net.Http.Headers;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Tests.Operations;
using Ajanvaraus.Fhir.Server.Tests.Security;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>No citizen books more of a service than one client may have: docs/scheduling-rules.md, Limits.</summary>
public sealed class BookingQuotaTests
{
    [DatabaseTheory, EachDatabase]
    public async Task G58_Of_a_hundred_who_book_at_once_for_one_client_as_many_succeed_as_the_client_may_have(DatabaseEngine engine)
    {
        await using var world = await World.StartAsync(engine, slots: 100, most: 3);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => Task.Run(() => BookAsync(world.Citizen, n, "p0"))));
        var other = await BookAsync(world.OtherCitizen, answers.ToList().FindIndex(a => a.Status == 409), "p1");

        answers.Count(a => a.Status == 201).Should().Be(3, string.Join(' ', answers.GroupBy(a => a.Status).Select(g => $"{g.Count()} × {g.Key}")));
        answers.Where(a => a.Status != 201).Should().OnlyContain(a => a.Status == 409 && a.Rules.Contains("client-limit"));
        (await world.Program.CountAsync("Appointment?patient=Patient/p0")).Should().Be(3);
        other.Status.Should().Be(201, other.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task G58_Who_has_as_many_as_one_may_books_again_after_a_cancellation_and_the_time_is_found_at_once(DatabaseEngine engine)
    {
        await using var world = await World.StartAsync(engine, slots: 6, most: 2);
        var first = await BookAsync(world.Citizen, 0, "p0");
        var held = await world.Citizen.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/s1"), ("patient", "Patient/p0"), ("hold-seconds", 300)));

        var refused = await BookAsync(world.Citizen, 2, "p0");
        var heldToo = await world.Citizen.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/s2"), ("patient", "Patient/p0"), ("hold-seconds", 300)));
        var confirmed = await world.Citizen.PostAsync($"Appointment/{held.Id}/$book", Office.Parameters());
        var moved = await world.Citizen.PostAsync($"Appointment/{first.Id}/$reschedule", Office.Parameters(("slot", "Slot/s3")));
        var byDesk = await BookAsync(world.Program, 4, "p0");
        var cancelled = await world.Citizen.PostAsync($"Appointment/{byDesk.Id}/$cancel", Office.Parameters());
        var offered = await Found.FindAsync(world.Citizen, "schedule=a");
        await world.Citizen.PostAsync($"Appointment/{confirmed.Id}/$cancel", Office.Parameters());
        var again = await BookAsync(world.Citizen, 2, "p0");

        (first.Status, held.Status, confirmed.Status, moved.Status).Should().Be((201, 201, 200, 200), moved.Text + confirmed.Text);
        refused.Status.Should().Be(409, refused.Text);
        refused.Rules.Should().Contain("client-limit");
        refused.Text.Should().Contain("2 times to come");
        heldToo.Status.Should().Be(409, heldToo.Text);
        byDesk.Status.Should().Be(201, "what the service itself books is not refused");
        cancelled.Status.Should().Be(200, cancelled.Text);
        offered.Matches.Select(m => m["start"]!.ToString()).Should().Contain(At(4));
        again.Status.Should().Be(201, again.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task G58_A_service_says_its_own_number_and_times_of_others_and_those_that_were_are_not_counted(DatabaseEngine engine)
    {
        await using var world = await World.StartAsync(engine, slots: 6, most: 2, ofService: 1);
        await world.Program.PutAsync("""{"resourceType":"HealthcareService","id":"other","active":true}""");
        await world.Program.PutAsync(
            """{"resourceType":"Schedule","id":"b","active":true,"actor":[{"reference":"Practitioner/b"},{"reference":"HealthcareService/other"}]}""");
        foreach (var hour in (int[])[9, 11, 13])
            await world.Program.PutSlotAsync($"b{hour}", "b", $"{hour:00}:00", $"{hour + 1:00}:00");

        var first = await BookAsync(world.Citizen, 0, "p0");
        var second = await BookAsync(world.Citizen, 1, "p0");
        var others = new List<int>();
        foreach (var hour in (int[])[9, 11, 13])
            others.Add((await world.Citizen.PostAsync("Appointment", Office.Appointment("p0", $"b{hour}", $"{hour:00}:00", $"{hour + 1:00}:00"))).Status);
        world.Server.Clock.Now = DateTimeOffset.Parse(At(1), System.Globalization.CultureInfo.InvariantCulture);
        var later = await BookAsync(world.NewCitizen(), 2, "p0");

        first.Status.Should().Be(201, first.Text);
        second.Status.Should().Be(409, second.Text);
        others.Should().Equal(201, 201, 409);
        later.Status.Should().Be(201, later.Text);
    }

    /// <summary>Slots of half an hour, in a row from Monday midnight.</summary>
    private static string At(int n) => Monday.AddMinutes(30 * n).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly DateTimeOffset Monday = new(2027, 2, 1, 0, 0, 0, TimeSpan.FromHours(2));

    private static Task<Answer> BookAsync(Office office, int slot, string patient) => office.PostAsync("Appointment", $$"""
        {"resourceType":"Appointment","status":"booked","start":"{{At(slot)}}","end":"{{At(slot + 1)}}","slot":[{"reference":"Slot/s{{slot}}"}],
         "participant":[{"actor":{"reference":"Patient/{{patient}}"},"status":"accepted"}]}
        """);

    /// <summary>A server with tokens, and one calendar of a service in it.</summary>
    private sealed class World(TestIssuer issuer, FhirServer server, FakeClock ofIssuer) : IAsyncDisposable
    {
        private readonly List<HttpClient> _clients = [];

        public FhirServer Server => server;

        public Office Program { get; private set; } = null!;

        public Office Citizen { get; private set; } = null!;

        public Office OtherCitizen { get; private set; } = null!;

        public static async Task<World> StartAsync(DatabaseEngine engine, int slots, int most, int? ofService = null)
        {
            var clock = new FakeClock("2026-11-23T08:00:00+02:00");
            var issuer = await TestIssuer.StartAsync(clock);
            var server = await FhirServer.StartAsync(engine, with: options => options with
            {
                IsOpen = false,
                MaxBookings = most,
                Tokens = new TokenOptions
                {
                    Issuers = [new IssuerOptions(issuer.Name)], Audiences = [TestIssuer.Audience], Policy = TestIssuer.PolicyOfScopesAlone,
                },
            });
            var world = new World(issuer, server, clock);
            world.Program = await Office.OpenAsync(world.Client(issuer.Program()));
            (world.Citizen, world.OtherCitizen) = (world.OfCitizen("p0"), world.OfCitizen("p1"));
            var number = ofService is null ? "" : $$"""
                ,"extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/booking-limit-client","valuePositiveInt":{{ofService}}}]
                """;
            await world.Program.PutAsync($$"""{"resourceType":"HealthcareService","id":"advice","active":true{{number}}}""");
            await world.Program.PutAsync(
                """{"resourceType":"Schedule","id":"a","active":true,"actor":[{"reference":"Practitioner/a"},{"reference":"HealthcareService/advice"}]}""");
            var entries = Enumerable.Range(0, slots).Select(n => $$$"""
                {"resource":{"resourceType":"Slot","id":"s{{{n}}}","schedule":{"reference":"Schedule/a"},"status":"free","start":"{{{At(n)}}}","end":"{{{At(n + 1)}}}"},
                 "request":{"method":"PUT","url":"Slot/s{{{n}}}"}}
                """);
            var stored = await world.Program.PostAsync("", $$"""{"resourceType":"Bundle","type":"transaction","entry":[{{string.Join(',', entries)}}]}""");
            stored.Status.Should().Be(200, stored.Text);
            return world;
        }

        /// <summary>With a token of the moment that the clock of the server shows.</summary>
        public Office NewCitizen()
        {
            ofIssuer.Now = server.Clock.Now;
            return OfCitizen("p0");
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var client in _clients)
                client.Dispose();
            await server.DisposeAsync();
            await issuer.DisposeAsync();
        }

        private Office OfCitizen(string id)
        {
            var claims = issuer.Citizen("patient/*.cruds user/*.cruds");
            (claims["fhirUser"], claims["patient"], claims["sub"]) = ($"Patient/{id}", id, "citizen-" + id);
            return new Office(Client(claims));
        }

        private HttpClient Client(JsonObject claims)
        {
            var client = new HttpClient { BaseAddress = server.Http.BaseAddress };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issuer.Sign(claims));
            _clients.Add(client);
            return client;
        }
    }
}
