using System.CommandLine;

using Ajanvaraus.Fhir.Server.Messages;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary>The options of <c>serve</c> that say where messages to clients go.</summary>
internal sealed class MessageArguments
{
    private readonly Option<string> _target;
    private readonly Option<string> _secret;
    private readonly Option<int> _patience;
    private readonly Option<string> _quiet;

    public MessageArguments(CommandLanguage language)
    {
        _target = new Option<string>("--messages")
        {
            Description = language.Say(
                "Address of the gateway that sends text messages, or file:FOLDER; unless named nobody is reminded.",
                "Tekstiviestit lähettävän yhdyskäytävän osoite tai file:KANSIO; ellei nimetä, ketään ei muistuteta."),
            DefaultValueFactory = _ => "",
        };
        _secret = new Option<string>("--messages-secret")
        {
            Description = language.Say(
                "File with the secret by which the gateway knows this server, on one line.",
                "Tiedosto, jonka ainoalla rivillä on salaisuus, josta yhdyskäytävä tuntee tämän palvelimen."),
            DefaultValueFactory = _ => "",
        };
        _patience = ServerCommand.Number(
            "--messages-timeout", MessageOptions.UsualPatienceSeconds, least: 1, most: 40, language,
            "Seconds in which the gateway answers; then it is asked again later.",
            "Sekunteja, joissa yhdyskäytävä vastaa; sitten kysytään myöhemmin uudelleen.");
        _quiet = new Option<string>("--quiet-hours")
        {
            Description = language.Say(
                "Hours in which nobody is reminded, by the clock of the calendar: 21-8; none for no such hours.",
                "Tunnit, joina ketään ei muistuteta, kalenterin kellon mukaan: 21-8; none, ellei niitä ole."),
            DefaultValueFactory = _ => $"{MessageOptions.UsualQuiet.From}-{MessageOptions.UsualQuiet.Until}",
        };
        _quiet.Validators.Add(result =>
        {
            if (MessageOptions.QuietOf(result.Tokens.FirstOrDefault()?.Value ?? "none") is null)
                result.AddError(language.Say(
                    "--quiet-hours takes two hours of the day, 21-8, or none.", "--quiet-hours on kaksi kellotuntia, 21-8, tai none."));
        });
    }

    public void AddTo(Command command)
    {
        command.Add(_target);
        command.Add(_secret);
        command.Add(_patience);
        command.Add(_quiet);
    }

    /// <remarks>Errors: what <see cref="SecretFile"/> tells of a file that cannot be read.</remarks>
    public MessageOptions Of(ParseResult arguments)
    {
        var file = arguments.GetValue(_secret)!;
        return new MessageOptions(arguments.GetValue(_target)!)
        {
            Secret = file.Length == 0 ? "" : SecretFile.ReadLines(file).FirstOrDefault("").Trim(),
            Patience = TimeSpan.FromSeconds(arguments.GetValue(_patience)),
            Quiet = MessageOptions.QuietOf(arguments.GetValue(_quiet)!)!,
        };
    }
}
