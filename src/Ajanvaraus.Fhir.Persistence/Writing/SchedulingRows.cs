using System.Collections.Frozen;
using System.Globalization;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;

namespace Ajanvaraus.Fhir.Persistence.Writing;

/// <summary>Rows of Slot, Schedule and Appointment in the tables that scheduling asks.</summary>
/// <remarks>References come from the index entries, which know what is local; times and codes from the content.</remarks>
internal static class SchedulingRows
{
    public const string DefaultZone = "Europe/Helsinki";

    /// <summary>In the column <c>is_filler</c>: a booking made the Slot, or stored a computed one.</summary>
    public const int Filler = 1;

    /// <summary>In the column <c>is_filler</c>: the Slot is closed while a booking beside it keeps buffers.</summary>
    public const int ClosedByBuffer = 2;

    /// <summary>In the column <c>is_filler</c>: the Slot is closed while its calendar takes no more bookings then.</summary>
    public const int ClosedByLimit = 3;

    /// <summary>In the column <c>is_filler</c>: the Slot is closed by an absence, whose own Slot closes the time.</summary>
    public const int ClosedByAbsence = 4;

    private static readonly int SlotSchedule = SearchParameter.KeyOf("Slot", "schedule");
    private static readonly int SlotStart = SearchParameter.KeyOf("Slot", "start");
    private static readonly int ScheduleActor = SearchParameter.KeyOf("Schedule", "actor");
    private static readonly int AppointmentActor = SearchParameter.KeyOf("Appointment", "actor");
    private static readonly int AppointmentDate = SearchParameter.KeyOf("Appointment", "date");

    private static readonly FrozenDictionary<string, SlotStatus> SlotStatuses = new Dictionary<string, SlotStatus>
    {
        ["free"] = SlotStatus.Free,
        ["busy"] = SlotStatus.Busy,
        ["busy-tentative"] = SlotStatus.BusyTentative,
        ["busy-unavailable"] = SlotStatus.BusyUnavailable,
        ["entered-in-error"] = SlotStatus.EnteredInError,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, AppointmentStatus> AppointmentStatuses =
        new Dictionary<string, AppointmentStatus>
        {
            ["proposed"] = AppointmentStatus.Proposed,
            ["pending"] = AppointmentStatus.Pending,
            ["booked"] = AppointmentStatus.Booked,
            ["arrived"] = AppointmentStatus.Arrived,
            ["fulfilled"] = AppointmentStatus.Fulfilled,
            ["cancelled"] = AppointmentStatus.Cancelled,
            ["noshow"] = AppointmentStatus.NoShow,
            ["entered-in-error"] = AppointmentStatus.EnteredInError,
            ["checked-in"] = AppointmentStatus.CheckedIn,
            ["waitlist"] = AppointmentStatus.Waitlist,
        }.ToFrozenDictionary();

    /// <summary>The number stored for a code of Slot.status; null for none.</summary>
    public static int? SlotStatusOf(string? code) =>
        code is not null && SlotStatuses.TryGetValue(code, out var status) ? (int)status : null;

    /// <param name="key">Of the resource.</param>
    public static void Add(DerivedRows rows, ElementNode node, IndexEntries index, long key)
    {
        switch (node.Type.Name)
        {
            case "Slot":
                AddSlot(rows, node, index, key);
                break;
            case "Schedule":
                AddSchedule(rows, node, index);
                break;
            case "Appointment":
                AddAppointment(rows, node, index);
                break;
        }
    }

    /// <remarks>A Slot of a Schedule that it contains is found by its calendar, though nobody books in that one.</remarks>
    private static void AddSlot(DerivedRows rows, ElementNode slot, IndexEntries index, long key)
    {
        var schedule = index.References.FirstOrDefault(r => r.Parameter == SlotSchedule && r.TargetId.Length > 0);
        if (schedule is null || FhirTime.Parse(slot.Text("start")) is not { } start
            || FhirTime.Parse(slot.Text("end")) is not { } end || SlotStatusOf(slot.Text("status")) is not { } status)
            return;
        var until = index.Dates.FirstOrDefault(d => d.Parameter == SlotStart)?.End ?? start;
        var capacity = int.TryParse(Extension(slot, Canonicals.SlotCapacity)?.Text("value"), out var seats) ? seats : 1;
        var tags = slot["meta"]?.All("tag").Where(t => t.Text("system") == Canonicals.SlotTagSystem).Select(t => t.Text("code"))
            .ToList() ?? [];
        var made = status == (int)SlotStatus.BusyUnavailable && Extension(slot, Canonicals.ClosedBy) is not null ? ClosedByAbsence
            : tags.Exists(t => t is Canonicals.FillerTag or Canonicals.ComputedTag) ? Filler
            : tags.Contains(Canonicals.LimitTag) ? ClosedByLimit : tags.Contains(Canonicals.BufferTag) ? ClosedByBuffer : 0;
        var services = Codings(slot, "serviceType", "serviceCategory", "specialty", "appointmentType")
            + Line(Canonicals.Audience, Extension(slot, Canonicals.Audience)?.Text("value"))
            + Line(Canonicals.OpensAt, FhirTime.Parse(Extension(slot, Canonicals.OpensAt)?.Text("value"))?.ToString(
                CultureInfo.InvariantCulture))
            + Line(Canonicals.ClosesServiceOnly, Extension(slot, Canonicals.ClosesServiceOnly)?.Text("value") == "true" ? "true" : null);
        rows.Add(IndexTable.Slot, slot.Id, DerivedRows.Target(schedule, key), start, until, end, IsLong(start, end), status, capacity,
            made, services);
    }

    /// <summary>What else a Slot says, as a line of its services: the address of the extension for a system.</summary>
    private static string Line(string url, string? value) => value is null ? "" : $"\n{url}|{value}";

    /// <summary>1 when a span is longer than a day.</summary>
    public static int IsLong(long start, long end) => end - start > FhirTime.Day ? 1 : 0;

    private static void AddSchedule(DerivedRows rows, ElementNode schedule, IndexEntries index)
    {
        var horizon = schedule["planningHorizon"];
        var isActive = schedule.Text("active") == "false" ? 0 : 1;
        rows.Add(IndexTable.Schedule, schedule.Id, isActive, FhirTime.Parse(horizon?.Text("start")),
            FhirTime.Parse(horizon?.Text("end")), Extension(schedule, Canonicals.TimeZone)?.Text("value") ?? DefaultZone,
            Codings(schedule, "serviceType", "serviceCategory", "specialty"));
        foreach (var (type, id) in LocalTargets(index, ScheduleActor))
            rows.Add(IndexTable.ScheduleActor, schedule.Id, $"{type}/{id}", type == "PractitionerRole" ? id : null);
    }

    private static void AddAppointment(DerivedRows rows, ElementNode appointment, IndexEntries index)
    {
        var date = index.Dates.FirstOrDefault(d => d.Parameter == AppointmentDate);
        if (date is null || !AppointmentStatuses.TryGetValue(appointment.Text("status") ?? "", out var status))
            return;
        var end = FhirTime.Parse(appointment.Text("end")) ?? date.End;
        foreach (var (type, id) in LocalTargets(index, AppointmentActor))
            rows.Add(IndexTable.AppointmentActor, appointment.Id, $"{type}/{id}", date.Start, date.End, end,
                (int)status);
    }

    private static IEnumerable<(string Type, string Id)> LocalTargets(IndexEntries index, int parameter) =>
        index.References.Where(r => r.Parameter == parameter && r.IsLocal && r.TargetType.Length > 0)
            .Select(r => (r.TargetType, r.TargetId)).Distinct();

    private static ElementNode? Extension(ElementNode node, string url) =>
        node.All("extension").FirstOrDefault(e => e.Text("url") == url);

    /// <summary><c>system|code</c> of every coding, one on a line.</summary>
    private static string Codings(ElementNode node, params ReadOnlySpan<string> elements)
    {
        var codings = new List<string>();
        foreach (var element in elements)
            foreach (var concept in node.All(element))
                foreach (var coding in concept.All("coding"))
                    codings.Add($"{coding.Text("system")}|{coding.Text("code")}");
        return string.Join('\n', codings);
    }
}
