using Ajanvaraus.Fhir.Scheduling.Time;

using Ajanvaraus.Fhir.Server.Commands;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>What the command <c>demo</c> does: the county, once, and a server over it.</summary>
internal static class DemoServer
{
    public static async Task<int> RunAsync(DemoOptions demo, TimeProvider clock, CancellationToken cancel)
    {
        var options = new ServerOptions(demo.Urls, demo.Database, IsOpen: demo.Tokens.Issuers.IsEmpty) 
        {
            Tokens = demo.Tokens,
            Identities = demo.Identities,
        };
        if (options.Refusal() is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal);
            return ServerCommand.Usage;
        }
        var store = await Database.OpenAsync(options.Database, clock, cancel, options.Identities);
        var size = demo.County == "full" ? CountySize.Full : CountySize.Small;
        var today = Instant.FromDateTimeOffset(clock.GetUtcNow())
            .InZone(CalendarZone.Of(CalendarZone.Default)).Date;
        var loading = new DemoLoading(store, new FhirFacade(store, options, clock), Console.Out);
        var loaded = await loading.LoadAsync(size, demo.Seed, today, cancel);
        if (loaded.Failed)
        {
            foreach (var issue in loaded.Problem.Issues)
                await Console.Error.WriteLineAsync($"{issue.Id} {issue.Text} {issue.Expression}");
            await store.DisposeAsync();
            return ServerCommand.Failure;
        }
        return await ServeCommand.ServeAsync(options, store, clock, Tour, cancel);
    }

    private static void Tour(string url)
    {
        Console.WriteLine();
        Console.WriteLine("Three calls to try:");
        Console.WriteLine($"  curl '{url}/fhir/HealthcareService?_elements=name'");
        Console.WriteLine($"  curl '{url}/fhir/Slot/$find?start=$(date -I)&service-type=sosiaaliohjaus&_count=3'");
        Console.WriteLine($"  curl '{url}/fhir/Appointment?status=fulfilled&_summary=count'");
    }
}
