using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Booking;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>Values of single parameters; the first faulty one is kept as <see cref="Problem"/>.</summary>
/// <remarks>What is wrong with a value is 422: the request as such was understood.</remarks>
internal sealed class ParameterValues(OperationParameters parameters)
{
    private const decimal MostNumber = 1_000_000_000;

    public Problem? Problem { get; private set; }

    /// <summary>The beginning of the time given; a date is one of the default zone. Null when absent or faulty.</summary>
    public Instant? Start(string name) => Time(name) is { } time ? Moments.Of(time.Start) : null;

    /// <summary>As <see cref="Start"/>, but a date counts to its end.</summary>
    public Instant? End(string name) => Time(name) is { } time
        ? Moments.Of(time.Precision >= DateTimePrecision.Minute ? time.Start : time.End)
        : null;

    /// <summary>A whole number in the range; null when absent or faulty.</summary>
    public int? Number(string name, int least, int most)
    {
        if (parameters.First(name) is not { } given)
            return null;
        if (int.TryParse(given.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        Problem ??= ParameterProblems.Rule(OperationMessages.NumberOutOfRange.At(
            given.Expression, name, $"{least}", $"{most}"));
        return null;
    }

    /// <summary>False when absent.</summary>
    public bool Flag(string name)
    {
        if (parameters.First(name) is not { } given)
            return false;
        if (given.Text is not ("true" or "false"))
            Problem ??= ParameterProblems.Rule(OperationMessages.NotABoolean.At(given.Expression, name));
        return given.Text == "true";
    }

    /// <summary>Whole minutes, or a Duration in minutes or hours: 1 minute to a day.</summary>
    public Duration? Length(string name)
    {
        if (parameters.First(name) is not { } given)
            return null;
        var minutes = given.Value is { IsPrimitive: false } quantity ? Minutes(quantity) : Decimal(given.Text);
        if (minutes is { } length and >= 1 and <= 1440 && decimal.Truncate(length) == length)
            return Duration.FromMinutes((long)length);
        Problem ??= ParameterProblems.Rule(OperationMessages.NotADuration.At(given.Expression));
        return null;
    }

    private FhirInstant? Time(string name)
    {
        if (parameters.First(name) is not { } given)
            return null;
        // In a query a plus sign that was not escaped has become a space.
        var text = given.Value is null ? given.Text?.Replace(' ', '+') : given.Text;
        if (text is not null && FhirInstant.TryParse(text, Zones.Default, out var time))
            return time;
        Problem ??= ParameterProblems.Rule(OperationMessages.NotATime.At(given.Expression, name));
        return null;
    }

    /// <summary>Of a Duration; null when it has no unit of time.</summary>
    public static decimal? Minutes(ElementNode quantity) => Decimal(quantity.Text("value")) is not { } value
        ? null
        : (quantity.Text("code") ?? quantity.Text("unit")) switch
        {
            "min" or "minute" or "minutes" => value,
            "h" or "hour" or "hours" => value * 60,
            "d" or "day" or "days" => value * 1440,
            "s" => value / 60,
            _ => null,
        };

    /// <summary>A number beyond the greatest one counts as that, so that it can be counted with.</summary>
    private static decimal? Decimal(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(number, -MostNumber, MostNumber) : null;
}
