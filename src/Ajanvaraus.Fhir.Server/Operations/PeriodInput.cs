using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>A parameter that is a Period with both ends; a date counts as a whole day in the default zone.</summary>
internal static class PeriodInput
{
    private const int MaximumDays = 366;

    /// <remarks>Errors: missing (400); no Period, an end before the start, or longer than a year (422).</remarks>
    public static Outcome<TimeRange> Read(OperationParameters parameters, string name)
    {
        if (parameters.First(name) is not { } given)
            return ParameterProblems.Missing(name);
        if (given.Value is not { Type.Name: "Period" } period
            || !FhirInstant.TryParse(period.Text("start"), Zones.Default, out var start)
            || !FhirInstant.TryParse(period.Text("end"), Zones.Default, out var end))
            return ParameterProblems.Rule(OperationMessages.NotAPeriod.At(given.Expression, name));
        var to = end.Precision >= DateTimePrecision.Minute ? end.Start : end.End;
        var range = new TimeRange(Moments.Of(start.Start), Moments.Of(to));
        if (range.IsEmpty)
            return ParameterProblems.Rule(OperationMessages.EndBeforeStart.At(given.Expression));
        return range.Length.TotalDays > MaximumDays + 1
            ? ParameterProblems.Rule(OperationMessages.WindowTooLong.At(given.Expression, $"{MaximumDays}"))
            : range;
    }
}
