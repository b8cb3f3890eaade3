using System.Diagnostics;

using FluentAssertions.Execution;

namespace Ajanvaraus.Fhir.Testing;

/// <summary>Feeds damaged inputs to a parser and watches exceptions, time and memory of each.</summary>
/// <remarks>As many as <c>AJANVARAUS_FUZZ_COUNT</c> says, 20 000 where it says nothing.</remarks>
public sealed class FuzzRun
{
    private const string Variable = "AJANVARAUS_FUZZ_COUNT";
    private const int DefaultCount = 20_000;

    /// <summary>What one input of at most 256 kB may take.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(1);

    private const long MaxAllocatedBytes = 64 * 1024 * 1024;

    private int _taken;
    private TimeSpan _worstTime;
    private long _worstBytes;

    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable(Variable), out var count) ? count : DefaultCount;

    /// <summary>Runs all inputs; gives a line that sums up.</summary>
    /// <param name="seed">Of the damage; named where an input fails.</param>
    /// <param name="corpus">What is damaged.</param>
    /// <param name="parse">True when the input was taken.</param>
    public static string Of(int seed, IReadOnlyList<byte[]> corpus, Func<byte[], bool> parse)
    {
        var run = new FuzzRun();
        var mutation = new ByteMutation(seed, corpus);
        var time = Stopwatch.StartNew();
        for (var i = 0; i < Count; i++)
            run.Feed(mutation.Next(), parse, $"input {i} of seed {seed}");
        return $"{Count} inputs in {time.Elapsed.TotalSeconds:F0} s, {run._taken} taken; the slowest "
            + $"{run._worstTime.TotalMilliseconds:F1} ms, the largest {run._worstBytes / 1024} kB allocated, "
            + $"process {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB at most";
    }

    private void Feed(byte[] input, Func<byte[], bool> parse, string name)
    {
        var (time, bytes) = Measure(input, parse, name);
        // The machine may have been busy with something else: only what is slow each time is.
        for (var again = 0; again < 3 && time > MaxTime; again++)
            time = Measure(input, parse, name).Time;
        if (time > MaxTime || bytes > MaxAllocatedBytes)
            Execute.Assertion.FailWith("{0} took {1} and {2} bytes: {3}", name, time, bytes, Convert.ToBase64String(input));
        _worstTime = time > _worstTime ? time : _worstTime;
        _worstBytes = Math.Max(_worstBytes, bytes);
    }

    private (TimeSpan Time, long Bytes) Measure(byte[] input, Func<byte[], bool> parse, string name)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        try
        {
            if (parse(input))
                _taken++;
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"{name}: {Convert.ToBase64String(input)}", fault);
        }
        return (Stopwatch.GetElapsedTime(start), GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
