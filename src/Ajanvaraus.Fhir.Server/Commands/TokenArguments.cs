using System.CommandLine;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;
using Ajanvaraus.Fhir.Server.Security.Representation;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary>The options of <c>serve</c> and <c>demo</c> that say whose tokens are taken.</summary>
public sealed class TokenArguments
{
    private readonly Option<string[]> _issuers;
    private readonly Option<string[]> _audiences;
    private readonly Option<string[]> _introspection;
    private readonly Option<string> _secrets;
    private readonly Option<string[]> _assurance;
    private readonly Option<string> _policy;
    private readonly Option<string> _mandates;
    private readonly Option<string> _mandatesSecret;

    public TokenArguments(CommandLanguage language)
    {
        _issuers = Many("--issuer", language.Say(
            "OpenID issuer whose tokens are taken; several, or apart by semicolons.",
            "OpenID-myöntäjä, jonka valtuudet kelpaavat; useita, tai puolipistein erotettuina."));
        _audiences = Many("--audience", language.Say(
            "What tokens are for (aud), when it is not the address of this server.",
            "Kenelle valtuudet on annettu (aud), jos se ei ole palvelimen osoite."));
        _introspection = Many("--introspection", language.Say(
            "ISSUER=CLIENT: opaque tokens of that issuer are asked from it, as that client.",
            "MYÖNTÄJÄ=ASIAKAS: myöntäjän muut kuin JWT-valtuudet kysytään siltä tällä asiakastunnuksella."));
        _secrets = new Option<string>("--introspection-secrets")
        {
            Description = language.Say(
                "File with a line CLIENT=SECRET for each client of --introspection.",
                "Tiedosto, jossa on rivi ASIAKAS=SALAISUUS jokaiselle --introspection-asiakkaalle."),
            DefaultValueFactory = _ => "",
        };
        _assurance = Many("--assurance", language.Say(
            "Values of acr with which citizens are let in; those of strong identification unless given.",
            "acr-arvot, joilla kansalainen pääsee sisään; ellei anneta, vahvan tunnistautumisen arvot."));
        _policy = new Option<string>("--policy")
        {
            Description = language.Say(
                "File with the access policy; the command policy prints the one that is used without it.",
                "Tiedosto, jossa on käyttöoikeustaulukko; komento policy tulostaa sen, jota muuten käytetään."),
            DefaultValueFactory = _ => "",
        };
        _mandates = new Option<string>("--mandates")
        {
            Description = language.Say(
                "Address of the service that is asked whether somebody may act for another by a mandate.",
                "Sen palvelun osoite, jolta kysytään, saako joku asioida toisen puolesta valtuudella."),
            DefaultValueFactory = _ => "",
        };
        _mandatesSecret = new Option<string>("--mandates-secret")
        {
            Description = language.Say(
                "File with the secret by which that service knows this server, on one line.",
                "Tiedosto, jonka ainoalla rivillä on salaisuus, josta palvelu tuntee tämän palvelimen."),
            DefaultValueFactory = _ => "",
        };
    }

    public void AddTo(Command command)
    {
        command.Add(_issuers);
        command.Add(_audiences);
        command.Add(_introspection);
        command.Add(_secrets);
        command.Add(_assurance);
        command.Add(_policy);
        command.Add(_mandates);
        command.Add(_mandatesSecret);
    }

    /// <remarks>Errors: <see cref="TokenOptions.Fault"/>.</remarks>
    public TokenOptions Of(ParseResult arguments)
    {
        try
        {
            return Read(arguments);
        }
        catch (Exception reason) when (reason is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            return new TokenOptions { Fault = reason.Message };
        }
    }

    private TokenOptions Read(ParseResult arguments)
    {
        var clients = Pairs(Values(arguments, _introspection), "--introspection takes ISSUER=CLIENT.");
        var file = arguments.GetValue(_secrets)!;
        var lines = file.Length > 0 ? SecretFile.ReadLines(file).Where(line => line.Length > 0).ToImmutableArray() : [];
        var secrets = Pairs(lines, "--introspection-secrets has lines CLIENT=SECRET.");
        var issuers = Values(arguments, _issuers);
        if (clients.Keys.FirstOrDefault(name => !issuers.Contains(name)) is { } unknown)
            throw new InvalidDataException($"--introspection names {unknown}, which is no --issuer.");
        var taken = issuers.Select(name => Issuer(name, clients, secrets)).ToImmutableArray();
        var audiences = Values(arguments, _audiences).Select(text => text.TrimEnd('/')).ToImmutableArray();
        var assurance = Values(arguments, _assurance);
        return new TokenOptions
        {
            Issuers = taken,
            Audiences = audiences,
            Assurance = assurance.IsEmpty ? TokenOptions.SureIdentification : assurance,
            Policy = Policy(arguments.GetValue(_policy)!),
            Mandates = Mandates(arguments.GetValue(_mandates)!, arguments.GetValue(_mandatesSecret)!),
        };
    }

    private static string? Policy(string file)
    {
        if (file.Length == 0)
            return null;
        var text = File.ReadAllText(file);
        // A table that cannot be understood is told before anything is opened.
        PolicyTable.Read(text, R4.Definitions);
        return text;
    }

    private static MandateOptions? Mandates(string url, string file)
    {
        if (url.Length == 0)
            return file.Length == 0 ? null : throw new InvalidDataException("--mandates-secret needs --mandates.");
        return new MandateOptions(url)
        {
            Secret = file.Length == 0 ? "" : SecretFile.ReadLines(file).FirstOrDefault("").Trim(),
        };
    }

    private static IssuerOptions Issuer(string name, Dictionary<string, string> clients, Dictionary<string, string> secrets) =>
        clients.TryGetValue(name, out var client)
            ? new IssuerOptions(name) { IntrospectionClient = client, IntrospectionSecret = secrets.GetValueOrDefault(client, "") }
            : new IssuerOptions(name);

    /// <summary>Each line cut at its first <c>=</c>: names have none, secrets may.</summary>
    private static Dictionary<string, string> Pairs(ImmutableArray<string> lines, string expected)
    {
        var pairs = new Dictionary<string, string>();
        foreach (var line in lines)
        {
            var cut = line.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0 || !pairs.TryAdd(line[..cut].Trim(), line[(cut + 1)..].Trim()))
                throw new InvalidDataException(expected);
        }
        return pairs;
    }

    private static ImmutableArray<string> Values(ParseResult arguments, Option<string[]> option) =>
    [
        .. (arguments.GetValue(option) ?? []).SelectMany(
            text => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
    ];

    private static Option<string[]> Many(string name, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => [] };
}
