using System.Text;

using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Templates;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Mapping;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Times that the week templates of calendars open: computed when somebody looks, stored when they are booked.</summary>
/// <remarks>
/// A Schedule names its templates in the extension <c>availability-template</c>. What a template asks for is open where
/// no Slot of the calendar is stored: docs/adr/0018-computed-times.md.
/// </remarks>
/// <param name="read">Schedules and templates, at the moment of the search or booking.</param>
/// <param name="claims">Whether they meet the profile of Slots.</param>
internal sealed class ComputedSlots(ReadMany read, SlotClaims claims)
{
    private static readonly byte[] Url = Encoding.UTF8.GetBytes(Canonicals.AvailabilityTemplate);

    private readonly Dictionary<(string TemplateId, string ZoneId, UnitClosings Closings, LocalDate From, LocalDate To), TemplateDrafts> _drafts = [];

    /// <summary>The computed Slots of the calendars that overlap the window.</summary>
    /// <param name="scheduleIds">Those that have no template give none.</param>
    /// <param name="window">From the start of the first to the end of the last.</param>
    /// <param name="stored">All Slots of the calendars in the window.</param>
    public async ValueTask<IReadOnlyList<ComputedSlot>> OverlappingAsync(
        IReadOnlyCollection<string> scheduleIds, TimeRange window, IEnumerable<SlotState> stored)
    {
        var calendars = await CalendarsAsync(scheduleIds);
        if (calendars.Count == 0)
            return [];
        var templates = await TemplatesAsync([.. calendars.SelectMany(c => c.TemplateIds).Distinct()]);
        var closings = await new CalendarUnits(read).ClosingsAsync([.. calendars.Select(c => c.View)]);
        var standing = stored.Where(s => s.Status != SlotStatus.EnteredInError && !IsClosing(s)).ToLookup(s => s.ScheduleId, s => s.Time);
        var slots = new List<ComputedSlot>();
        foreach (var (calendar, closing) in calendars.Zip(closings))
            foreach (var id in calendar.TemplateIds)
                if (templates.TryGetValue(id, out var template))
                    slots.AddRange(
                        ComputedTimes.Of(DraftsOf(template, id, calendar, closing, window), standing[calendar.Stored.Id])
                            .Where(t => t.Time.Overlaps(window)).Select(t => new ComputedSlot(t, template, calendar, claims)));
        return slots.Count == 0 ? slots : [.. slots.DistinctBy(s => s.Id)];
    }

    /// <summary>Closed for a service: for all others the template opens the time as before.</summary>
    private static bool IsClosing(SlotState slot) => slot is { ClosesServiceOnly: true, Status: SlotStatus.BusyUnavailable };

    /// <summary>Parses only a Schedule in which the address of the extension occurs at all.</summary>
    private async ValueTask<List<TemplatedCalendar>> CalendarsAsync(IReadOnlyCollection<string> scheduleIds)
    {
        var calendars = new List<TemplatedCalendar>();
        if (scheduleIds.Count == 0)
            return calendars;
        foreach (var stored in await read("Schedule", scheduleIds))
            if (stored.Body.Span.IndexOf(Url) >= 0)
                calendars.Add(new TemplatedCalendar(stored, StoredNodes.Parse(stored)));
        return calendars;
    }

    /// <summary>A template that is gone, or that says nothing sensible, opens nothing.</summary>
    private async ValueTask<Dictionary<string, TemplateResource>> TemplatesAsync(IReadOnlyCollection<string> ids)
    {
        var templates = new Dictionary<string, TemplateResource>();
        foreach (var stored in await read("Basic", ids))
            if (WeekTemplateMapping.Read(StoredNodes.Parse(stored), "Basic") is { Failed: false } template)
                templates.Add(stored.Id, template.Value);
        return templates;
    }

    /// <summary>The calendars of a team share what their template asks for.</summary>
    private TemplateDrafts DraftsOf(
        TemplateResource template, string templateId, TemplatedCalendar calendar, UnitClosings closings, TimeRange window)
    {
        var zoneId = template.Template.ZoneId.Length > 0 ? template.Template.ZoneId : calendar.View.ZoneId;
        var zone = CalendarZone.Of(zoneId);
        // A window that begins in the evening may run into the first day.
        var from = Moments.DayOf(window.Start, zone).PlusDays(-1);
        var to = Moments.DayOf(window.End, zone);
        var key = (templateId, zoneId, closings, from, to);
        return _drafts.TryGetValue(key, out var known)
            ? known
            : _drafts[key] = template.Expand(zoneId, from, to, closings, []);
    }
}

/// <summary>A Schedule with the templates that open its times.</summary>
internal sealed record TemplatedCalendar(StoredResource Stored, ElementNode Resource)
{
    public ScheduleView View => new(Resource);

    /// <summary>A Slot of the calendar that is not stored, as a read tells it.</summary>
    public StoredResource Told(string id, ElementNode slot) =>
        new(Stored.Key, "Slot", id, 0, Stored.LastUpdated, WriteMethod.Post, FhirJson.ToBytes(slot));

    /// <summary>Whether the Slots of an entry meet the profile of Slots, as far as it has been asked.</summary>
    public Dictionary<TemplateEntry, bool> Claims { get; } = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<string> TemplateIds { get; } =
    [
        .. Resource.All("extension").Where(e => e.Text("url") == Canonicals.AvailabilityTemplate)
            .Select(e => LocalReference.IdOf(e["value"]?.Text("reference"), "Basic")).OfType<string>().Distinct(),
    ];
}

/// <summary>A Slot that is not stored, with all that it takes to show it and to store it.</summary>
internal sealed class ComputedSlot(ComputedTime time, TemplateResource template, TemplatedCalendar calendar, SlotClaims claims)
{
    private readonly ComputedSlotId _id = ComputedSlotId.Of(time, calendar.Stored.Id, calendar.Stored.Key);

    public string Id => _id.ToString();

    public TimeRange Time => time.Time;

    /// <summary>Whether the id is that of this Slot, or of a part of it.</summary>
    public bool Holds(ComputedSlotId id) => id.Mark == _id.Mark && id.ScheduleKey == _id.ScheduleKey && Time.Contains(id.Time);

    public ComputedSlot Part(TimeRange part) => new(time with { Time = part }, template, calendar, claims);

    public SlotState State => new(
        Id, calendar.Stored.Id, time.Time, SlotStatus.Free, time.Draft.Entry.Capacity,
        // A group time that was booked once stays; a time for one goes with its booking, and is computed again.
        IsFiller: time.Draft.Entry.Capacity == 1)
    {
        IsComputed = true,
        OpensAt = time.Draft.OpensAt,
        Audience = time.Draft.Entry.Audience,
        Services = template.Concepts[time.Draft.Entry].Codings,
    };

    public ElementNode Node()
    {
        var zone = Zones.Of(calendar.View.ZoneId);
        var slot = Claimed(zone)
            .Set("id", Id)
            .Set("start", AppointmentMapping.InstantText(time.Time.Start, zone))
            .Set("end", AppointmentMapping.InstantText(time.Time.End, zone));
        return State.IsFiller ? SlotMapping.Tagged(slot, Canonicals.ComputedTag) : slot;
    }

    /// <summary>All of its time, with the claim of the profile when it meets it.</summary>
    private ElementNode Claimed(ZoneRules zone)
    {
        var slot = TemplateSlotMapping.Slot(time.Draft, template, calendar.View, zone, claimsProfile: true);
        if (!calendar.Claims.TryGetValue(time.Draft.Entry, out var isMet))
            calendar.Claims[time.Draft.Entry] = isMet = claims.Meets(slot);
        return isMet ? slot : slot.Without("meta");
    }

    /// <summary>As a read tells it: without a version of its own.</summary>
    public StoredResource Told() => calendar.Told(Id, Node());
}
