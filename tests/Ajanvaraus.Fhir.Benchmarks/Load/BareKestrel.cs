using System.Text;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ajanvaraus.Fhir.Benchmarks.Load;

/// <summary>The limit of the web server on this machine: 1.5 kB from a dictionary, nothing else.</summary>
/// <remarks>The load generator runs beside it on the same cores, so this is its own ceiling too.</remarks>
internal static class BareKestrel
{
    public const string Command = "bare-kestrel";

    /// <summary>Per second at one connection on the machine where Medplum was measured.</summary>
    public const double MedplumOne = 24_000;

    /// <summary>The same at 32 connections.</summary>
    public const double MedplumMany = 60_000;

    private const int Entries = 1000;
    private const int BodyBytes = 1500;

    public static async Task ServeAsync(string url)
    {
        var bodies = Enumerable.Range(0, Entries).ToDictionary(
            n => $"/{n}", n => Encoding.ASCII.GetBytes($"{{\"id\":\"{n}\"}}".PadRight(BodyBytes)));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();
        app.Run(async context =>
        {
            var response = context.Response;
            if (!bodies.TryGetValue(context.Request.Path.Value ?? "", out var body))
            {
                response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            response.ContentType = "application/fhir+json";
            response.ContentLength = body.Length;
            await response.BodyWriter.WriteAsync(body);
        });
        await app.RunAsync();
    }

    public static Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(
        port => [typeof(BareKestrel).Assembly.Location, Command, $"http://127.0.0.1:{port}"], "/1");

    /// <summary>Asks for every entry.</summary>
    public static Row Row(string host) => new(
        "bare Kestrel, 1.5 kB", [.. Enumerable.Range(0, Entries).Select(n => Request.Get(host, $"/{n}"))], 200);
}
