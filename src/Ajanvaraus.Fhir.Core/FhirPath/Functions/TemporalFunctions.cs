namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>The current moment, and the parts of dates and times: http://hl7.org/fhirpath/N1/#current-date-and-time-functions .</summary>
internal static class TemporalFunctions
{
    public static readonly FunctionDefinition[] All =
    [
        new("now", 0, 0, static (in FunctionCall call) => Now(call, TemporalKind.DateTime)),
        new("today", 0, 0, static (in FunctionCall call) => Now(call, TemporalKind.Date)),
        new("timeOfDay", 0, 0, static (in FunctionCall call) => Now(call, TemporalKind.Time)),
        new("yearOf", 0, 0, static (in FunctionCall call) =>
            Part(call, TemporalPrecision.Year, static moment => moment.Local.Year)),
        new("monthOf", 0, 0, static (in FunctionCall call) =>
            Part(call, TemporalPrecision.Month, static moment => moment.Local.Month)),
        new("dayOf", 0, 0, static (in FunctionCall call) =>
            Part(call, TemporalPrecision.Day, static moment => moment.Local.Day)),
        new("hourOf", 0, 0, static (in FunctionCall call) =>
            Part(call, TemporalPrecision.Hour, static moment => moment.Local.Hour)),
        new("minuteOf", 0, 0, static (in FunctionCall call) =>
            Part(call, TemporalPrecision.Minute, static moment => moment.Local.Minute)),
        new("secondOf", 0, 0, static (in FunctionCall call) =>
            Part(call, TemporalPrecision.Second, static moment => moment.Local.Second)),
        new("millisecondOf", 0, 0, static (in FunctionCall call) =>
            Part(call, TemporalPrecision.Millisecond, static moment => moment.Local.Millisecond)),
        new("timezoneOffsetOf", 0, 0, ZoneOffset),
        new("dateOf", 0, 0, Date),
        new("timeOf", 0, 0, Time),
    ];

    private static void Now(in FunctionCall call, TemporalKind kind)
    {
        var now = call.Context.Now;
        var precision = kind == TemporalKind.Date ? TemporalPrecision.Day : TemporalPrecision.Millisecond;
        int? offset = kind == TemporalKind.DateTime ? (int)now.Offset.TotalMinutes : null;
        // Cut to what is written, so that a moment equals itself read back.
        var local = now.DateTime.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        call.Output.Add(FhirPathValue.Of(TemporalText.Of(
            kind, kind == TemporalKind.Date ? local.Date : local, precision, offset)));
    }

    private static FhirPathTemporal? Moment(in FunctionCall call)
    {
        if (call.Item is not { } item)
            return null;
        if (item.System is FhirPathTemporal moment)
            return moment;
        if (item.System is not null || item.Node is not { IsPrimitive: true })
            call.FailInput("DateTime", item);
        return null;
    }

    /// <summary>Empty where that part is not written.</summary>
    private static void Part(in FunctionCall call, TemporalPrecision precision, Func<FhirPathTemporal, int> part)
    {
        if (Moment(call) is { } moment && moment.Precision >= precision
            && (moment.Kind != TemporalKind.Time || precision >= TemporalPrecision.Hour))
            call.Add((long)part(moment));
    }

    /// <summary>In hours: <c>2.0</c> for +02:00.</summary>
    private static void ZoneOffset(in FunctionCall call)
    {
        if (Moment(call)?.OffsetMinutes is { } minutes)
            call.Add(minutes / 60.0m);
    }

    private static void Date(in FunctionCall call)
    {
        if (Moment(call) is { Kind: not TemporalKind.Time } moment)
            call.Output.Add(FhirPathValue.Of(TemporalText.Of(
                TemporalKind.Date, moment.Local.Date,
                moment.Precision < TemporalPrecision.Day ? moment.Precision : TemporalPrecision.Day, null)));
    }

    private static void Time(in FunctionCall call)
    {
        if (Moment(call) is { HasTime: true } moment)
            call.Output.Add(FhirPathValue.Of(TemporalText.Of(
                TemporalKind.Time, moment.Local, moment.Precision, null,
                Math.Max(1, TemporalText.FractionDigits(moment)))));
    }
}
