using Ajanvaraus.Fhir.Server.Commands;

namespace Ajanvaraus.Fhir.Server.Tests.Commands;

public sealed class SettingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ajanvaraus-settings-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Command_line_wins_over_environment_and_environment_over_the_file()
    {
        Write("""{"Ajanvaraus":{"Urls":"http://127.0.0.1:1","KnownAs":"https://file/fhir","MaxCount":7}}""");

        var arguments = Complete(
            ["serve", "--urls", "http://127.0.0.1:3"],
            new() { ["AJANVARAUS_URLS"] = "http://127.0.0.1:2", ["AJANVARAUS_KNOWN_AS"] = "https://set/fhir" });

        arguments.Should().StartWith("serve").And.ContainInOrder("--urls", "http://127.0.0.1:3")
            .And.Contain("--known-as=https://set/fhir").And.Contain("--max-count=7")
            .And.NotContain(a => a.StartsWith("--urls="));
    }

    [Theory]
    [InlineData("AJANVARAUS_MAX_COUNT", "many")]
    [InlineData("AJANVARAUS_MAX_COUNT", "0")]
    [InlineData("AJANVARAUS_DEFAULT_COUNT", "2000")]
    [InlineData("AJANVARAUS_MAX_RESOURCE_BYTES", "10")]
    [InlineData("AJANVARAUS_URLS", "http://example.org")]
    public async Task Wrong_value_of_the_environment_ends_serve_with_exit_code_2(string variable, string value)
    {
        var code = await RunAsync(["serve", "--open"], new() { [variable] = value });

        code.Should().Be(ServerCommand.Usage);
    }

    [Theory]
    [InlineData("AJANVARAUS_ISSUER", "http://id.example.org")]
    [InlineData("AJANVARAUS_ISSUER", "https://id.example.org;https://id.example.org")]
    [InlineData("AJANVARAUS_INTROSPECTION", "https://other.example.org=client")]
    [InlineData("AJANVARAUS_INTROSPECTION", "client")]
    [InlineData("AJANVARAUS_INTROSPECTION", "https://id.example.org=client")]
    [InlineData("AJANVARAUS_OPEN", "true")]
    public async Task Wrong_word_about_tokens_ends_serve_with_exit_code_2(string variable, string value)
    {
        var settings = new Dictionary<string, string> { ["AJANVARAUS_ISSUER"] = "https://id.example.org", ["AJANVARAUS_DATABASE"] = "sqlite:never.db" };
        settings[variable] = value;

        var code = await RunAsync(["serve"], settings);

        code.Should().Be(ServerCommand.Usage);
        File.Exists("never.db").Should().BeFalse();
    }

    [Fact]
    public void Tokens_are_set_by_the_environment_and_secrets_by_a_file()
    {
        var file = Path.Combine(_folder.FullName, "secrets");
        File.WriteAllText(file, "client=a=b\n\nother=c\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var command = new System.CommandLine.RootCommand();
        var tokens = new TokenArguments(new CommandLanguage("en"));
        tokens.AddTo(command);

        var options = tokens.Of(command.Parse(
        [
            "--issuer", "https://a.example;https://b.example", "--issuer", "https://c.example", "--audience", "https://fhir.example/fhir/",
            "--introspection", "https://b.example=client", "--introspection-secrets", file,
        ]));

        options.Refusal().Should().BeNull();
        options.Issuers.Select(i => i.Name).Should().Equal("https://a.example", "https://b.example", "https://c.example");
        (options.Issuers[0].IntrospectionClient, options.Issuers[1].IntrospectionClient, options.Issuers[1].IntrospectionSecret)
            .Should().Be((null, "client", "a=b"));
        options.Audiences.Should().Equal("https://fhir.example/fhir");
        options.Assurance.Should().BeEquivalentTo(Ajanvaraus.Fhir.Server.Security.TokenOptions.SureIdentification);
    }

    [Fact]
    public async Task File_that_is_not_JSON_ends_with_exit_code_2()
    {
        Write("{");

        var code = await RunAsync(["migrate", "--database", "sqlite:never.db"], []);

        code.Should().Be(ServerCommand.Usage);
    }

    [Theory]
    [InlineData("export")]
    [InlineData("export", "--to", "x", "--type", "Nothing")]
    [InlineData("export", "--to", "x", "--since", "yesterday")]
    [InlineData("import")]
    [InlineData("import", "/no/such/file.ndjson")]
    [InlineData("restore", "/no/such/file.zip")]
    [InlineData("nothing")]
    public async Task Wrong_call_ends_with_exit_code_2(params string[] arguments)
    {
        var code = await RunAsync(arguments, []);

        code.Should().Be(ServerCommand.Usage);
    }

    [Theory]
    [InlineData("fi_FI.UTF-8", null, "fi")]
    [InlineData("fi", null, "fi")]
    [InlineData("fil_PH", null, "en")]
    [InlineData("sv_FI", null, "en")]
    [InlineData("fi_FI", "en", "en")]
    [InlineData("C", "fi", "fi")]
    public void Language_is_that_of_the_option_or_else_of_the_environment(string locale, string? option, string expected)
    {
        string[] arguments = option is null ? ["check"] : ["check", "--lang", option];

        var language = CommandLanguage.Of(arguments, name => name == "LANG" ? locale : null);

        language.Code.Should().Be(expected);
    }

    private void Write(string text) => File.WriteAllText(Path.Combine(_folder.FullName, Settings.FileName), text);

    private IReadOnlyList<string> Complete(string[] arguments, Dictionary<string, string> environment) =>
        Settings.Of(_folder.FullName, environment.GetValueOrDefault)
            .Complete(CommandLine.Root(new CommandLanguage("en")), arguments, []);

    private Task<int> RunAsync(string[] arguments, Dictionary<string, string> environment) =>
        CommandLine.RunAsync(arguments, _folder.FullName, environment.GetValueOrDefault);
}
