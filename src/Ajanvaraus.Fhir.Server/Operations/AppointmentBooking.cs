using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>The way that <c>$book</c> and <c>$hold</c> share: input to intent, intent through the pipeline.</summary>
internal sealed class AppointmentBooking(
    WritePipeline pipeline, ResourceStore store, StructuralValidator validator, ClientRecords clients, IdSource ids,
    TimeProvider clock)
{
    /// <param name="status">What the Appointment becomes: booked, or pending for a hold.</param>
    public async Task<Outcome<WriteResult>> WriteAsync(
        BookingInput input, BookingExtras extras, AppointmentStatus status, BookingDirective directive, Caller caller,
        CancellationToken cancel)
    {
        var prepared = await PrepareAsync(input, extras, status, directive, caller, cancel);
        if (prepared.Failed)
            return prepared.Problem;
        var intents = prepared.Value;
        var meeting = intents.Length - 1;
        if (extras.HasLinked)
        {
            // Known before it is written, so that what belongs to it can name it.
            var id = intents[meeting].Id ?? ids.Next();
            intents = intents.SetItem(meeting, intents[meeting] with { Id = id }).AddRange(extras.LinkedTo(id));
        }
        var written = await pipeline.WriteAsync(intents, caller, cancel);
        return written.Failed ? written.Problem : written.Value[meeting];
    }

    /// <summary>What has to be written, the Appointment last: before it clients that are new and what it replaces.</summary>
    public async Task<Outcome<ImmutableArray<WriteIntent>>> PrepareAsync(
        BookingInput input, BookingExtras extras, AppointmentStatus status, BookingDirective directive, Caller caller,
        CancellationToken cancel)
    {
        var known = await clients.FindAsync(input.PatientResources, caller.Identity, cancel);
        if (known.Failed)
            return known.Problem;
        var (ids, made) = known.Value;
        var intent = await IntentAsync(
            WithCaller(input.WithClients(ids), caller.Identity), status, directive with { StaysInSlots = input.StaysInSlots }, cancel);
        if (intent.Failed)
            return intent.Problem;
        var intents = made.ToBuilder();
        if (input.CancelledAppointmentId is { } replaced)
            intents.Add(AppointmentCancellation.Intent(replaced, AppointmentCancellation.Reason.Replaced));
        intents.Add(extras.On(intent.Value));
        return intents.DrainToImmutable();
    }

    /// <summary>A citizen who names nobody books for themselves, or for whom they act for.</summary>
    private static BookingInput WithCaller(BookingInput input, Identity identity)
    {
        var client = identity.Kind == CallerKind.Citizen ? identity.OnBehalfOf ?? identity.Self : null;
        return client is not null && input.Appointment is { } appointment
            && !AppointmentMapping.Patients(new AppointmentView(appointment)).Any()
                ? input.WithClients([client])
                : input;
    }

    private async Task<Outcome<WriteIntent>> IntentAsync(
        BookingInput input, AppointmentStatus status, BookingDirective directive, CancellationToken cancel)
    {
        if (input.AppointmentId is { } id)
        {
            return Edit(id, a => WithStatus(input.Fill(a), status),
                directive with { ConfirmsHold = status == AppointmentStatus.Booked });
        }
        var appointment = input.Appointment!;
        if (input.Offer is { } offer)
        {
            var schedules = await store.QueryAsync(s => s.Booking.SchedulesByKeysAsync(offer.Calendars), cancel);
            if (schedules.Length < offer.Calendars.Length || schedules.IsEmpty)
                return WriteProblems.Unknown();
            appointment = WithTime(appointment, offer.Time);
            directive = directive with { ScheduleIds = directive.ScheduleIds.AddRange(schedules) };
        }
        var meaning = Meaning(appointment, status);
        appointment = WithStatus(appointment, meaning);
        if (appointment.Text("created") is null)
            appointment = appointment.Set("created", Now());
        if (input.CancelledAppointmentId is { } replaced)
            appointment = Replacing(appointment, replaced);
        if (Invalid(appointment) is { } problem)
            return problem;
        var isKnown = appointment.Id is { } known
            && await store.ReadAsync("Appointment", known, cancel) is { IsDeleted: false };
        return new WriteIntent
        {
            Method = isKnown || appointment.Id is not null ? WriteMethod.Put : WriteMethod.Post,
            Type = "Appointment",
            Id = appointment.Id,
            Resource = appointment,
            Booking = AppointmentTransitions.Occupies(meaning) ? directive with { ConfirmsHold = isKnown } : null,
        };
    }

    private static ElementNode WithTime(ElementNode appointment, TimeRange time) => appointment
        .Set("start", AppointmentMapping.InstantText(time.Start, Zones.Default))
        .Set("end", AppointmentMapping.InstantText(time.End, Zones.Default));

    /// <summary>The link of R5 to what this one takes the place of, as R4 carries it.</summary>
    private static ElementNode Replacing(ElementNode appointment, string replaced)
    {
        var extension = appointment.New("extension").Set("url", Canonicals.AppointmentReplaces);
        return appointment.Append(extension
            .Append(extension.New("valueReference").Set("reference", $"Appointment/{replaced}")));
    }

    public static WriteIntent Edit(
        string id, Func<ElementNode, Outcome<ElementNode>> edit, BookingDirective? directive) => new()
        {
            Method = WriteMethod.Put,
            Type = "Appointment",
            Id = id,
            Edit = edit,
            Booking = directive,
        };

    /// <summary>
    /// In <c>$book</c> a known Appointment given as cancelled asks for its cancellation and one given as waitlist for a
    /// place in the queue; every other status asks for the time.
    /// </summary>
    private static AppointmentStatus Meaning(ElementNode appointment, AppointmentStatus asked)
    {
        if (asked != AppointmentStatus.Booked)
            return asked;
        return AppointmentStatusCodes.Parse(appointment.Text("status")) switch
        {
            AppointmentStatus.Cancelled when appointment.Id is not null => AppointmentStatus.Cancelled,
            AppointmentStatus.Waitlist => AppointmentStatus.Waitlist,
            _ => asked,
        };
    }

    private static ElementNode WithStatus(ElementNode appointment, AppointmentStatus status)
    {
        var code = AppointmentStatusCodes.Code(status);
        if (appointment.Text("status") == code)
            return appointment;
        appointment = appointment.Set("status", code);
        return status == AppointmentStatus.Cancelled ? appointment : appointment.Without("cancelationReason");
    }

    /// <summary>Structural faults, but for participants and times: those of the calendar are added with the booking.</summary>
    private Problem? Invalid(ElementNode appointment)
    {
        var faults = validator.Validate(appointment)
            .Where(i => i.Severity is IssueSeverity.Error or IssueSeverity.Fatal)
            .Where(i => i.Expression != "Appointment.participant" && !TimesToCome.Excuse(i))
            .ToImmutableArray();
        return faults.IsEmpty ? null : new Problem(ProblemKind.Unprocessable, faults);
    }

    private string Now() => AppointmentMapping.InstantText(
        Instant.FromDateTimeOffset(clock.GetUtcNow()), Zones.Default);
}
