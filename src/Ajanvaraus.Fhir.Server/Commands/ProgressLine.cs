using System.Globalization;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary>Tells on standard error, once in a second at the most, how far long work has come and how fast.</summary>
internal sealed class ProgressLine(TextWriter output, TimeProvider clock, string what) : IProgress<int>, IProgress<long>
{
    private readonly long _started = clock.GetTimestamp();
    private long _told = clock.GetTimestamp();

    public void Report(int value) => Report((long)value);

    public void Report(long value)
    {
        if (clock.GetElapsedTime(_told) < TimeSpan.FromSeconds(1))
            return;
        _told = clock.GetTimestamp();
        output.WriteLine(Text(value));
    }

    /// <summary><c>12000 resources, 3400/s</c>.</summary>
    public string Text(long value)
    {
        var seconds = Math.Max(clock.GetElapsedTime(_started).TotalSeconds, 0.001);
        return string.Create(CultureInfo.InvariantCulture, $"{value} {what}, {value / seconds:0}/s");
    }
}
