using System.IO.Compression;
using System.Text;

using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Commands;
using Ajanvaraus.Fhir.Server.Import;
using Ajanvaraus.Fhir.Server.Tests.Booking;

namespace Ajanvaraus.Fhir.Server.Tests.Commands;

public sealed class ImportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ajanvaraus-import-");

    public void Dispose() => _folder.Delete(recursive: true);

    [DatabaseTheory, EachDatabase]
    public async Task Export_beside_a_running_server_imports_as_the_same_bookings(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine, CommandOffice.Now);
        await CommandOffice.OpenAsync(server);
        await using var database = await TestDatabase.CreateAsync(engine);

        await ExportAsync(server.DatabaseOption);
        // Bookings before their Slots, Slots before their Schedules: the order of the files does not matter.
        var code = await ImportAsync(database, server.Clock, [.. Files().Order(StringComparer.Ordinal)]);

        code.Should().Be(ServerCommand.Success);
        await using var copy = await FhirServer.StartAsync(await OpenAsync(database, server.Clock));
        (await CommandOffice.ContentAsync(copy.Store)).Should().Equal(await CommandOffice.ContentAsync(server.Store));
        var office = new Office(copy.Http);
        foreach (var (from, to) in new[] { ("09:00", "10:00"), ("13:00", "14:00"), ("16:30", "17:30") })
            (await office.PostAsync(
                "Appointment", Office.Appointment("p5", null, from, to, actors: "Practitioner/a"))).Status.Should().Be(409);
        (await office.PostAsync("Appointment", Office.Appointment("p5", "held", "09:00", "10:00"))).Status.Should().Be(409);
        (await office.PostAsync("Appointment", Office.Appointment("p5", "free", "14:00", "15:00"))).Status.Should().Be(201);
        (await office.PostAsync("Appointment/whole/$cancel", Office.Parameters())).Status.Should().Be(200);
        (await office.SlotStatusAsync("s")).Should().Be("free");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Hold_that_was_imported_ends_at_its_time(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine, CommandOffice.Now);
        await CommandOffice.OpenAsync(server);
        await using var database = await TestDatabase.CreateAsync(engine);
        await ExportAsync(server.DatabaseOption);
        await ImportAsync(database, server.Clock, Files());
        var clock = new FakeClock(server.Clock.Now.AddSeconds(301));

        await using var copy = await FhirServer.StartAsync(await OpenAsync(database, clock));
        var office = new Office(copy.Http);
        copy.Clock.Now = clock.Now;

        (await office.SlotStatusAsync("held")).Should().Be("free");
        (await office.CountAsync("Appointment?status=pending")).Should().Be(0);
    }

    /// <summary>The codes here are made up: the list of the code server is not ours to give.</summary>
    [DatabaseTheory, EachDatabase]
    public async Task National_code_list_that_is_imported_counts(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var clock = new FakeClock(CommandOffice.Now);
        var list = Write("palvelutehtava.ndjson", """
            {"resourceType":"CodeSystem","id":"thl-1221","url":"urn:oid:1.2.246.537.6.1221","status":"active","content":"complete","concept":[{"code":"koe-1","display":"Kokeiltava palvelutehtävä"}]}
            """);

        var code = await ImportAsync(database, clock, [list]);
        await using var server = await FhirServer.StartAsync(await OpenAsync(database, clock));
        var office = new Office(server.Http);
        var answers = new List<Answer>();
        foreach (var asked in new[] { "1221&code=koe-1", "1221&code=koe-2", "1222&code=koe-1" })
            answers.Add(await office.GetAsync($"CodeSystem/$validate-code?url=urn:oid:1.2.246.537.6.{asked}"));

        code.Should().Be(ServerCommand.Success);
        answers[0].Text.Should().Contain("\"valueBoolean\":true").And.Contain("Kokeiltava palvelutehtävä");
        answers[1].Text.Should().Contain("\"valueBoolean\":false");
        answers[2].Text.Should().NotContain("\"valueBoolean\":true", "no list of 1222 is here");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Import_again_makes_no_new_version(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine, CommandOffice.Now);
        await CommandOffice.OpenAsync(server);
        await using var database = await TestDatabase.CreateAsync(engine);
        await ExportAsync(server.DatabaseOption);
        await ImportAsync(database, server.Clock, Files());
        var first = await VersionsAsync(database, server.Clock);

        var code = await ImportAsync(database, server.Clock, Files());

        code.Should().Be(ServerCommand.Success);
        (await VersionsAsync(database, server.Clock)).Should().Equal(first);
    }

    [DatabaseTheory, EachDatabase]
    public async Task What_is_refused_is_told_with_its_place_and_the_rest_is_stored(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var clock = new FakeClock(CommandOffice.Now);
        var path = Write("mixed.ndjson", """
            {"resourceType":"Patient","id":"a"}

            {"resourceType":"Patient","id":"b","nome":1}
            not json
            {"resourceType":"Patient","id":"not an id"}
            {"resourceType":"Patient","id":"c"}
            """);

        var (result, refused, stored) = await RunAsync(database, clock, path);

        result.Should().Be(new ImportResult(2, 0, 3, IsInterrupted: false));
        refused.Should().Equal("mixed.ndjson:3", "mixed.ndjson:4", "mixed.ndjson:5");
        stored.Should().Equal("Patient/a", "Patient/c");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Second_booking_of_a_time_is_refused_and_the_first_stays(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var clock = new FakeClock(CommandOffice.Now);
        var lines = new[]
        {
            Office.Appointment("p", "s", "09:00", "10:00", id: "first"),
            Office.Appointment("q", null, "09:30", "10:30", id: "second", actors: "Practitioner/a"),
            """{"resourceType":"Patient","id":"p"}""", """{"resourceType":"Patient","id":"q"}""",
            $$"""{"resourceType":"Slot","id":"s","schedule":{"reference":"Schedule/a"},"status":"busy","start":"{{Office.At("09:00")}}","end":"{{Office.At("10:00")}}"}""",
            """{"resourceType":"Schedule","id":"a","actor":[{"reference":"Practitioner/a"}]}""",
            """{"resourceType":"Practitioner","id":"a"}""",
        };
        var path = Write("office.ndjson", string.Join('\n', lines.Select(l => l.ReplaceLineEndings(""))));

        var (result, refused, stored) = await RunAsync(database, clock, path);

        result.Should().Be(new ImportResult(6, 0, 1, IsInterrupted: false));
        refused.Should().Equal("office.ndjson:2");
        stored.Should().Contain("Appointment/first").And.NotContain("Appointment/second");
        (await DatabaseCommands.CheckAsync(Options(database), CommandOffice.English, clock, default)).Should().Be(0);
    }

    /// <summary>With what the rules bdl-9 to bdl-11 ask of a document.</summary>
    private const string Document = """
        {"resourceType":"Bundle","id":"b","identifier":{"system":"http://example.org/documents","value":"1"},
         "type":"document","timestamp":"2026-11-23T09:00:00Z","entry":[{"fullUrl":"http://example.org/Composition/c",
           "resource":{"resourceType":"Composition","id":"c","status":"final","type":{"text":"t"},"title":"T",
             "date":"2026-11-23","author":[{"display":"a"}]}}]}
        """;

    [Theory]
    [InlineData("bundle.json", "collection", 2)]
    [InlineData("bundle.json", "searchset", 2)]
    [InlineData("bundle.json", "transaction", 2)]
    [InlineData("bundle.json", "document", 1)]
    [InlineData("bundle.ndjson", "collection", 1)]
    public async Task Bundle_is_a_list_of_resources_or_a_resource(string name, string type, int expected)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        var clock = new FakeClock(CommandOffice.Now);
        var isList = expected == 2 || name != "bundle.json";
        var path = Write(name, type == "document" ? Document : $$"""{"resourceType":"Bundle","id":"b","type":"{{type}}","entry":[{{Entry("p", type)}},{{Entry("q", type)}}{{(isList && type == "searchset" ? Outcome : "")}}]}""");

        var (result, refused, _) = await RunAsync(database, clock, path);

        refused.Should().BeEmpty();
        result.Stored.Should().Be(expected);
    }

    [Fact]
    public async Task Gzipped_lines_without_their_usual_name_are_read()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        var path = Path.Combine(_folder.FullName, "patients");
        await using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
            await gzip.WriteAsync("""
                {"resourceType":"Patient","id":"a"}
                {"resourceType":"Patient","id":"b"}
                """u8.ToArray());

        var (result, _, stored) = await RunAsync(database, new FakeClock(CommandOffice.Now), path);

        result.Stored.Should().Be(2);
        stored.Should().Equal("Patient/a", "Patient/b");
    }

    [Fact]
    public async Task Interrupted_import_ends_with_a_whole_transaction_and_says_so()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        var path = Write("many.ndjson", string.Join(
            '\n', Enumerable.Range(0, 1000).Select(n => $$"""{"resourceType":"Patient","id":"p{{n}}"}""")));
        using var stop = new CancellationTokenSource();
        await using var store = await OpenAsync(database, new FakeClock(CommandOffice.Now));

        var result = await Run(store, database, [], new Steps(count => { if (count > 0) stop.Cancel(); }))
            .RunAsync(Items(path), stop.Token);

        result.IsInterrupted.Should().BeTrue();
        result.Stored.Should().Be(250);
        (await CommandOffice.ContentAsync(store)).Should().HaveCount(250);
    }

    [Fact]
    public void Line_beyond_the_limit_is_told_and_the_next_is_read()
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes("one\n" + new string('x', 200_000) + "\nthree"));
        var lines = new LineReader(text, mostBytes: 1000);
        var read = new List<string>();

        while (lines.Read())
            read.Add(lines.IsTooLong ? $"{lines.Number} too long" : Encoding.UTF8.GetString(lines.Line.Span));

        read.Should().Equal("one", "2 too long", "three");
    }

    private const string Outcome =
        """,{"search":{"mode":"outcome"},"resource":{"resourceType":"OperationOutcome","issue":[{"severity":"information","code":"informational"}]}}""";

    private static string Entry(string id, string type)
    {
        var request = type is "transaction" ? $$""","request":{"method":"PUT","url":"Patient/{{id}}"}""" : "";
        return $$"""{"fullUrl":"http://example.org/Patient/{{id}}","resource":{"resourceType":"Patient","id":"{{id}}"}{{request}}}""";
    }

    private static ServerOptions Options(TestDatabase database) => new(ServerOptions.DefaultUrls, database.Option, IsOpen: true);

    private static Task<ResourceStore> OpenAsync(TestDatabase database, FakeClock clock) =>
        Database.OpenAsync(database.Option, clock, default);

    private static IEnumerable<ImportItem> Items(string path)
    {
        var file = new ImportFile(path, Path.GetFileName(path), mostBytes: 1 << 20);
        return ImportStage.All.SelectMany(file.Read);
    }

    private static ImportRun Run(ResourceStore store, TestDatabase database, List<string> refused, IProgress<int> progress)
    {
        var facade = new FhirFacade(store, Options(database), TimeProvider.System);
        return new ImportRun(
            facade.Pipeline, facade.Validator, (place, _, _) => refused.Add(place), progress, TimeProvider.System);
    }

    private static async Task<(ImportResult Result, List<string> Refused, IEnumerable<string> Stored)> RunAsync(
        TestDatabase database, FakeClock clock, string path)
    {
        await using var store = await OpenAsync(database, clock);
        var refused = new List<string>();
        var result = await Run(store, database, refused, new Steps(_ => { })).RunAsync(Items(path), default);
        return (result, refused, (await CommandOffice.ContentAsync(store)).Keys);
    }

    private static async Task<List<string>> VersionsAsync(TestDatabase database, FakeClock clock)
    {
        await using var store = await OpenAsync(database, clock);
        return await CommandOffice.VersionsAsync(store);
    }

    private Task<int> ExportAsync(string database) => ExportCommand.RunAsync(
        database, _folder.FullName, [], null, CommandOffice.English, TimeProvider.System, default);

    private static Task<int> ImportAsync(TestDatabase database, FakeClock clock, IReadOnlyList<string> files) =>
        ImportCommand.RunAsync(files, Options(database), CommandOffice.English, clock, default);

    private string[] Files() => Directory.GetFiles(_folder.FullName, "*.ndjson");

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private sealed class Steps(Action<int> step) : IProgress<int>
    {
        public void Report(int value) => step(value);
    }
}
