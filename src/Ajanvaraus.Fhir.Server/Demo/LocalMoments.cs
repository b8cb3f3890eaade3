using Ajanvaraus.Fhir.Scheduling.Time;

using NodaTime.Text;
using NodaTime;

namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>Wall-clock times of Finland as FHIR writes them, with their offset.</summary>
internal static class LocalMoments
{
    private static DateTimeZone Helsinki => CalendarZone.Of(CalendarZone.Default);

    private static readonly OffsetDateTimePattern Pattern =
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'sso<+HH:mm>");

    /// <summary>A dateTime or instant of whole seconds: <c>2022-03-01T09:00:00+02:00</c>.</summary>
    /// <param name="minutes">Since midnight by the wall clock; not in an hour that summer time skips or repeats.</param>
    public static string DateTime(LocalDate day, int minutes) =>
        Pattern.Format(day.AtMidnight().PlusMinutes(minutes).InZoneStrictly(Helsinki).ToOffsetDateTime());
}
