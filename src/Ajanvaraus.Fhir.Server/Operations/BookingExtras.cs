using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>What <c>$book</c> takes beside the Appointment: overbooking, additional services, travel and documentation.</summary>
internal sealed record BookingExtras
{
    public static readonly BookingExtras None = new();

    private const string ServiceSystem = Canonicals.Base + "/CodeSystem/additional-service";
    private const int LongestLinked = 1440;

    /// <summary>The code system additional-service of the profiles.</summary>
    public static readonly ImmutableArray<string> KnownServices = ["interpreter", "sign-interpreter", "guard", "support-person"];

    /// <summary>Why the time is booked though others have it or it is closed; null: it is not.</summary>
    public string? OverrideReason { get; private init; }

    /// <summary>Minutes of travel that end where the meeting begins.</summary>
    public int TravelBefore { get; private init; }

    public int TravelAfter { get; private init; }

    /// <summary>Minutes for writing, after the meeting and the travel from it.</summary>
    public int DocumentationAfter { get; private init; }

    /// <summary>Codes of what is needed and still to be found.</summary>
    public ImmutableArray<string> Services { get; private init; } = [];

    public bool HasLinked => TravelBefore + TravelAfter + DocumentationAfter > 0;

    public static Outcome<BookingExtras> Read(OperationParameters parameters)
    {
        var values = new ParameterValues(parameters);
        var reason = Reason(parameters);
        if (reason.Failed)
            return reason.Problem;
        var extras = new BookingExtras
        {
            OverrideReason = reason.Value is { Length: > 0 } text ? text : null,
            TravelBefore = values.Number("travel-before", 1, LongestLinked) ?? 0,
            TravelAfter = values.Number("travel-after", 1, LongestLinked) ?? 0,
            DocumentationAfter = values.Number("documentation-after", 1, LongestLinked) ?? 0,
            Services = [.. parameters.All("additional-service").Select(p => p.Text ?? "")],
        };
        if (values.Problem is { } malformed)
            return malformed;
        return parameters.All("additional-service").FirstOrDefault(p => !KnownServices.Contains(p.Text ?? "")) is { } unknown
            ? ParameterProblems.Rule(BookingChangeMessages.AdditionalServiceUnknown.At(
                unknown.Expression, string.Join(", ", KnownServices)))
            : extras;
    }

    /// <summary><c>override</c> with its part <c>reason</c>; empty when it is not given.</summary>
    public static Outcome<string> Reason(OperationParameters parameters)
    {
        if (parameters.First("override") is not { } given)
            return "";
        var part = given.Parts.First("reason");
        var text = part?.Text ?? part?.Value?.Text("text");
        if (string.IsNullOrWhiteSpace(text))
            return ParameterProblems.Missing("override.reason");
        return text.Length > AppointmentChecks.LongestText
            ? ParameterProblems.TooLong(part!.Expression, AppointmentChecks.LongestText)
            : text;
    }

    /// <summary>The intent with the additional services as participants who are still to be found.</summary>
    public WriteIntent On(WriteIntent intent) => Services.IsEmpty ? intent : intent with
    {
        Resource = intent.Resource is { } resource ? AddServices(resource) : null,
        Edit = intent.Edit is not { } edit ? null : appointment =>
        {
            var edited = edit(appointment);
            return edited.Failed ? edited : AddServices(edited.Value);
        },
    };

    /// <summary>Travel and documentation of the meeting, to be booked with it.</summary>
    public IEnumerable<WriteIntent> LinkedTo(string meetingId)
    {
        if (TravelBefore > 0)
            yield return Linked("matka-aika", Canonicals.TravelFor,
                new LinkedTime(meetingId) { IsBefore = true, Minutes = TravelBefore });
        if (TravelAfter > 0)
            yield return Linked("matka-aika", Canonicals.TravelFor, new LinkedTime(meetingId) { Minutes = TravelAfter });
        if (DocumentationAfter > 0)
            yield return Linked("asiakastyon-kirjaaminen", Canonicals.DocumentationFor,
                new LinkedTime(meetingId) { OffsetMinutes = TravelAfter, Minutes = DocumentationAfter });
    }

    /// <summary>Time and calendars are those of the meeting, and come when that is booked.</summary>
    private static WriteIntent Linked(string timeType, string link, LinkedTime follows)
    {
        var appointment = BookingInput.NewAppointment().Set("status", "booked");
        var concept = appointment.New("appointmentType");
        appointment = appointment
            .Append(concept.Append(concept.New("coding").Set("system", TimeTypes.System).Set("code", timeType)))
            .WithExtension(link, e => e.Referring($"Appointment/{follows.MeetingId}"));
        return new WriteIntent
        {
            Method = WriteMethod.Post,
            Type = "Appointment",
            Resource = appointment,
            Follows = follows,
        };
    }

    private ElementNode AddServices(ElementNode appointment)
    {
        foreach (var service in Services)
        {
            var participant = appointment.New("participant");
            participant = participant.WithExtension(Canonicals.AdditionalService, e => e.Set("valueCode", service));
            var type = participant.New("type");
            appointment = appointment.Append(participant
                .Append(type.Append(type.New("coding").Set("system", ServiceSystem).Set("code", service)))
                .Set("required", "required")
                .Set("status", "needs-action"));
        }
        return appointment;
    }
}
