using Ajanvaraus.Fhir.Server.Commands;
using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Messages;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>Settings with which the server does not start, each with what is told: docs/security.md, What is refused at the start.</summary>
public sealed class StartRefusalTests : IDisposable
{
    private const string Loopback = "http://127.0.0.1:8080";

    private static readonly ServerOptions Safe = new("http://0.0.0.0:8080", ServerOptions.DefaultDatabase, IsOpen: false)
    {
        Tokens = new TokenOptions { Issuers = [new IssuerOptions("https://id.example.org")] },
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ajanvaraus-start-");

    public static TheoryData<string, string> Unsafe => new()
    {
        { "open beyond the own machine", "loopback addresses only, not http://0.0.0.0:8080" },
        { "open and with an issuer", "give one of them" },
        { "neither", "--issuer" },
        { "issuer without TLS", "https addresses without query" },
        { "issuer twice", "named twice" },
        { "introspection without its secret", "no line for the client c" },
        { "service of mandates without TLS", "--mandates takes an https address" },
        { "service of mandates without secret", "--mandates-secret names no file" },
        { "gateway without TLS", "--messages takes file:FOLDER or an https address" },
        { "gateway without secret", "--messages-secret names no file" },
        { "folder of messages that is not there", "the folder /no/such/folder" },
        { "secret of no gateway", "--messages-secret needs --messages" },
        { "a network as proxy", "IP address of one proxy, not 10.0.0.0/8" },
        { "everybody as proxy", "not 0.0.0.0" },
        { "a name as proxy", "not proxy.example.org" },
        { "more by default than at the most", "greater than --max-count" },
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory, MemberData(nameof(Unsafe))]
    public void Start_with_unsafe_options_is_refused_and_tells_why(string what, string told)
    {
        var options = what switch
        {
            "open beyond the own machine" => Safe with { IsOpen = true, Tokens = new TokenOptions() },
            "open and with an issuer" => Safe with { IsOpen = true, Urls = Loopback },
            "neither" => Safe with { Tokens = new TokenOptions(), Urls = Loopback },
            "issuer without TLS" => With(new IssuerOptions("http://id.example.org")),
            "issuer twice" => With(new IssuerOptions("https://id.example.org"), new IssuerOptions("https://id.example.org")),
            "introspection without its secret" => With(new IssuerOptions("https://id.example.org") { IntrospectionClient = "c", IntrospectionSecret = "" }),
            "service of mandates without TLS" => Safe with { Tokens = Safe.Tokens with { Mandates = new("http://mandates.example.org") { Secret = "s" } } },
            "service of mandates without secret" => Safe with { Tokens = Safe.Tokens with { Mandates = new("https://mandates.example.org") } },
            "gateway without TLS" => Safe with { Messages = new("http://sms.example.org") { Secret = "s" } },
            "gateway without secret" => Safe with { Messages = new("https://sms.example.org") },
            "folder of messages that is not there" => Safe with { Messages = new("file:/no/such/folder") },
            "secret of no gateway" => Safe with { Messages = MessageOptions.None with { Secret = "s" } },
            "a network as proxy" => Safe with { Proxies = ["10.0.0.0/8"] },
            "everybody as proxy" => Safe with { Proxies = ["10.0.0.1", "0.0.0.0"] },
            "a name as proxy" => Safe with { Proxies = ["proxy.example.org"] },
            _ => Safe with { Limits = FhirLimits.Default with { DefaultCount = 2000, MaxCount = 10 } },
        };

        options.Refusal().Should().Contain(told);
        Safe.Refusal().Should().BeNull("the same without that starts");
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead, false)]
    [InlineData(UnixFileMode.OtherWrite, false)]
    [InlineData(UnixFileMode.GroupWrite, false)]
    [InlineData(UnixFileMode.GroupRead, true)]
    [InlineData(UnixFileMode.None, true)]
    public void File_of_secrets_that_others_can_read_or_change_is_refused(UnixFileMode more, bool mayStart)
    {
        if (OperatingSystem.IsWindows())
            return;
        var path = Path.Combine(_folder.FullName, "keys");
        System.IO.File.WriteAllLines(path, TestIdentityKeys.Lines("2026"));
        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);

        var read = () => IdentityKeyFile.Read(path);

        if (mayStart)
            read.Should().NotThrow();
        else
            read.Should().Throw<InvalidDataException>().WithMessage($"{path} holds secrets, and others can read or change it: chmod 600*");
    }

    [Fact]
    public async Task Command_ends_with_exit_code_1_or_2_before_it_makes_a_database()
    {
        var (keys, secrets, policy) = (File("keys", TestIdentityKeys.Lines("2026")), File("secrets", ["c=s"]), File("policy", ["nonsense"]));
        var database = "sqlite:" + Path.Combine(_folder.FullName, "never.db");
        foreach (var (expected, arguments) in ((int, string[])[])[
            (ServerCommand.Failure, ["--open", "--identity-keys", keys]),
            (ServerCommand.Usage, ["--issuer", "https://id.example.org", "--introspection", "https://id.example.org=c", "--introspection-secrets", secrets]),
            (ServerCommand.Usage, ["--issuer", "https://id.example.org", "--introspection-secrets", Path.Combine(_folder.FullName, "none")]),
            (ServerCommand.Usage, ["--issuer", "https://id.example.org", "--mandates", "https://m.example.org", "--mandates-secret", secrets]),
            (ServerCommand.Usage, ["--issuer", "https://id.example.org", "--mandates-secret", secrets]),
            (ServerCommand.Usage, ["--issuer", "https://id.example.org", "--policy", policy]),
            (ServerCommand.Usage, ["--issuer", "https://id.example.org", "--proxy", "everybody"])])
        {
            var code = await CommandLine.RunAsync(["serve", "--database", database, .. arguments], _folder.FullName, _ => null);

            code.Should().Be(expected, string.Join(' ', arguments));
        }
        System.IO.File.Exists(Path.Combine(_folder.FullName, "never.db")).Should().BeFalse();
    }

    private static ServerOptions With(params IssuerOptions[] issuers) => Safe with { Tokens = new TokenOptions { Issuers = [.. issuers] } };

    /// <summary>One that everybody can read.</summary>
    private string File(string name, string[] lines)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllLines(path, lines);
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        return path;
    }
}
