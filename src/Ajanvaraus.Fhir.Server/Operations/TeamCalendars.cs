using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>The calendars of a team: a CareTeam, an Organization or a HealthcareService.</summary>
internal static class TeamCalendars
{
    private static readonly string[] Types = ["CareTeam", "Organization", "HealthcareService"];

    /// <summary>The parameter <c>team</c>, as references.</summary>
    public static Outcome<ImmutableArray<string>> Read(OperationParameters parameters)
    {
        var teams = ImmutableArray.CreateBuilder<string>();
        foreach (var given in parameters.All("team"))
        {
            var text = given.Value?.Text("reference") ?? given.Text;
            if (LocalReference.Parse(text) is not { } team || !Types.Contains(team.Type))
                return ParameterProblems.NotAReference(given.Expression, string.Join('|', Types));
            teams.Add(team.ToString());
        }
        return teams.DrainToImmutable();
    }

    /// <summary>Ids of the Schedules, in an order that stays; at most three statements for any number of teams.</summary>
    public static async ValueTask<Outcome<ImmutableArray<string>>> SchedulesAsync(
        ReadSession session, ImmutableArray<string> teams)
    {
        var schedules = new HashSet<string>();
        foreach (var type in Types)
        {
            var ids = teams.Select(t => LocalReference.IdOf(t, type)).OfType<string>().Distinct().ToList();
            if (ids.Count == 0)
                continue;
            var stored = await session.ReadManyAsync(type, ids);
            if (ids.Find(id => !stored.Any(s => s.Id == id)) is { } unknown)
                return ParameterProblems.ReferenceNotFound("team", $"{type}/{unknown}");
            schedules.UnionWith(type switch
            {
                "Organization" => await session.Booking.SchedulesByOrganizationsAsync(ids),
                "HealthcareService" => await session.Booking.SchedulesByServicesAsync(ids),
                _ => await session.Booking.SchedulesByActorsAsync(MembersOf(stored)),
            });
        }
        return ImmutableArray.CreateRange(schedules.Order(StringComparer.Ordinal));
    }

    private static List<string> MembersOf(ImmutableArray<StoredResource> careTeams) =>
    [
        .. careTeams.Select(StoredNodes.Parse).SelectMany(t => t.All("participant"))
            .Select(p => p["member"]?.Text("reference")).OfType<string>()
            .Where(m => LocalReference.Parse(m) is { Type: "Practitioner" or "PractitionerRole" }).Distinct(),
    ];
}
