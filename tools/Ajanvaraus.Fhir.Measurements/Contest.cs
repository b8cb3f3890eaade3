using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;

using NodaTime;

namespace Ajanvaraus.Fhir.Measurements;

/// <summary>Bookers who all want the same few times.</summary>
/// <remarks>
/// Times of 45 minutes start 30 minutes apart, so each meets its neighbours. The time asked moves on with the attempts of
/// all: every start of every calendar is asked for by several bookers at about the same moment.
/// </remarks>
internal sealed class Contest(Place place, Way way)
{
    public const int Calendars = 10;

    /// <summary>Attempts of all before the contest moves on to the next start.</summary>
    private const int AttemptsPerStart = 80;

    private static readonly Instant Monday = Instant.FromUtc(2026, 11, 23, 6, 0);

    private int _attempts;
    private int _runs;

    public async Task<ContestResult> RunAsync(int bookers, TimeSpan length)
    {
        await PutCalendarsAsync();
        if (way.Preparation is { } sql)
            await place.ExecuteAsync(sql);
        var watch = Stopwatch.StartNew();
        var tallies = await Task.WhenAll(
            Enumerable.Range(0, bookers).Select(n => Task.Run(() => BookAsync(n, watch, length))));
        return new ContestResult(
            watch.Elapsed, [.. tallies.SelectMany(t => t.Milliseconds).Order()], tallies.Sum(t => t.Booked),
            _runs - tallies.Sum(t => t.Milliseconds.Count), tallies.Sum(t => t.GivenUp));
    }

    private async Task<Tally> BookAsync(int booker, Stopwatch watch, TimeSpan length)
    {
        var tally = new Tally();
        var random = new Random(booker);
        while (watch.Elapsed < length)
        {
            var attempt = Interlocked.Increment(ref _attempts);
            var start = Monday + Duration.FromMinutes(30 * (attempt / AttemptsPerStart));
            var calendar = random.Next(Calendars);
            var before = watch.Elapsed;
            var outcome = await place.Store.WriteAsync(
                session => TakeAsync(session, $"a{attempt}", calendar, start), default);
            tally.Milliseconds.Add((watch.Elapsed - before).TotalMilliseconds);
            tally.Booked += outcome.Failed ? 0 : 1;
            tally.GivenUp += outcome.Failed && outcome.Problem.Kind == ProblemKind.Busy ? 1 : 0;
        }
        return tally;
    }

    private async ValueTask<Outcome<bool>> TakeAsync(WriteSession session, string id, int calendar, Instant start)
    {
        Interlocked.Increment(ref _runs);
        var time = new TimeRange(start, start + Duration.FromMinutes(45));
        var claims = Claims(id, calendar, time);
        if (way.Look is { } look)
        {
            var request = new BookingRequest
            {
                AppointmentId = id, ScheduleIds = [$"s{calendar}"], Time = time, Status = AppointmentStatus.Booked,
            };
            var now = Instant.FromUnixTimeTicks(session.Now * 10);
            var decision = BookingRules.Decide(request, await look(session, request), now);
            if (decision is not Accepted accepted)
                return Problem.Of(ProblemKind.Conflict, "measure", IssueType.Conflict, "taken");
            claims = accepted.Claims;
        }
        await session.Booking.ReplaceClaimsAsync(id, claims);
        return true;
    }

    /// <summary>What the rules claim for such a booking, for the ways that do not ask them.</summary>
    private static ImmutableArray<Claim> Claims(string id, int calendar, TimeRange time) =>
    [
        new($"Schedule/s{calendar}", 0, time, id, "", null, ""), new($"Practitioner/p{calendar}", 0, time, id, "", null, ""),
    ];

    private Task PutCalendarsAsync() => place.Store.WriteAsync<bool>(
        async session =>
        {
            for (var n = 0; n < Calendars; n++)
            {
                var json = $$"""{"resourceType":"Schedule","id":"s{{n}}","actor":[{"reference":"Practitioner/p{{n}}"}]}""";
                var actor = new ReferenceEntry(SearchParameter.KeyOf("Schedule", "actor"), "Practitioner", $"p{n}", "", "", "");
                var node = FhirJson.Parse(Encoding.UTF8.GetBytes(json)).Resource!;
                await session.PutAsync(
                    new PreparedResource(node, IndexEntries.Empty with { References = [actor] }), WriteMethod.Put);
            }
            return true;
        },
        default);

    private sealed class Tally
    {
        public List<double> Milliseconds { get; } = [];

        public int Booked { get; set; }

        public int GivenUp { get; set; }
    }
}

/// <param name="Milliseconds">Of every attempt, sorted.</param>
/// <param name="Again">Transactions that ran once more after losing against another.</param>
internal sealed record ContestResult(
    TimeSpan Elapsed, ImmutableArray<double> Milliseconds, int Booked, int Again, int GivenUp)
{
    public string Row(string database, string way, long overlaps) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {database.Split(',')[0]} | {way} | {Milliseconds.Length / Elapsed.TotalSeconds:F0} | {Booked} | "
        + $"{Part(0.5):F1} | {Part(0.99):F1} | {Again} | {GivenUp} | {overlaps} |");

    private double Part(double share) => Milliseconds[(int)(share * (Milliseconds.Length - 1))];
}
