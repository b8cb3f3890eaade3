using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>$book</c> and its alias <c>$confirm</c>: books what is free, or what the caller holds.</summary>
internal sealed class BookAppointment(
    AppointmentBooking booking, SeriesBooking series, BookingAnswer answers, string name) : IOperation
{
    public OperationRegistration Registration { get; } = new(
        name, OperationLevels.Type | OperationLevels.Instance, ["Appointment"],
        Canonicals.Base + "/OperationDefinition/Appointment-book")
    {
        AffectsState = true,
        AlsoKnownAs = name == "book"
            ?
            [
                "https://profiles.ihe.net/ITI/Scheduling/OperationDefinition/appointment-book",
                "http://fhir.org/guides/argonaut-scheduling/OperationDefinition/appointment-book",
                "https://gematik.de/fhir/isik/OperationDefinition/AppointmentBook",
                "http://hl7.at/fhir/TC-FHIR-AG-Scheduling-R5/R5/OperationDefinition/appointment-book",
            ]
            : [],
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var input = BookingInput.Read(context);
        if (input.Failed)
            return context.Problem(input.Problem);
        var extras = BookingExtras.Read(context.Parameters);
        if (extras.Failed)
            return context.Problem(extras.Problem);
        var directive = new BookingDirective
        {
            ScheduleIds = input.Value.ScheduleIds, RequiresCalendar = true, OverrideReason = extras.Value.OverrideReason,
        };
        var timings = new TimingReader(context.Parameters);
        var times = timings.Series("recurrence", "occurrence-count");
        if (timings.Problem is { } malformed)
            return context.Problem(malformed);
        if (times is not null)
            return await series.BookAsync(context, input.Value, extras.Value, times, directive, cancel);
        var written = await booking.WriteAsync(
            input.Value, extras.Value, AppointmentStatus.Booked, directive, context.Caller, cancel);
        return written.Failed
            ? context.Problem(written.Problem)
            : BookingAnswer.Pending(await answers.OfAsync(context, written.Value, input.Value, cancel), written.Value);
    }
}
