using System.CommandLine;

using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary>The options of <c>serve</c> that say how much callers may ask in a minute.</summary>
internal sealed class RateArguments
{
    private const int Most = 10_000_000;

    private readonly Option<int> _requests;
    private readonly Option<int> _systemRequests;
    private readonly Option<int> _bookings;
    private readonly Option<int> _lookUps;
    private readonly Option<int> _failures;
    private readonly Option<int> _lookedUp;

    public RateArguments(CommandLanguage language)
    {
        var usual = RateOptions.Usual;
        _requests = Number("--rate-requests", usual.Requests, "Requests of one person in a minute; 0: no limit.",
            "Yhden henkilön pyyntöjä minuutissa; 0: ei rajaa.");
        _systemRequests = Number("--rate-system", usual.SystemRequests, "Requests of one program without a person in a minute; 0: no limit.",
            "Yhden ohjelman pyyntöjä minuutissa; 0: ei rajaa.");
        _bookings = Number("--rate-bookings", usual.Bookings, "Bookings and holds of one citizen in a minute; 0: no limit.",
            "Yhden kansalaisen varauksia ja pitoja minuutissa; 0: ei rajaa.");
        _lookUps = Number("--rate-look-ups", usual.LookUps, "Identifiers of clients that one person searches by in a minute; 0: no limit.",
            "Asiakkaiden tunnuksia, joilla yksi henkilö hakee minuutissa; 0: ei rajaa.");
        _failures = Number("--rate-failures", usual.Failures, "Requests without an accepted token of one address in a minute; 0: no limit.",
            "Yhden osoitteen pyyntöjä ilman hyväksyttyä valtuutta minuutissa; 0: ei rajaa.");
        _lookedUp = Number("--rate-looked-up", usual.LookedUp, "Searches by the same identifier of a client in a minute, of all callers; 0: no limit.",
            "Hakuja saman asiakkaan tunnuksella minuutissa, kaikilta kutsujilta; 0: ei rajaa.");

        Option<int> Number(string name, int byDefault, string english, string finnish) =>
            ServerCommand.Number(name, byDefault, least: 0, Most, language, english, finnish);
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_requests, _systemRequests, _bookings, _lookUps, _failures, _lookedUp])
            command.Options.Add(option);
    }

    public RateOptions Of(ParseResult arguments) => new(
        arguments.GetValue(_requests), arguments.GetValue(_systemRequests), arguments.GetValue(_bookings),
        arguments.GetValue(_lookUps), arguments.GetValue(_failures), arguments.GetValue(_lookedUp));
}
