using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>The Appointment that an operation is about: of the URL, or by <c>appointment-reference</c>.</summary>
internal static class AppointmentTarget
{
    public static Outcome<string> Id(OperationContext context)
    {
        if (context is { Type: "Appointment", Id: { } id })
            return id;
        var references = new ReferenceReader(context.Parameters);
        var named = references.Id(
            context.Parameters.First("appointment-reference", "appt-id", "appointment"), "Appointment");
        if (references.Problem is { } malformed)
            return malformed;
        return named is null ? ParameterProblems.Missing("appointment-reference") : named;
    }
}
