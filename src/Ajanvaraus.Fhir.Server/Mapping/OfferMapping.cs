using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Mapping;

/// <summary>An offered time as the resource that proposes it.</summary>
internal static class OfferMapping
{
    private static readonly TypeSchema Type = R4.Definitions.Resource("Appointment")!;

    /// <summary>A proposed Appointment, ready to be sent to <c>$book</c> or <c>$hold</c>.</summary>
    /// <param name="id">Of the offer.</param>
    /// <param name="offer">The time and its calendars.</param>
    /// <param name="slots">Stored Slots by id; those of the offer are among them.</param>
    /// <param name="schedules">Stored Schedules by id; likewise.</param>
    /// <param name="patients">Logical ids of the clients for whom the time is.</param>
    public static ElementNode Appointment(
        string id, Offer offer, IReadOnlyDictionary<string, ElementNode> slots, IReadOnlyDictionary<string, ElementNode> schedules,
        ImmutableArray<string> patients)
    {
        var schedule = schedules[offer.Calendars[0].ScheduleId];
        var slot = slots[offer.Calendars[0].SlotIds[0]];
        var zone = Zones.Of(new ScheduleView(schedule).ZoneId);
        var template = new ElementNode(null, Type, null, []);
        var children = ImmutableArray.CreateBuilder<ElementNode>();
        children.Add(template.New("id", id));
        foreach (var later in offer.Later)
            children.Add(Occurrence(template, later, zone));
        children.Add(template.New("status", "proposed"));
        foreach (var name in AppointmentMapping.Described)
            children.AddRange(Concepts(name, slot, schedule));
        children.Add(template.New("start", AppointmentMapping.InstantText(offer.Time.Start, zone)));
        children.Add(template.New("end", AppointmentMapping.InstantText(offer.Time.End, zone)));
        foreach (var slotId in offer.Calendars.SelectMany(c => c.SlotIds))
            children.Add(template.New("slot").Set("reference", $"Slot/{slotId}"));
        children.AddRange(Participants(template.New("participant"), offer, schedules, patients));
        return template.With(children.DrainToImmutable());
    }

    /// <summary>The proposal with a copy of each Slot, cut to the time offered, in place of a reference to it.</summary>
    public static ElementNode Containing(
        ElementNode proposal, Offer offer, IReadOnlyDictionary<string, ElementNode> slots,
        IReadOnlyDictionary<string, ElementNode> schedules)
    {
        var contained = proposal.Type.Property("contained");
        var copies = ImmutableArray.CreateBuilder<ElementNode>();
        var references = ImmutableArray.CreateBuilder<ElementNode>();
        foreach (var calendar in offer.Calendars)
        {
            var zone = Zones.Of(new ScheduleView(schedules[calendar.ScheduleId]).ZoneId);
            foreach (var id in calendar.SlotIds)
            {
                var view = new SlotView(slots[id]);
                var whole = new TimeRange(
                    Instant.FromDateTimeOffset(view.Start!.Value), Instant.FromDateTimeOffset(view.End!.Value));
                var copy = Part(slots[id], whole.Intersect(offer.Time), zone).Set("id", $"slot-{copies.Count}");
                references.Add(proposal.New("slot").Set("reference", $"#{copy.Id}"));
                copies.Add(copy.At(contained));
            }
        }
        return proposal.Replace("slot", [.. references]).Replace("contained", [.. copies]);
    }

    /// <summary>The part of a longer Slot that carries an offer; it is not stored, so it has no id.</summary>
    public static ElementNode Part(ElementNode slot, TimeRange time, ZoneRules zone) => slot
        .Without("id").Without("meta").Without("text").Without("identifier")
        .Set("status", SlotStatusCodes.Code(SlotStatus.Free))
        .Set("start", AppointmentMapping.InstantText(time.Start, zone))
        .Set("end", AppointmentMapping.InstantText(time.End, zone));

    /// <summary>A later time of the series that is offered.</summary>
    private static ElementNode Occurrence(ElementNode template, TimeRange time, ZoneRules zone)
    {
        var extension = template.New("extension").Set("url", Canonicals.Occurrence);
        return extension.Append(extension.New("valuePeriod")
            .Set("start", AppointmentMapping.InstantText(time.Start, zone))
            .Set("end", AppointmentMapping.InstantText(time.End, zone)));
    }

    /// <summary>As the Slot says; where it says nothing, as its Schedule.</summary>
    private static IEnumerable<ElementNode> Concepts(string name, ElementNode slot, ElementNode schedule)
    {
        var property = Type.Property(name);
        var source = slot[name] is null ? schedule : slot;
        return source.All(name).Select(concept => concept.At(property));
    }

    private static IEnumerable<ElementNode> Participants(
        ElementNode template, Offer offer, IReadOnlyDictionary<string, ElementNode> schedules,
        ImmutableArray<string> patients)
    {
        foreach (var id in patients)
            yield return Participant(template, template.New("actor").Set("reference", $"Patient/{id}"));
        var named = new HashSet<string>();
        var property = template.Type.Property("actor");
        foreach (var calendar in offer.Calendars)
            foreach (var actor in schedules[calendar.ScheduleId].All("actor"))
                if (actor.Text("reference") is { } reference && named.Add(reference))
                    yield return Participant(template, actor.At(property));
    }

    private static ElementNode Participant(ElementNode template, ElementNode actor) => template
        .Append(actor)
        .Set("required", "required")
        .Set("status", "needs-action");
}
