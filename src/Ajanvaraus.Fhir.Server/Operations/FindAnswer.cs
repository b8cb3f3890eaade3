using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Middleware;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>The searchset of <c>$find</c>: proposed Appointments, or Slots.</summary>
internal sealed class FindAnswer(OperationContext context, FindInput input, FindPage page)
{
    public FhirResponse Write()
    {
        var output = new PooledBuffer(16 * 1024);
        var bundle = new BundleWriter(output, context.Request.BaseUrl);
        bundle.Start("searchset"u8, page.Total);
        var cursor = input.After?.ToString();
        PageLinks.Write(bundle, Path(), input.Applied, cursor, page.Next?.ToString());
        if (context.Type == "Appointment")
            WriteAppointments(bundle);
        else
            WriteSlots(bundle);
        WriteRemarks(bundle);
        bundle.End();
        return FhirResponse.OfBuffer(StatusCodes.Status200OK, output);
    }

    private string Path()
    {
        var target = context.Request.Target;
        return target.Id is null
            ? $"{target.Type}/${target.Operation}"
            : $"{target.Type}/{target.Id}/${target.Operation}";
    }

    private void WriteAppointments(BundleWriter bundle)
    {
        var slots = page.Slots.ToDictionary(s => s.Key, s => StoredNodes.Parse(s.Value));
        using var body = new PooledBuffer();
        foreach (var offer in page.Offers)
        {
            var id = page.IdOf(offer);
            var appointment = OfferMapping.Appointment(id, offer, slots, page.Schedules, input.Patients);
            if (input.IsMedplum)
                appointment = OfferMapping.Containing(appointment, offer, slots, page.Schedules);
            body.Truncate(0);
            FhirJson.Write(body, appointment);
            bundle.Proposed("Appointment", id, body.WrittenSpan);
        }
        if (!input.IncludesSlots)
            return;
        foreach (var slot in page.Slots.Values)
            bundle.Found(slot, slot.Body.Span, isMatch: false);
    }

    /// <summary>A Slot that several offers use is told once.</summary>
    private void WriteSlots(BundleWriter bundle)
    {
        var told = new HashSet<(string, TimeRange)>();
        using var body = new PooledBuffer();
        foreach (var (id, part) in page.Offers.SelectMany(page.Parts))
        {
            if (!told.Add((id, part)))
                continue;
            var slot = page.Slots[id];
            if (page.SlotTimes[id] == part)
            {
                bundle.Found(slot, slot.Body.Span, isMatch: true);
                continue;
            }
            body.Truncate(0);
            FhirJson.Write(body, OfferMapping.Part(StoredNodes.Parse(slot), part, ZoneOf(slot)));
            bundle.Proposed("Slot", null, body.WrittenSpan);
        }
    }

    private ZoneRules ZoneOf(StoredResource slot)
    {
        var scheduleId = LocalReference.IdOf(new SlotView(StoredNodes.Parse(slot)).ScheduleReference, "Schedule");
        return scheduleId is not null && page.Schedules.TryGetValue(scheduleId, out var schedule)
            ? Zones.Of(new ScheduleView(schedule).ZoneId)
            : Zones.Default;
    }

    private void WriteRemarks(BundleWriter bundle)
    {
        if (input.Remarks.IsEmpty)
            return;
        using var outcome = new PooledBuffer(512);
        OutcomeBody.Write(outcome, input.Remarks, context.Caller.Language);
        bundle.Outcome(outcome.WrittenSpan);
    }
}
