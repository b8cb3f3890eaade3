using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Server.Tests.Dialects;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Random sequences of operations, each answer foretold by a model that knows nothing but overlap.</summary>
/// <remarks>
/// The nights of both changes of clocks and a plain one. A failing sequence is shrunk to the steps that it needs. The
/// variable <c>AJANVARAUS_MODEL_SEQUENCES</c> sets how many sequences are run; the default is for every build. A longer run
/// may be done in pieces: <c>AJANVARAUS_MODEL_FIRST</c> is the first seed of a piece; <c>AJANVARAUS_MODEL_STEPS</c> sets how
/// long a sequence is.
/// </remarks>
public sealed partial class ModelTests
{
    private const int Quarters = 20;

    private static readonly int StepsOfSequence = Asked("STEPS", 18);
    private static readonly int Sequences = Asked("SEQUENCES", Reliability.Size(120, 240, asked: 10_000));

    /// <summary>Where a run that is done in pieces goes on.</summary>
    private static readonly int First = Asked("FIRST", 1);

    private enum Kind { Book, Hold, Confirm, Cancel, Move, Release, CheckIn, Wait, Over }

    /// <summary>One step; what does not matter to its kind is ignored.</summary>
    private sealed record Step(Kind Kind, int Which, int Calendars, int From, int Length, int Seconds);

    [DatabaseTheory]
    [EachDatabase("2027-03-27T23:00:00Z")]
    [EachDatabase("2027-10-30T22:00:00Z")]
    [EachDatabase("2027-02-01T06:00:00Z")]
    [Trait(Reliability.Trait, "G13")]
    public async Task Every_answer_is_the_one_that_the_model_foretells(DatabaseEngine engine, string opens)
    {
        await using var server = await FhirServer.StartAsync(engine, now: "2027-01-29T12:00:00+02:00");
        var office = await Office.OpenAsync(server.Http);
        var first = DateTimeOffset.Parse(opens, CultureInfo.InvariantCulture);
        // PostgreSQL takes a sixth: what it adds are its locks, which sequences one after another do not need.
        var count = Math.Max(1, Sequences / (engine == DatabaseEngine.Sqlite ? 4 : 24));
        for (var seed = First; seed < First + count; seed++)
        {
            var steps = Steps(new Random(seed));
            if (await new Run(server, office, first, $"{seed}").FailureAsync(steps) is not { } failure)
                continue;
            var shrunk = await ShrinkAsync(server, office, first, seed, steps);
            Tell(engine, opens, seed - First, "one answer otherwise than foretold");
            Assert.Fail($"seed {seed}: {failure}\n{string.Join('\n', shrunk)}");
        }
        Tell(engine, opens, count, "every answer as the model foretells");
    }

    private static void Tell(DatabaseEngine engine, string opens, int count, string result) => Reliability.Record(
        "G13", $"{TestDatabases.NameOf(engine)}, 1 process",
        $"{count} sequences of {StepsOfSequence} steps from seed {First}, calendars from {opens}", result,
        $"{nameof(ModelTests)}.{nameof(Every_answer_is_the_one_that_the_model_foretells)} {opens[..10]}");

    private static int Asked(string name, int otherwise) => int.TryParse(
        Environment.GetEnvironmentVariable($"AJANVARAUS_MODEL_{name}"), CultureInfo.InvariantCulture, out var asked) ? asked : otherwise;

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G13")]
    public async Task G13_Sequences_that_are_run_again_give_the_same_log(DatabaseEngine engine)
    {
        var count = Reliability.Size(5, 100);

        var once = await LogAsync(engine, count);
        var again = await LogAsync(engine, count);

        Reliability.Record(
            "G13", $"{TestDatabases.NameOf(engine)}, 1 process",
            $"{count} sequences of {StepsOfSequence} steps from seed {First}, run twice on servers of their own; logs of {once.Length} characters",
            once == again ? "the same log, but for ids, which are new in each run" : "another log",
            $"{nameof(ModelTests)}.{nameof(G13_Sequences_that_are_run_again_give_the_same_log)}");
        again.Should().Be(once);
        once.Should().Contain("201").And.Contain("409");
    }

    /// <summary>Every answer to the sequences, with what is new in each run by the order of its appearance.</summary>
    private static async Task<string> LogAsync(DatabaseEngine engine, int count)
    {
        await using var server = await FhirServer.StartAsync(engine, now: "2027-01-29T12:00:00+02:00");
        var office = await Office.OpenAsync(server.Http);
        var log = new StringBuilder();
        for (var seed = First; seed < First + count; seed++)
            await new Run(server, office, DateTimeOffset.Parse("2027-03-27T23:00:00Z", CultureInfo.InvariantCulture), $"{seed}", log)
                .FailureAsync(Steps(new Random(seed)));
        var names = new Dictionary<string, string>();
        return NewInEachRun().Replace(
            log.ToString(), m => names.TryGetValue(m.Value, out var known) ? known : names[m.Value] = $"id-{names.Count}");
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|http://(localhost|127.0.0.1):[0-9]+")]
    private static partial Regex NewInEachRun();

    private static List<Step> Steps(Random random) =>
    [
        .. Enumerable.Range(0, StepsOfSequence).Select(_ => new Step(
            (Kind)random.Next(9), random.Next(8), random.Next(1, 8), random.Next(Quarters - 4), random.Next(1, 5), random.Next(1, 90))),
    ];

    /// <summary>Leaves out every step without which it still fails.</summary>
    private static async Task<List<Step>> ShrinkAsync(
        FhirServer server, Office office, DateTimeOffset opens, int seed, List<Step> steps)
    {
        for (var at = steps.Count - 1; at >= 0; at--)
        {
            var fewer = steps.Where((_, n) => n != at).ToList();
            if (await new Run(server, office, opens, $"{seed}-{at}").FailureAsync(fewer) is not null)
                steps = fewer;
        }
        return steps;
    }

    /// <summary>What ought to be: who has which calendars when.</summary>
    private sealed class Entry
    {
        public required string Id { get; init; }

        public required string[] Calendars { get; init; }

        public int From { get; set; }

        public required int Length { get; init; }

        public required string Status { get; set; }

        public DateTimeOffset? Until { get; set; }

        public bool Occupies(DateTimeOffset now) => Status is "booked" or "checked-in" || IsHeld(now);

        public bool IsHeld(DateTimeOffset now) => Status == "pending" && Until > now;

        public bool Meets(string[] calendars, int from, int length) =>
            calendars.Intersect(Calendars).Any() && from < From + Length && From < from + length;
    }

    private sealed class Run(FhirServer server, Office office, DateTimeOffset opens, string name, StringBuilder? log = null)
    {
        private readonly List<Entry> _entries = [];

        /// <summary>How the server differed from the model; null when it did not.</summary>
        public async Task<string?> FailureAsync(List<Step> steps)
        {
            foreach (var calendar in new[] { "x", "y", "z" })
            {
                await office.PutAsync($$"""{"resourceType":"Practitioner","id":"{{Id(calendar)}}","active":true}""");
                await office.PutAsync($$"""
                    {"resourceType":"Schedule","id":"{{Id(calendar)}}","active":true,"actor":[{"reference":"Practitioner/{{Id(calendar)}}"}]}
                    """);
                await office.PutAsync($$"""
                    {"resourceType":"Slot","id":"{{Id(calendar)}}","schedule":{"reference":"Schedule/{{Id(calendar)}}"},"status":"free",
                     "start":"{{At(0)}}","end":"{{At(Quarters)}}"}
                    """);
            }
            for (var n = 0; n < steps.Count; n++)
            {
                if (await TakeAsync(steps[n]) is { } difference)
                    return $"step {n + 1} {steps[n]}: {difference}";
            }
            return await CoverageAsync() ?? await OffersAsync();
        }

        private DateTimeOffset Now => server.Clock.GetUtcNow();

        private async Task<string?> TakeAsync(Step step)
        {
            if (step.Kind == Kind.Wait)
            {
                server.Clock.Advance(TimeSpan.FromSeconds(step.Seconds));
                return null;
            }
            if (step.Kind is Kind.Book or Kind.Hold or Kind.Over)
                return await MakeAsync(step);
            if (_entries.Count == 0)
                return null;
            var entry = _entries[step.Which % _entries.Count];
            var (path, body, expected) = step.Kind switch
            {
                Kind.Confirm => ("$confirm", DialectOffice.Parameters(), Confirm(entry)),
                Kind.Cancel => ("$cancel", DialectOffice.Parameters(), Cancel(entry)),
                Kind.Move => ("$reschedule", DialectOffice.Parameters(
                    DialectOffice.Value("start", "DateTime", At(step.From))), Move(entry, step.From)),
                Kind.Release => ("$release", DialectOffice.Parameters(), Release(entry)),
                _ => ("$check-in", DialectOffice.Parameters(), CheckIn(entry)),
            };
            var answer = Logged(await office.PostAsync($"Appointment/{entry.Id}/{path}", body));
            return answer.Status == expected ? null : $"{path} was {answer.Status}, not {expected}: {answer.Text}";
        }

        private async Task<string?> MakeAsync(Step step)
        {
            string[] calendars = [.. new[] { "x", "y", "z" }.Where((_, n) => (step.Calendars & (1 << n)) != 0)];
            var expected = step.Kind == Kind.Over || IsFree(calendars, step.From, step.Length, null) ? 201 : 409;
            var parameters = calendars.Select(c => DialectOffice.Reference("schedule", $"Schedule/{Id(c)}"))
                .Append(DialectOffice.Resource("appointment", JsonNode.Parse($$"""
                    {"resourceType":"Appointment","status":"proposed","start":"{{At(step.From)}}","end":"{{At(step.From + step.Length)}}"}
                    """)!));
            if (step.Kind == Kind.Hold)
                parameters = parameters.Append(DialectOffice.Value("hold-seconds", "Integer", step.Seconds));
            if (step.Kind == Kind.Over)
                parameters = parameters.Append(new JsonObject
                {
                    ["name"] = "override",
                    ["part"] = new JsonArray(DialectOffice.Value("reason", "String", "it cannot wait")),
                });
            var until = Now.AddSeconds(step.Seconds);
            var answer = Logged(await office.PostAsync(
                step.Kind == Kind.Hold ? "Appointment/$hold" : "Appointment/$book", DialectOffice.Parameters([.. parameters])));
            if (answer.Status != expected)
                return $"{answer.Status}, not {expected}: {answer.Text}";
            if (expected == 201)
                _entries.Add(new Entry
                {
                    Id = answer.Id, Calendars = calendars, From = step.From, Length = step.Length,
                    Status = step.Kind == Kind.Hold ? "pending" : "booked", Until = step.Kind == Kind.Hold ? until : null,
                });
            return null;
        }

        private Answer Logged(Answer answer)
        {
            log?.Append(answer.Status).Append(' ').AppendLine(answer.Text);
            return answer;
        }

        private bool IsFree(string[] calendars, int from, int length, Entry? except) =>
            !_entries.Exists(e => e != except && e.Occupies(Now) && e.Meets(calendars, from, length));

        private int Confirm(Entry entry)
        {
            if (entry.Status == "booked" || entry.IsHeld(Now))
                return Set(entry, "booked");
            if (entry.Status != "pending")
                return 409;
            return IsFree(entry.Calendars, entry.From, entry.Length, entry) ? Set(entry, "booked") : 410;
        }

        private int Cancel(Entry entry) => entry.Status == "checked-in" ? 409 : entry.Status == "pending" && !entry.IsHeld(Now)
            ? 200
            : Set(entry, "cancelled");

        private int Move(Entry entry, int from)
        {
            if (entry.Status != "booked" && !entry.IsHeld(Now))
                return 409;
            if (!IsFree(entry.Calendars, from, entry.Length, entry))
                return 409;
            entry.From = from;
            return 200;
        }

        private int Release(Entry entry) => entry.Status is "booked" or "checked-in" ? 409 : entry.IsHeld(Now)
            ? Set(entry, "cancelled")
            : 200;

        private static int CheckIn(Entry entry) =>
            entry.Status is "booked" or "checked-in" ? Set(entry, "checked-in") : 409;

        private static int Set(Entry entry, string status)
        {
            entry.Status = status;
            return 200;
        }

        /// <summary>Free Slots cover exactly what nobody has.</summary>
        private async Task<string?> CoverageAsync()
        {
            foreach (var calendar in new[] { "x", "y", "z" })
            {
                var free = DialectOffice.Resources(
                    Logged(await office.GetAsync($"Slot?schedule=Schedule/{Id(calendar)}&status=free&_sort=start&_count=200")));
                for (var quarter = 0; quarter < Quarters; quarter++)
                {
                    var isFree = free.Any(s => Moment(s, "start") <= Start(quarter) && Moment(s, "end") >= Start(quarter + 1));
                    if (isFree != IsFree([calendar], quarter, 1, null))
                        return $"{calendar} at {At(quarter)} is {(isFree ? "free" : "taken")}, which the model denies";
                }
            }
            return null;
        }

        /// <summary>R20: all that is offered is free, and the first of it can be booked.</summary>
        private async Task<string?> OffersAsync()
        {
            var found = Logged(await office.GetAsync(
                $"Appointment/$find?start={At(0)}&end={At(Quarters)}&schedule={Id("x")}&duration=30&_count=200"));
            foreach (var offer in DialectOffice.Resources(found))
            {
                var from = (int)((Moment(offer, "start") - opens).TotalMinutes / 15);
                if (!IsFree(["x"], from, 2, null))
                    return $"{offer["start"]} is offered, which the model denies";
            }
            if (DialectOffice.Resources(found) is not [var first, ..])
                return null;
            var booked = await office.PostAsync("Appointment/$book", DialectOffice.Parameters(
                DialectOffice.Value("appt-id", "Uri", first["id"]!.ToString())));
            return booked.Status == 201 ? null : $"{first["start"]} is offered and not booked: {booked.Text}";
        }

        private static DateTimeOffset Moment(JsonNode node, string element) =>
            DateTimeOffset.Parse(node[element]!.ToString(), CultureInfo.InvariantCulture);

        private string Id(string calendar) => $"m{name}-{calendar}";

        private DateTimeOffset Start(int quarter) => opens.AddMinutes(15 * quarter);

        private string At(int quarter) => Start(quarter).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
