using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security.Policy;
using Ajanvaraus.Fhir.Server.Security.Representation;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Retention;

/// <summary>What the database knows of clients and their matters: when they were born and died, and when each matter was closed.</summary>
/// <remarks>
/// A matter is what a client has in one service task. It is open while an EpisodeOfCare of that type (code of the service task)
/// is, and closed on the last day of these and of the client's bookings in it: a county without EpisodeOfCare goes by the bookings.
/// </remarks>
internal sealed class ClientMatters
{
    private const string ServiceTasks = Canonicals.Base + "/CodeSystem/palvelutehtava";

    private readonly Dictionary<string, (BirthDay? Born, LocalDate? Died, bool IsHeld)> _clients = [];

    /// <summary>Null: a matter that is open.</summary>
    private readonly Dictionary<(string Client, string Task), LocalDate?> _closings = [];

    public static async Task<ClientMatters> ReadAsync(ResourceStore store, CancellationToken cancel)
    {
        var matters = new ClientMatters();
        await store.Upkeep.ExportAsync(["Patient", "EpisodeOfCare", "Appointment"], since: null, resource =>
        {
            var node = StoredNodes.Parse(resource);
            if (resource.Type == "Patient")
                matters._clients[resource.Id] = (BirthDay.Parse(node.Text("birthDate")), Died(node), SecurityLabels.IsHeld(node));
            else if (resource.Type == "EpisodeOfCare")
                matters.AddEpisode(node);
            else
                matters.AddBooking(node);
            return ValueTask.CompletedTask;
        }, cancel);
        return matters;
    }

    /// <summary>Whether something of the client is not to be taken away.</summary>
    public bool IsHeld(string client) => _clients.TryGetValue(client, out var known) && known.IsHeld;

    /// <summary>Of each client of a booking in each of its service tasks.</summary>
    public IEnumerable<RetentionFacts> Of(ElementNode appointment)
    {
        var (start, _) = Days(appointment);
        foreach (var client in ClientsOf(appointment))
            foreach (var task in TasksOf(appointment, "serviceCategory").DefaultIfEmpty(""))
                yield return Of(client, task, start);
    }

    /// <summary>Of the client itself.</summary>
    public RetentionFacts Of(string client) => Of(client, RetentionTable.Client, LocalDate.MinIsoValue);

    private RetentionFacts Of(string client, string task, LocalDate start)
    {
        var (born, died, _) = _clients.GetValueOrDefault(client);
        return new RetentionFacts(task, start, _closings.GetValueOrDefault((client, task)), born, died);
    }

    private void AddEpisode(ElementNode episode)
    {
        if (LocalReference.IdOf(episode["patient"]?.Text("reference") ?? "", "Patient") is not { } client)
            return;
        var isClosed = episode.Text("status") is "finished" or "cancelled" or "entered-in-error";
        var end = Day(episode["period"]?.Text("end"));
        foreach (var task in TasksOf(episode, "type"))
            Close(client, task, isClosed ? end : null);
    }

    private void AddBooking(ElementNode appointment)
    {
        var (_, end) = Days(appointment);
        foreach (var client in ClientsOf(appointment))
            foreach (var task in TasksOf(appointment, "serviceCategory"))
                Close(client, task, end);
    }

    private void Close(string client, string task, LocalDate? day)
    {
        if (!_closings.TryGetValue((client, task), out var known))
            _closings[(client, task)] = day;
        else if (known is { } last)
            _closings[(client, task)] = day is { } later ? LocalDate.Max(last, later) : null;
    }

    public static IEnumerable<string> ClientsOf(ElementNode appointment) => AppointmentMapping.Patients(new AppointmentView(appointment))
        .Select(p => LocalReference.IdOf(p, "Patient")).OfType<string>().Distinct();

    /// <summary>Codes of this server's own list alone, others with their system.</summary>
    public static IEnumerable<string> TasksOf(ElementNode resource, string element) => RegisterFacts.Codes(resource, element)
        .Where(c => c.Code is not null).Select(c => c.System == ServiceTasks ? c.Code! : $"{c.System}|{c.Code}").Distinct();

    /// <summary>In Finland; of a booking without times those of the end of the calendar: it is kept.</summary>
    private static (LocalDate Start, LocalDate End) Days(ElementNode appointment) => (
        Day(appointment.Text("start")) ?? LocalDate.MinIsoValue, Day(appointment.Text("end")) ?? LocalDate.MaxIsoValue);

    private static LocalDate? Died(ElementNode patient) =>
        patient["deceased"] is { Type.Name: "dateTime", Value: { } text } ? Day(text) : null;

    /// <summary>The last day that it can be.</summary>
    private static LocalDate? Day(string? text) => text is not null && FhirInstant.TryParse(text, Zones.Default, out var moment)
        ? Moments.DayOf(Moments.Of(moment.End) - Duration.Epsilon, CalendarZone.Of(Zones.DefaultId))
        : null;
}
