using System.Collections.Concurrent;
using System.Diagnostics;

namespace Ajanvaraus.Fhir.Server.Metrics;

/// <summary>Counts what was asked, how it was answered and how long that took, since the process began.</summary>
/// <remarks>Names of interactions, operations and messages alone: nothing of what a caller wrote becomes a label.</remarks>
public sealed class RequestMetrics
{
    /// <summary>Upper bounds of the buckets in seconds; what took longer is in the last one.</summary>
    public static readonly ImmutableArray<double> Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<(string Interaction, string Operation, int Status), Count> _requests = new();
    private readonly ConcurrentDictionary<(string Interaction, string Operation), Durations> _durations = new();
    private readonly ConcurrentDictionary<string, Count> _refusals = new();
    private long _inProgress;

    /// <summary>Of requests that have begun and not ended.</summary>
    public long InProgress => Interlocked.Read(ref _inProgress);

    public IEnumerable<(string Interaction, string Operation, int Status, long Count)> Requests =>
        _requests.Select(r => (r.Key.Interaction, r.Key.Operation, r.Key.Status, r.Value.Value));

    public IEnumerable<(string Interaction, string Operation, Durations Durations)> Latencies =>
        _durations.Select(d => (d.Key.Interaction, d.Key.Operation, d.Value));

    /// <summary>By the id of the first issue that was told.</summary>
    public IEnumerable<(string Issue, long Count)> Refusals => _refusals.Select(r => (r.Key, r.Value.Value));

    /// <returns>The moment, for <see cref="End"/>.</returns>
    public long Begin()
    {
        Interlocked.Increment(ref _inProgress);
        return Stopwatch.GetTimestamp();
    }

    /// <param name="interaction">Code of restful-interaction; empty when nobody could tell.</param>
    /// <param name="operation">Name of an operation that there is; else empty.</param>
    /// <param name="issue">Null: it was not refused.</param>
    public void End(long begun, string interaction, string operation, int status, string? issue)
    {
        Interlocked.Decrement(ref _inProgress);
        _requests.GetOrAdd((interaction, operation, status), static _ => new Count()).Add();
        _durations.GetOrAdd((interaction, operation), static _ => new Durations()).Add(Stopwatch.GetElapsedTime(begun));
        if (issue is { Length: > 0 })
            _refusals.GetOrAdd(issue, static _ => new Count()).Add();
    }

    private sealed class Count
    {
        private long _value;

        public long Value => Interlocked.Read(ref _value);

        public void Add() => Interlocked.Increment(ref _value);
    }
}

/// <summary>How many took how long.</summary>
public sealed class Durations
{
    private readonly long[] _buckets = new long[RequestMetrics.Bounds.Length + 1];
    private long _ticks;

    /// <summary>In seconds, of all together.</summary>
    public double Sum => TimeSpan.FromTicks(Interlocked.Read(ref _ticks)).TotalSeconds;

    /// <summary>Of each bucket by itself, in the order of the bounds.</summary>
    public ImmutableArray<long> Counts => [.. _buckets.Select((_, n) => Interlocked.Read(ref _buckets[n]))];

    internal void Add(TimeSpan took)
    {
        var (bucket, seconds) = (0, took.TotalSeconds);
        while (bucket < RequestMetrics.Bounds.Length && seconds > RequestMetrics.Bounds[bucket])
            bucket++;
        Interlocked.Increment(ref _buckets[bucket]);
        Interlocked.Add(ref _ticks, took.Ticks);
    }
}
