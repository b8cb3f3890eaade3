using System.CommandLine;
using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.DevelopmentIssuer;

/// <summary>The program as it is called: <c>serve</c> and <c>token</c>.</summary>
internal static class IssuerCommands
{
    private const int Usage = 2;

    private static readonly Option<string> Url = Text("--url", "Address of the issuer, on loopback; its name in tokens.", "http://127.0.0.1:8090");

    private static readonly Option<string> Audience = Text("--audience", "Base address of the FHIR server.", "http://127.0.0.1:8080/fhir");

    private static readonly Option<string> Folder = Text("--folder", "Where the key of the issuer is kept.", ".development-issuer");

    public static RootCommand Root() => new("OpenID issuer for development and tests: it believes whoever asks.")
    {
        Serve(), Token(),
    };

    private static Command Serve()
    {
        var clients = Text("--clients", "JSON file with the JWK set of each client: { \"id\": { \"keys\": [] } }.", "");
        var command = new Command("serve", "Serves discovery, keys, login page, tokens and introspection.") { Url, Audience, Folder, clients };
        command.SetAction(async (arguments, cancel) =>
        {
            var settings = SettingsOf(arguments) with { Clients = Clients(arguments.GetValue(clients)!) };
            if (settings.Refusal() is { } refusal)
            {
                await Console.Error.WriteLineAsync(refusal);
                return Usage;
            }
            await using var app = IssuerApplication.Build(settings, TimeProvider.System);
            await app.StartAsync(cancel);
            Console.WriteLine($"Development issuer {settings.Url} for {settings.Audience}");
            await app.WaitForShutdownAsync(cancel);
            return 0;
        });
        return command;
    }

    private static Command Token()
    {
        var role = new Option<string>("--role") { Description = "Who to be.", Required = true };
        role.AcceptOnlyFromAmong([.. DemoRole.All.Select(r => r.Name)]);
        var scope = Text("--scope", "Scopes; all of the role unless given.", "");
        Option<string>[] person =
        [
            Text("--patient", "Id of the client that one is.", ""), Text("--practitioner", "Id of the professional that one is.", ""),
            Text("--acts-for", "Id of the client that one acts for.", ""), Text("--unit", "Unit at work: Organization/hyvinvointialue unless told.", ""),
            Text("--service-tasks", "Codes of service tasks, apart by commas.", ""),
        ];
        var command = new Command("token", "Prints a token for a role.") { role, scope, Url, Audience, Folder };
        foreach (var option in person)
            command.Add(option);
        command.SetAction(arguments =>
        {
            var settings = SettingsOf(arguments);
            Directory.CreateDirectory(settings.Folder);
            using var key = SigningKey.Open(settings.KeyPath);
            var mint = new TokenMint(settings.Url, settings.Audience, key, TimeProvider.System);
            arguments.InvocationConfiguration.Output.WriteLine(mint.AccessToken(
                DemoRole.Find(arguments.GetValue(role))!,
                Person.Of(name => arguments.GetValue(Array.Find(person, option => option.Name == "--" + name)!)),
                "command-line", arguments.GetValue(scope)!));
        });
        return command;
    }

    private static IssuerSettings SettingsOf(ParseResult arguments) => new(
        arguments.GetValue(Url)!.TrimEnd('/'), arguments.GetValue(Audience)!.TrimEnd('/'), arguments.GetValue(Folder)!);

    private static Dictionary<string, string> Clients(string path) => path.Length == 0
        ? []
        : JsonNode.Parse(File.ReadAllText(path))!.AsObject().ToDictionary(c => c.Key, c => c.Value!.ToJsonString());

    private static Option<string> Text(string name, string description, string byDefault) =>
        new(name) { Description = description, DefaultValueFactory = _ => byDefault };
}
