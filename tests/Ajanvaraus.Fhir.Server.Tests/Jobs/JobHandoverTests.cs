using System.Runtime.CompilerServices;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Jobs;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Jobs;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Testing;

using Microsoft.Extensions.Logging.Abstractions;

namespace Ajanvaraus.Fhir.Server.Tests.Jobs;

/// <summary>Runners as two processes have them, over one database.</summary>
public sealed class JobHandoverTests
{
    private static readonly FhirRequest Request = new()
    {
        Method = "GET", Target = new FhirTarget(TargetKind.System), BaseUrl = "http://127.0.0.1/fhir",
        Caller = Caller.Open("en"),
    };

    private static JobOptions Quick => new() { Look = TimeSpan.FromMilliseconds(20), Lease = TimeSpan.FromSeconds(3) };

    [DatabaseTheory, EachDatabase]
    public async Task Work_of_a_process_that_stops_goes_on_in_another_from_its_last_step(DatabaseEngine engine)
    {
        var clock = TimeProvider.System;
        await using var database = await MigratedDatabase.CreateAsync(engine);
        await using var store = await Database.OpenAsync(database.Option, clock, CancellationToken.None);
        var board = new JobBoard(store, Quick, clock);
        var first = new CountingWork(stopsAt: 3);
        var second = new CountingWork(stopsAt: int.MaxValue);
        using var accepted = await board.StartAsync("count", Request, JobRequest.Of(Request, []), CancellationToken.None);
        var id = accepted.ContentLocation!.Split('/')[1];

        using (var runner = new JobRunner(store, board, [first], clock, NullLogger<JobRunner>.Instance))
        {
            await runner.StartAsync(CancellationToken.None);
            await first.Stopped.Task.WaitAsync(TimeSpan.FromMinutes(1));
            await runner.StopAsync(CancellationToken.None);
        }
        var job = await DoneAsync(store, board, second, id, clock);

        job.Status.Should().Be(200);
        first.Steps.Should().Equal(1, 2, 3);
        second.Steps.Should().Equal(3, 4, 5);
        var files = await store.QueryAsync(s => s.Jobs.FilesAsync(id), CancellationToken.None);
        files.Should().Equal(new JobFile("Number-1.ndjson", 5, 5));
    }

    [DatabaseTheory, EachDatabase]
    public async Task Each_piece_of_work_is_done_by_one_of_several_runners(DatabaseEngine engine)
    {
        var clock = TimeProvider.System;
        await using var database = await MigratedDatabase.CreateAsync(engine);
        await using var store = await Database.OpenAsync(database.Option, clock, CancellationToken.None);
        var board = new JobBoard(store, Quick, clock);
        var works = new[] { new CountingWork(int.MaxValue), new CountingWork(int.MaxValue), new CountingWork(int.MaxValue) };
        var runners = works.Select(w => new JobRunner(store, board, [w], clock, NullLogger<JobRunner>.Instance)).ToList();
        const int count = 12;

        for (var i = 0; i < count; i++)
            (await board.StartAsync("count", Request, JobRequest.Of(Request, []), CancellationToken.None)).Dispose();
        foreach (var runner in runners)
            await runner.StartAsync(CancellationToken.None);
        using (var late = new CancellationTokenSource(TimeSpan.FromMinutes(1)))
            while (await store.QueryAsync(s => s.Jobs.CountUnfinishedAsync(""), late.Token) > 0)
                await Task.Delay(20, late.Token);
        foreach (var runner in runners)
        {
            await runner.StopAsync(CancellationToken.None);
            runner.Dispose();
        }

        works.Sum(w => w.Steps.Count).Should().Be(count * CountingWork.Last);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Cancelled_work_stops_at_its_next_step(DatabaseEngine engine)
    {
        var clock = TimeProvider.System;
        await using var database = await MigratedDatabase.CreateAsync(engine);
        await using var store = await Database.OpenAsync(database.Option, clock, CancellationToken.None);
        var board = new JobBoard(store, Quick, clock);
        var work = new CountingWork(stopsAt: 2);
        using var accepted = await board.StartAsync("count", Request, JobRequest.Of(Request, []), CancellationToken.None);
        var id = accepted.ContentLocation!.Split('/')[1];
        using var runner = new JobRunner(store, board, [work], clock, NullLogger<JobRunner>.Instance);
        await runner.StartAsync(CancellationToken.None);
        await work.Stopped.Task.WaitAsync(TimeSpan.FromMinutes(1));

        var cancelled = await board.CancelAsync(id, CancellationToken.None);
        await work.Cancelled.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await runner.StopAsync(CancellationToken.None);

        cancelled.Failed.Should().BeFalse();
        (await board.FindAsync(id, "", CancellationToken.None)).Should().BeNull();
        (await store.QueryAsync(s => s.Jobs.FilesAsync(id), CancellationToken.None)).Should().BeEmpty();
    }

    private static async Task<Job> DoneAsync(
        ResourceStore store, JobBoard board, IJobWork work, string id, TimeProvider clock)
    {
        using var runner = new JobRunner(store, board, [work], clock, NullLogger<JobRunner>.Instance);
        await runner.StartAsync(CancellationToken.None);
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        Job? job;
        while ((job = await board.FindAsync(id, "", late.Token)) is not { State: JobState.Done })
            await Task.Delay(20, late.Token);
        await runner.StopAsync(CancellationToken.None);
        return job;
    }

    /// <summary>Counts to <see cref="Last"/>, a line to a step; at one number it waits until it is told to stop.</summary>
    private sealed class CountingWork(int stopsAt) : IJobWork
    {
        public const int Last = 5;

        private readonly List<int> _steps = [];

        public string Kind => "count";

        public TaskCompletionSource Stopped { get; } = new();

        public TaskCompletionSource Cancelled { get; } = new();

        public List<int> Steps
        {
            get
            {
                lock (_steps)
                    return [.. _steps];
            }
        }

        public async IAsyncEnumerable<Outcome<JobStep>> RunAsync(
            Job job, [EnumeratorCancellation] CancellationToken cancel)
        {
            for (var n = job.Position.Length == 0 ? 1 : int.Parse(job.Position) + 1; n <= Last; n++)
            {
                lock (_steps)
                    _steps.Add(n);
                if (n == stopsAt)
                    await StopAsync(cancel);
                using var lines = new GzipLines();
                lines.Add("1"u8);
                yield return new JobStep($"{n}", $"{n}")
                {
                    Parts = [new JobPart("Number-1.ndjson", n - 1, 1, lines.ToArray())],
                    Result = n == Last ? new JobResult(200, "{}"u8.ToArray()) : null,
                };
            }
        }

        private async Task StopAsync(CancellationToken cancel)
        {
            Stopped.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }
            finally
            {
                Cancelled.SetResult();
            }
        }
    }
}
