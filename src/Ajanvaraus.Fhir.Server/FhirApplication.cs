using System.Text.Json;

using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Server.Capability;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Jobs;
using Ajanvaraus.Fhir.Server.Messages;
using Ajanvaraus.Fhir.Server.Metrics;
using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Operations;
using Ajanvaraus.Fhir.Server.Pages;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Representation;

using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Ajanvaraus.Fhir.Server;

/// <summary>The web application: Kestrel, middleware, the FHIR endpoint, health and the API description.</summary>
public static partial class FhirApplication
{
    private const int DrainSeconds = 30;

    /// <summary>For connections that were made just before the server let go of its address.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private const int MaxRequestLineBytes = 32 * 1024;

    /// <summary>Puts a server together, ready to be started; it disposes of the store when it ends.</summary>
    public static WebApplication Build(ServerOptions options, ResourceStore store, TimeProvider clock)
    {
        var facade = new FhirFacade(store, options, clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // RequestBody has the limits: they differ by interaction and hold after decompression.
            kestrel.Limits.MaxRequestBodySize = null;
            // Page links of a search by POST carry its criteria.
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        });
        AddLogging(builder.Logging);
        // A variable of the environment would make the framework believe everybody.
        builder.Configuration["ForwardedHeaders_Enabled"] = "false";
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(DrainSeconds));
        if (options.Drain > TimeSpan.Zero)
            builder.Services.AddSingleton<IConnectionListenerFactory>(services => new PatientListeners(
                transport => ActivatorUtilities.CreateInstance<SocketTransportFactory>(services, Options.Create(transport)), Patience));
        builder.Services.AddRequestDecompression();
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(CrossOrigin.Policy(options.AllowedOrigins)));
        builder.Services.AddEndpointsApiExplorer();
        builder.Services.AddSwaggerGen(swagger => swagger.DocumentFilter<FhirDocumentFilter>());
        builder.Services.AddSingleton(_ => store);
        builder.Services.AddSingleton(facade.Operations);
        builder.Services.AddSingleton(services => new Authentication(
            options.Tokens, options.OwnBaseUrls, () => facade.Access, clock,
            services.GetRequiredService<ILogger<Authentication>>()));
        if (options.Tokens.Mandates is { } mandates)
            builder.Services.AddSingleton(services => new MandateService(mandates, clock, services.GetRequiredService<ILogger<MandateService>>()));
        builder.Services.AddHostedService(services => new ConformanceWatch(
            facade.SearchParameters, facade.Profiles, facade.Pipeline, clock,
            services.GetRequiredService<ILogger<ConformanceWatch>>()));
        builder.Services.AddHostedService(services => new JobRunner(
            store, facade.Board, facade.Works, clock, services.GetRequiredService<ILogger<JobRunner>>()));
        builder.Services.AddHostedService(services => new GroupDeadlines(
            facade.Groups, clock, services.GetRequiredService<ILogger<GroupDeadlines>>()));
        var sent = new MessageCounts();
        if (!options.Messages.IsNone)
            builder.Services.AddHostedService(services => new MessageSender(
                store, facade.Services, options.Messages, sent, clock, services.GetRequiredService<ILogger<MessageSender>>()));

        var app = builder.Build();
        facade.Dispatcher.Representatives!.Mandates = app.Services.GetService<MandateService>();
        Use(app, facade, options, store, clock, sent);
        return app;
    }

    private static void Use(
        WebApplication app, FhirFacade facade, ServerOptions options, ResourceStore store, TimeProvider clock, MessageCounts sent)
    {
        // Made by the container, so that it is closed with it after the last request.
        _ = app.Services.GetRequiredService<ResourceStore>();
        var faults = new FaultHandler(app.Services.GetRequiredService<ILogger<FaultHandler>>());
        var metrics = new RequestMetrics();
        var endpoint = new FhirEndpoint(
            facade.Dispatcher, app.Services.GetRequiredService<Authentication>(), options.Limits, options.OwnBaseUrls,
            new Admission(options.MaxRequests, options.MaxSearches), metrics, app.Services.GetRequiredService<ILogger<FhirEndpoint>>());
        if (ForwardedAddresses.Of(options.Proxies) is { } forwarded)
            app.UseForwardedHeaders(forwarded);
        var draining = new Draining(options.Drain);
        app.Lifetime.ApplicationStopping.Register(draining.Begin);
        app.Use(draining.InvokeAsync);
        app.Use(RequestIds.InvokeAsync);
        app.Use(SafetyHeaders.InvokeAsync);
        app.Use(RequestFraming.InvokeAsync);
        if (!options.AllowedOrigins.IsEmpty)
            app.UseCors();
        app.Use(faults.InvokeAsync);
        app.UseRequestDecompression();
        app.UseSwagger();
        app.UseSwaggerUI(ui => ui.SwaggerEndpoint("/swagger/v1/swagger.json", "Ajanvaraus.Fhir"));
        var authentication = app.Services.GetRequiredService<Authentication>();
        if (authentication.IsOn)
            app.MapGet(SmartConfiguration.Path, context => SmartConfiguration.AnswerAsync(context, authentication));
        app.Map(FhirEndpoint.BasePath + "/{**path}", endpoint.InvokeAsync);
        app.MapGet("/", context =>
        {
            context.Response.Redirect("/swagger");
            return Task.CompletedTask;
        });
        ProfilePages.Map(app);
        app.MapGet(MetricsPage.Path, new MetricsPage(metrics, sent, store, clock, options.MetricsReaders).AnswerAsync);
        app.MapGet("/health/live", context => TellAsync(context, StatusCodes.Status200OK, "live", null));
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FhirApplication).FullName!);
        app.MapGet("/health/ready", context => draining.IsOn
            ? TellAsync(context, StatusCodes.Status503ServiceUnavailable, "not ready", ("reason", "stopping"))
            : ReadyAsync(context, store, log));
    }

    private static void AddLogging(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Ajanvaraus", LogLevel.Information);
    }

    private static async Task ReadyAsync(HttpContext context, ResourceStore store, ILogger log)
    {
        try
        {
            await store.CheckAsync(context.RequestAborted);
            await TellAsync(context, StatusCodes.Status200OK, "ready", ("database", store.EngineDescription));
        }
        catch (StorageNotReadyException failure)
        {
            // What the driver says may name hosts and files: that is for the log.
            LogNotReady(log, failure, failure.Reason);
            await TellAsync(
                context, StatusCodes.Status503ServiceUnavailable, "not ready", ("reason", failure.Reason));
        }
    }

    [LoggerMessage(20, LogLevel.Error, "Not ready: {Reason}")]
    private static partial void LogNotReady(ILogger log, Exception failure, string reason);

    private static async Task TellAsync(
        HttpContext context, int status, string word, (string Name, string Text)? more)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", word);
        if (more is var (name, text))
            json.WriteString(name, text);
        json.WriteEndObject();
    }
}
