using System.IO.Compression;
using System.Text;

using Ajanvaraus.Fhir.Persistence.Identities;
using Ajanvaraus.Fhir.Server.Commands;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Tests.Booking;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>The keys by which personal identity codes are hidden, and their change.</summary>
public sealed class IdentityKeyTests
{
    private const string One = "131052-308T";
    private const string Other = "131052Y308T";
    private const string System = "urn:oid:1.2.246.21";

    private static readonly CommandLanguage English = new("en");

    [DatabaseTheory, EachDatabase]
    public async Task Rotation_that_was_cut_off_goes_on_and_all_is_found_and_read_meanwhile(DatabaseEngine engine)
    {
        await using var database = await MigratedDatabase.CreateAsync(engine);
        await FillAsync(database, TestIdentityKeys.Of("old"));
        var both = TestIdentityKeys.Of("new", "old");

        // The process ends after the first step: the rest stands as before.
        await using (var server = await StartAsync(database, both))
        {
            var indexer = new FhirFacade(server.Store, Options(database, both), server.Clock).SearchParameters.Indexer;
            var step = await server.Store.Upkeep.RekeyAsync(0, indexer, default);
            step.Value!.Count.Should().Be(200);
        }
        (await KeysAsync(database)).Should().BeEquivalentTo("new", "old");
        await using (var server = await StartAsync(database, both))
            await FindsAsync(server);

        (await RotateKeysCommand.RunAsync(Options(database, both), English, TimeProvider.System, default)).Should().Be(0);

        (await KeysAsync(database)).Should().BeEquivalentTo("new");
        await using (var server = await StartAsync(database, TestIdentityKeys.Of("new")))
            await FindsAsync(server);
        (await DatabaseCommands.CheckAsync(
            Options(database, TestIdentityKeys.Of("new")), English, TimeProvider.System, default)).Should().Be(0);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Without_its_key_what_is_hidden_is_neither_read_nor_found_and_the_setting_is_named(DatabaseEngine engine)
    {
        await using var database = await MigratedDatabase.CreateAsync(engine);
        await FillAsync(database, TestIdentityKeys.Of("old"));

        await using var server = await StartAsync(database, TestIdentityKeys.Of("another"));
        var office = new Office(server.Http);
        var read = await office.GetAsync("Patient/one");
        var found = await IdentityTests.SearchAsync(server.Http, "Patient", $"identifier={System}|{One}");

        (read.Status, read.Rules.First()).Should().Be((503, "AJV-6107"), read.Text);
        found.Body["entry"].Should().BeNull();
        (await office.GetAsync("Practitioner/plain")).Status.Should().Be(200);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Start_without_a_key_that_the_data_is_under_is_refused_and_names_it(DatabaseEngine engine)
    {
        await using var database = await MigratedDatabase.CreateAsync(engine);
        await FillAsync(database, TestIdentityKeys.Of("old"));
        var told = new StringWriter();
        var (error, output) = (Console.Error, Console.Out);
        Console.SetError(told);
        try
        {
            foreach (var keys in (IdentityKeys[])[IdentityKeys.None, TestIdentityKeys.Of("another"), TestIdentityKeys.OfOtherSecret("old")])
                (await ServeCommand.RunAsync(Options(database, keys) with { Urls = "http://127.0.0.1:0" }, TimeProvider.System, default))
                    .Should().Be(ServerCommand.Failure);
        }
        finally
        {
            Console.SetError(error);
            Console.SetOut(output);
        }
        await using var store = await Database.OpenAsync(database.Option, TimeProvider.System, default, TestIdentityKeys.Of("new", "old"));

        told.ToString().Split('\n').Count(line => line.Contains("hidden by the key old,")).Should().Be(3);
        (await store.Upkeep.UnopenableKeyAsync(default)).Should().BeNull("all that the data is under is there");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Start_between_two_steps_of_a_rotation_needs_both_keys(DatabaseEngine engine)
    {
        await using var database = await MigratedDatabase.CreateAsync(engine);
        await FillAsync(database, TestIdentityKeys.Of("old"));
        var both = TestIdentityKeys.Of("new", "old");
        await using (var server = await StartAsync(database, both))
        {
            var indexer = new FhirFacade(server.Store, Options(database, both), server.Clock).SearchParameters.Indexer;
            (await server.Store.Upkeep.RekeyAsync(0, indexer, default)).Failed.Should().BeFalse();
        }

        (await UnopenableAsync(database, both)).Should().BeNull();
        (await UnopenableAsync(database, TestIdentityKeys.Of("new"))).Should().Be("old");
        (await UnopenableAsync(database, TestIdentityKeys.Of("old"))).Should().Be("new");
    }

    [DatabaseTheory]
    [EachDatabase(DatabaseEngine.Sqlite)]
    [EachDatabase(DatabaseEngine.PostgreSql)]
    public async Task Backup_holds_no_code_and_its_restored_rows_are_read_and_found_by_the_same_keys_alone(DatabaseEngine engine, DatabaseEngine target)
    {
        using var folder = new TemporaryFolder();
        var archive = global::System.IO.Path.Combine(folder.Path, "backup.zip");
        await using var database = await MigratedDatabase.CreateAsync(engine);
        await using var copy = await TestDatabase.CreateAsync(target);
        await FillAsync(database, TestIdentityKeys.Of("old"));

        (await BackupCommands.BackupAsync(archive, database.Option, English, TimeProvider.System, default)).Should().Be(0);
        (await BackupCommands.RestoreAsync(archive, copy.Option, English, TimeProvider.System, default)).Should().Be(0);

        using (var zip = ZipFile.OpenRead(archive))
            foreach (var entry in zip.Entries)
            {
                using var reader = new StreamReader(entry.Open(), Encoding.Latin1);
                (await reader.ReadToEndAsync()).Should().NotContainAny(One, Other);
            }
        (await UnopenableAsync(copy, TestIdentityKeys.Of("another"))).Should().Be("old");
        await using var server = await StartAsync(copy, TestIdentityKeys.Of("old"));
        await FindsAsync(server);
    }

    [Fact]
    public void Sealed_bytes_open_to_what_they_were_and_not_when_a_bit_is_changed()
    {
        var keys = TestIdentityKeys.Usual;
        var plain = """{"resourceType":"Patient"}"""u8.ToArray();

        var stored = keys.Seal(plain);

        keys.Open(stored).Should().Equal(plain);
        keys.Seal(plain).Should().NotEqual(stored, "no two are alike");
        keys.Open(plain).Should().Equal(plain, "what is not sealed is passed through");
        IdentityKeys.NameOn(stored).Should().Be("test");
        for (var place = 1; place < stored.Length; place++)
        {
            var forged = (byte[])stored.Clone();
            forged[place] ^= 1;
            var open = () => keys.Open(forged);
            open.Should().Throw<Persistence.Engine.StorageFailedException>();
        }
        for (var length = 1; length < stored.Length; length++)
        {
            var open = () => keys.Open(stored[..length]);
            open.Should().Throw<Persistence.Engine.StorageFailedException>();
        }
    }

    [Fact]
    public void Keys_are_read_from_lines_and_faults_name_the_line_without_the_secret()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("keys", ["# first the new one", "", .. TestIdentityKeys.Lines("2026", "2025")]);

        IdentityKeyFile.Read(path).Current.Should().Be("2026");
        foreach (var lines in new string[][]
        {
            [], ["a"], ["a="], ["a=c2VjcmV0"], [TestIdentityKeys.Lines("b")[0] + "AA"], TestIdentityKeys.Lines("c c"),
            TestIdentityKeys.Lines("d", "d"),
        })
        {
            var read = () => IdentityKeyFile.Read(folder.File("wrong", lines));
            read.Should().Throw<InvalidDataException>().Which.Message.Should().NotContain("c2VjcmV0");
        }
    }

    [Fact]
    public void Beside_an_SQLite_database_a_file_is_made_that_its_owner_alone_reads()
    {
        using var folder = new TemporaryFolder();
        var database = "sqlite:" + Path.Combine(folder.Path, "a.db");

        IdentityKeyFile.Of("", database, isMade: false).AreNone.Should().BeTrue();
        var made = IdentityKeyFile.Of("", database, isMade: true);
        var again = IdentityKeyFile.Of("", database, isMade: true);

        again.Open(made.Seal("{}"u8)).Should().Equal("{}"u8.ToArray());
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(folder.Path, "a.db.keys")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>More patients than one step takes; the last two differ in the sign alone.</summary>
    private static async Task FillAsync(TestDatabase database, IdentityKeys keys)
    {
        await using var server = await StartAsync(database, keys);
        var office = new Office(server.Http);
        await office.PutAsync("""{"resourceType":"Practitioner","id":"plain","active":true}""");
        await office.PutAsync(IdentityTests.Patient("one", One));
        await office.PutAsync(IdentityTests.Patient("one", One).Replace("\"use\"", "\"period\":{\"start\":\"2020\"},\"use\""));
        var entries = Enumerable.Range(0, 250).Select(n =>
            $$"""{"request":{"method":"PUT","url":"Patient/n{{n}}"},"resource":{"resourceType":"Patient","id":"n{{n}}"} }""");
        var filled = await office.PostAsync("", $$"""{"resourceType":"Bundle","type":"transaction","entry":[{{string.Join(',', entries)}}]}""");
        filled.Status.Should().Be(200, filled.Text);
        await office.PutAsync(IdentityTests.Patient("other", Other));
    }

    private static async Task FindsAsync(FhirServer server)
    {
        foreach (var (code, id) in new[] { (One, "one"), (Other, "other") })
        {
            var found = await IdentityTests.SearchAsync(server.Http, "Patient", $"identifier={System}|{code}");
            found.Body["entry"]!.AsArray().Should().ContainSingle(found.Text);
            found.Id.Should().Be(id);
            found.Text.Should().Contain(code);
        }
        (await new Office(server.Http).GetAsync("Patient/one/_history")).Body["entry"]!.AsArray().Should().HaveCount(2);
    }

    private static async Task<FhirServer> StartAsync(TestDatabase database, IdentityKeys keys) =>
        await FhirServer.StartAsync(await Database.OpenAsync(database.Option, new FakeClock("2026-11-23T08:00:00+02:00"), default, keys));

    private static ServerOptions Options(TestDatabase database, IdentityKeys keys) =>
        new(ServerOptions.DefaultUrls, database.Option, IsOpen: true) { Identities = keys };

    private static async Task<string?> UnopenableAsync(TestDatabase database, IdentityKeys keys)
    {
        await using var store = await Database.OpenAsync(database.Option, TimeProvider.System, default, keys);
        return await store.Upkeep.UnopenableKeyAsync(default);
    }

    /// <summary>Names of the keys that bodies are under.</summary>
    private static async Task<IEnumerable<string>> KeysAsync(TestDatabase database)
    {
        await using var store = await Database.OpenAsync(database.Option, TimeProvider.System, default);
        return await store.Upkeep.IdentityKeysAsync(default);
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("ajanvaraus-keys-").FullName;

        public string File(string name, string[] lines)
        {
            var path = global::System.IO.Path.Combine(Path, name);
            global::System.IO.File.WriteAllLines(path, lines);
            if (!OperatingSystem.IsWindows())
                global::System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return path;
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
