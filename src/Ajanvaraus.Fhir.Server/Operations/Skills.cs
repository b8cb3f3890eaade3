using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>Which calendars have what bookings need: the service, the specialty, a language of the clients.</summary>
/// <remarks>
/// <para>A calendar that names no services gives any. A specialty may stand in the calendar, in a PractitionerRole or in a
/// qualification. A client's language counts when the client has told one: the preferred, or else any of them. What is
/// not recorded of a professional is not there.</para>
/// <para>Three statements at most, for any number of bookings and calendars.</para>
/// </remarks>
internal sealed class Skills
{
    private readonly Dictionary<string, HashSet<string>> _services = [];
    private readonly Dictionary<string, HashSet<string>> _specialties = [];
    private readonly Dictionary<string, HashSet<string>> _languages = [];
    private readonly Dictionary<string, HashSet<string>> _clients = [];

    /// <param name="session">Reads of one moment.</param>
    /// <param name="schedules">The calendars that may receive bookings.</param>
    /// <param name="bookings">The Appointments.</param>
    public static async ValueTask<Skills> ReadAsync(
        ReadSession session, ImmutableArray<ScheduleState> schedules, IReadOnlyCollection<AppointmentView> bookings)
    {
        var skills = new Skills();
        var professionals = await NodesAsync(session, "Practitioner", schedules.SelectMany(s => s.Actors));
        var roles = await NodesAsync(session, "PractitionerRole", schedules.SelectMany(s => s.Actors));
        var clients = await NodesAsync(
            session, "Patient", bookings.SelectMany(b => b.Participants).Select(p => p.Actor).OfType<string>());
        foreach (var schedule in schedules)
        {
            var own = professionals.Where(p => schedule.Actors.Contains($"Practitioner/{p.Id}")).ToList();
            var ownRoles = roles.Where(r => schedule.Actors.Contains($"PractitionerRole/{r.Id}"));
            skills._services[schedule.Id] = [.. schedule.Services];
            skills._specialties[schedule.Id] =
            [
                .. schedule.Services, .. own.SelectMany(p => p.All("qualification")).SelectMany(q => Codings(q, "code")),
                .. ownRoles.SelectMany(r => Codings(r, "specialty")),
            ];
            skills._languages[schedule.Id] = [.. own.SelectMany(p => Languages(p.All("communication")))];
        }
        foreach (var client in clients)
        {
            var told = client.All("communication").ToList();
            var preferred = told.FindAll(c => c.Text("preferred") == "true");
            skills._clients[$"Patient/{client.Id}"] =
                [.. (preferred.Count > 0 ? preferred : told).SelectMany(c => Languages(c.All("language")))];
        }
        return skills;
    }

    public bool Suit(AppointmentView booking, string scheduleId) =>
        GivesService(booking, scheduleId)
        && Codings(booking.Resource, "specialty").All(_specialties[scheduleId].Contains)
        && booking.Participants.All(p => Speaks(p.Actor, scheduleId));

    private bool GivesService(AppointmentView booking, string scheduleId)
    {
        var wanted = Codings(booking.Resource, "serviceType").ToList();
        var given = _services[scheduleId];
        return wanted.Count == 0 || given.Count == 0 || wanted.Exists(given.Contains);
    }

    private bool Speaks(string? client, string scheduleId) =>
        client is null || !_clients.TryGetValue(client, out var wanted) || wanted.Count == 0
        || wanted.Overlaps(_languages[scheduleId]);

    private static async ValueTask<ImmutableArray<ElementNode>> NodesAsync(
        ReadSession session, string type, IEnumerable<string> references)
    {
        var ids = references.Select(r => LocalReference.IdOf(r, type)).OfType<string>().Distinct().ToList();
        return ids.Count == 0 ? [] : [.. (await session.ReadManyAsync(type, ids)).Select(StoredNodes.Parse)];
    }

    private static IEnumerable<string> Codings(ElementNode node, string element) => node.All(element)
        .SelectMany(c => c.All("coding")).Select(c => $"{c.Text("system")}|{c.Text("code")}");

    /// <summary>Without the region: sv-FI is sv.</summary>
    private static IEnumerable<string> Languages(IEnumerable<ElementNode> concepts) => concepts
        .SelectMany(c => c.All("coding")).Select(c => c.Text("code")).OfType<string>()
        .Select(code => code.Split('-')[0].ToLowerInvariant());
}
