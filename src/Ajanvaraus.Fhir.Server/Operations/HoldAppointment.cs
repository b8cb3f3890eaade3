using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>$hold</c>: keeps a time for the caller for a short while, by itself and exactly.</summary>
internal sealed class HoldAppointment(AppointmentBooking booking, BookingAnswer answers, HoldLimits limits) : IOperation
{
    public OperationRegistration Registration { get; } = new(
        "hold", OperationLevels.Type | OperationLevels.Instance, ["Appointment"],
        Canonicals.Base + "/OperationDefinition/Appointment-hold")
    {
        AffectsState = true,
        AlsoKnownAs =
        [
            "https://profiles.ihe.net/ITI/Scheduling/OperationDefinition/appointment-hold",
            "http://fhir.org/guides/argonaut-scheduling/OperationDefinition/appointment-hold",
        ],
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var seconds = limits.Seconds(context.Parameters);
        if (seconds.Failed)
            return context.Problem(seconds.Problem);
        var input = BookingInput.Read(context);
        if (input.Failed)
            return context.Problem(input.Problem);
        var directive = new BookingDirective
        {
            ScheduleIds = input.Value.ScheduleIds,
            HoldSeconds = seconds.Value,
            MaximumHolds = limits.MaximumPerHolder,
            RequiresCalendar = true,
        };
        var written = await booking.WriteAsync(
            input.Value, BookingExtras.None, AppointmentStatus.Pending, directive, context.Caller, cancel);
        return written.Failed
            ? context.Problem(written.Problem)
            : await answers.OfAsync(context, written.Value, input.Value, cancel);
    }
}

/// <summary>How long a hold lasts, and how many one holder may have.</summary>
/// <param name="DefaultSeconds">When the caller does not say.</param>
/// <param name="MaximumSeconds">The longest that a caller may ask.</param>
/// <param name="MaximumPerHolder">At the same time: so that nobody can keep a calendar from all others.</param>
public sealed record HoldLimits(int DefaultSeconds = 300, int MaximumSeconds = 900, int MaximumPerHolder = 20)
{
    /// <summary>The parameter <c>hold-seconds</c>: 1 to the maximum.</summary>
    internal Outcome<int> Seconds(OperationParameters parameters)
    {
        if (parameters.First("hold-seconds") is not { } given)
            return DefaultSeconds;
        return int.TryParse(given.Text, out var seconds)
            && seconds >= HoldExpiry.ShortestHoldSeconds && seconds <= MaximumSeconds
                ? seconds
                : ParameterProblems.Rule(OperationMessages.NumberOutOfRange.At(
                    given.Expression, "hold-seconds", $"{HoldExpiry.ShortestHoldSeconds}", $"{MaximumSeconds}"));
    }
}
