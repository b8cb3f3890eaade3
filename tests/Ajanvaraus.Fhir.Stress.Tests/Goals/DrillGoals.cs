using System.Collections.Concurrent;
using System.Diagnostics;

using Npgsql;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G29 and G30: what operators do with a running county, by the scripts that they have for it.</summary>
public sealed class DrillGoals(ITestOutputHelper output)
{
    private const int Bookers = 12;
    private const int Calendars = 6;

    [DatabaseTheory, InlineData(DatabaseEngine.PostgreSql), Trait(Reliability.Trait, "G30")]
    public async Task G30_Servers_are_restarted_one_after_another_and_no_request_fails(DatabaseEngine engine)
    {
        var goal = new Goal("G30", engine, output, GetType());
        await using var database = await TestDatabase.CreateAsync(engine);
        var ports = FreePorts();
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 30 }.ConnectionString;
        await using var drill = Drill.Start("rolling-restart.sh", connection, $"{ports[0]}", Drill.Program, "--open", "--drain-seconds", "1");
        await drill.UntilAsync("serving");
        var clients = ports.Select(port => new FhirClient(new Uri($"http://127.0.0.1:{port}/fhir/"))).ToList();
        var office = await Office.OpenAsync(clients[0], Calendars, Bookers);
        var isOver = false;
        var (answers, cut, elsewhere, took) = (new ConcurrentBag<Answer>(), 0, 0, Stopwatch.StartNew());

        var load = Enumerable.Range(0, Bookers).Select(booker => Task.Run(async () =>
        {
            for (var n = 0; !Volatile.Read(ref isOver); n++)
            {
                var (path, body) = Request(booker, n);
                for (var attempt = booker + n; ; attempt++)
                {
                    try
                    {
                        answers.Add(await Ask(clients[attempt % clients.Count], path, body));
                        break;
                    }
                    catch (HttpRequestException refused) when (refused.HttpRequestError == HttpRequestError.ConnectionError)
                    {
                        // Nobody listens there just now: the next one.
                        Interlocked.Increment(ref elsewhere);
                    }
                    catch (HttpRequestException)
                    {
                        Interlocked.Increment(ref cut);
                        break;
                    }
                }
                await Task.Delay(60);
            }
        })).ToArray();
        await drill.PressEnterAsync();
        await drill.UntilAsync("done");
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(load);

        var audit = await CalendarAudit.RunAsync(database);
        var failed = answers.Count(a => !a.IsSuccess);
        var booked = answers.Where(a => a.Text.Contains("\"Appointment\"", StringComparison.Ordinal)).Select(a => a.Appointment["id"]!.ToString()).ToHashSet();
        goal.Tell(
            $"three servers restarted one after another, there and back: {answers.Count} reads and bookings in {took.Elapsed.TotalSeconds:F0} s, {elsewhere} asked of another server because nobody listened",
            $"{cut} cut, {failed} failed; {booked.Count} booked, {booked.Except(audit.Bookings.Select(b => b.Id)).Count()} of them lost, {audit.Findings.Count} findings in the tables");
        foreach (var client in clients)
            client.Dispose();
        (cut, failed).Should().Be((0, 0), string.Join('\n', answers.Where(a => !a.IsSuccess).Select(a => a.Text).Take(2)));
        audit.Findings.Should().BeEmpty();
        booked.Should().NotBeEmpty().And.BeSubsetOf(audit.Bookings.Select(b => b.Id));
        (await drill.EndAsync(isAsked: true)).Should().Be(0);

        // A booking of a time of its own, and reads between.
        (string Path, string? Body) Request(int booker, int n) => n % 3 == 0
            ? ("Appointment", Meeting(booker, n / 3))
            : ($"Patient/p{booker}", null);
        static Task<Answer> Ask(FhirClient client, string path, string? body) =>
            body is null ? client.GetAsync(path) : client.PostAsync(path, body);
    }

    [DatabaseTheory, InlineData(DatabaseEngine.PostgreSql), Trait(Reliability.Trait, "G30")]
    public async Task G30_Three_servers_that_start_at_once_make_the_tables_once_also_after_a_kill(DatabaseEngine engine)
    {
        var goal = new Goal("G30", engine, output, GetType());
        var random = new Random(goal.Seed);
        var kills = Reliability.Size(2, 20);
        var unready = 0;
        for (var n = 0; n < kills; n++)
        {
            await using var database = await TestDatabase.CreateAsync(engine);
            using (var killed = Process.Start(new ProcessStartInfo("bash", ["-c", $"exec {Drill.Program} migrate --database 'postgres:{database.ConnectionString}'"])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            })!)
            {
                await Task.WhenAny(Task.Delay(random.Next(300, 1500)), killed.WaitForExitAsync());
                killed.Kill();
                await killed.WaitForExitAsync();
            }
            var ports = FreePorts();
            await using var drill = Drill.Start(
                "three-processes.sh", new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 10 }.ConnectionString, $"{ports[0]}", "--open");
            await drill.UntilAsync("ready", lines: 3);
            foreach (var port in ports)
            {
                using var client = new FhirClient(new Uri($"http://127.0.0.1:{port}/fhir/"));
                if ((await client.PutAsync($"Patient/{port}", $$"""{"resourceType":"Patient","id":"{{port}}" }""")).Status != 201)
                    unready++;
            }
            (await drill.EndAsync(isAsked: true)).Should().Be(0);
        }

        goal.Tell($"{kills} × migrate killed at 0.3 to 1.5 s, then three servers started at once on what was left; seed {goal.Seed}", $"{unready} of {3 * kills} servers that did not serve");
        unready.Should().Be(0);
    }

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G29")]
    public async Task G29_A_backup_taken_while_others_book_holds_all_that_was_acknowledged_before(DatabaseEngine engine)
    {
        var goal = new Goal("G29", engine, output, GetType());
        await using var group = await ServerGroup.StartAsync(engine, Goal.Processes);
        await using var restored = await TestDatabase.CreateAsync(engine);
        var office = await Office.OpenAsync(group.Clients[0], Calendars, Bookers);
        var (before, during) = (Reliability.Size(120, 3000, asked: 100_000), Reliability.Size(2_000, 20_000));
        var slots = await office.OpenSlotsAsync(day: 0, before + during);
        var load = new BookingLoad(group.Clients);
        var acknowledged = await load.RunAsync(Bookers, _ => BookingStyle.Book, booker => slots.Take(before).Where((_, n) => n % Bookers == booker));
        var isOver = false;
        var file = Path.GetTempFileName();
        File.Delete(file);

        var others = load.RunAsync(Bookers, _ => BookingStyle.Book, booker => slots.Skip(before).Where((_, n) => n % Bookers == booker).TakeWhile(_ => !isOver));
        await using var drill = Drill.Start("backup-restore.sh", group.Database.Option, restored.Option, file);
        var exit = await drill.EndAsync(isAsked: false);
        isOver = true;
        var later = await others;
        File.Delete(file);

        exit.Should().Be(0, string.Join('\n', drill.Told));
        var audit = await CalendarAudit.RunAsync(restored);
        var (kept, known) = (audit.BookedSlots.ToHashSet(), acknowledged.Where(a => a.IsAcknowledged).Select(a => a.Booking).ToList());
        var newest = later.Count(a => a.IsAcknowledged && kept.Contains(a.Booking));
        goal.Tell(
            $"{known.Count} bookings, then a backup while {later.Count(a => a.IsAcknowledged)} more came, restored into an empty database",
            $"{known.Except(kept).Count()} acknowledged before and not in it, {newest} of those that came meanwhile, {audit.Findings.Count} findings in the tables; {string.Join(", ", drill.Told)}");
        audit.Findings.Should().BeEmpty();
        known.Should().HaveCount(before).And.BeSubsetOf(kept);
        kept.Should().BeSubsetOf(known.Concat(later.Where(a => a.IsAcknowledged || a.IsUnknown).Select(a => a.Booking)));
    }

    /// <summary>Three in a row.</summary>
    private static int[] FreePorts()
    {
        for (; ; )
        {
            var first = ServerProcess.FreePort();
            if (first < 65_000 && ServerProcess.IsFree(first + 1) && ServerProcess.IsFree(first + 2))
                return [first, first + 1, first + 2];
        }
    }

    private static string Meeting(int booker, int n)
    {
        var start = new DateTimeOffset(2032, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(15 * n);
        return $$"""
            {"resourceType":"Appointment","status":"booked","start":"{{start:yyyy-MM-dd'T'HH:mm:ss'Z'}}","end":"{{start.AddMinutes(15):yyyy-MM-dd'T'HH:mm:ss'Z'}}",
            "participant":[{"actor":{"reference":"{{Office.Patient(booker)}}"},"status":"accepted"}]}
            """;
    }
}
