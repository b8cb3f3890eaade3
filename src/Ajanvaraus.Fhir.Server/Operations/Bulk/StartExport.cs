using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Jobs;

namespace Ajanvaraus.Fhir.Server.Operations.Bulk;

/// <summary><c>$export</c>: begins to write all resources, those of patients, or those of a group's members, into files.</summary>
/// <remarks>
/// Errors: all that is wrong with the parameters at once is told here, before anything is begun; unknown parameters only
/// under strict handling. Source: http://hl7.org/fhir/uv/bulkdata/STU2/export.html .
/// </remarks>
internal sealed partial class StartExport : IOperation
{
    private static readonly string[] Names =
        ["_outputFormat", "_since", "_type", "_typeFilter", "_elements", "includeAssociatedData", "patient"];

    private static readonly string[] Formats = ["application/fhir+ndjson", "application/ndjson", "ndjson"];

    private readonly ExportServices _services;

    private StartExport(ExportServices services, OperationLevels level, ImmutableArray<string> types, string definition)
    {
        _services = services;
        Registration = new OperationRegistration(
            "export", level, types, "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/" + definition)
        {
            AffectsState = false,
            BeginsWork = true,
        };
    }

    public OperationRegistration Registration { get; }

    public static IEnumerable<IOperation> All(ExportServices services) =>
    [
        new StartExport(services, OperationLevels.System, [], "export"),
        new StartExport(services, OperationLevels.Type, ["Patient"], "patient-export"),
        new StartExport(services, OperationLevels.Instance, ["Group"], "group-export"),
    ];

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        if (!context.Request.Prefer.IsAsync)
            return context.Problem(JobMessages.AsyncOnly.As(ProblemKind.Invalid));
        if (context.Id is { } group && await _services.Store.ReadAsync("Group", group, cancel) is not { IsDeleted: false } and var stored)
            return context.Problem(stored is null ? RestIssues.NotFound("Group") : RestIssues.Gone("Group"));
        var asked = await ReadAsync(context, cancel);
        return asked.Failed
            ? context.Problem(asked.Problem)
            : await _services.Board.StartAsync(
                ExportWork.Name, context.Request, JobRequest.Of(context.Request, asked.Value.ToJson()), cancel);
    }

    private async ValueTask<Outcome<ExportAsked>> ReadAsync(OperationContext context, CancellationToken cancel)
    {
        var given = context.Parameters;
        if (context.Request.Prefer.IsStrict && given.Items.FirstOrDefault(p => !Names.Contains(p.Name)) is { } unknown)
            return RestIssues.UnknownParameter(unknown.Name);
        if (given.First("_outputFormat") is { } format && !Formats.Contains(format.Text?.Replace(' ', '+')))
            return JobMessages.UnknownOutputFormat.As(ProblemKind.Invalid, format.Expression);
        var since = Since(given);
        if (since.Failed)
            return since.Problem;
        var isOfPatients = context.Type is not null;
        var types = Types(given, isOfPatients);
        if (types.Failed)
            return types.Problem;
        var filters = Filters(given);
        foreach (var filter in filters)
            if (await _services.ParseAsync(filter, cancel) is { Failed: true } faulty)
                return faulty.Problem;
        return new ExportAsked(
            types.Value, isOfPatients, context.Id, since.Value, _services.Board.Now, filters, List(given, "_elements"));
    }

    private Outcome<long?> Since(OperationParameters given)
    {
        if (given.First("_since") is not { } since)
            return Outcome<long?>.Of(null);
        // A plus sign that a client did not encode arrives as a blank.
        return FhirInstant.TryParse((since.Text ?? "").Replace(' ', '+'), _services.Zone, out var time)
            ? time.Start
            : RestIssues.InvalidParameter("_since", "2026-11-21T09:00:00+02:00");
    }

    private Outcome<ImmutableArray<string>> Types(OperationParameters given, bool isOfPatients)
    {
        var offered = isOfPatients ? _services.Compartment.Types : _services.AllTypes;
        var wanted = List(given, "_type");
        if (wanted.Any(type => !_services.Compartment.IsType(type)))
            return RestIssues.InvalidParameter("_type", "Appointment,Patient");
        return wanted.IsEmpty ? offered : [.. offered.Where(type => wanted.Contains(type))];
    }

    private static ImmutableArray<string> List(OperationParameters given, string name) =>
    [
        .. given.All(name)
            .SelectMany(p => (p.Text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Distinct(),
    ];

    /// <summary>Apart by commas, which may stand in a search too: one that ends a filter has a type after it.</summary>
    private static ImmutableArray<string> Filters(OperationParameters given) =>
        [.. given.All("_typeFilter").SelectMany(p => BetweenFilters().Split(p.Text ?? "")).Where(f => f.Length > 0)];

    [GeneratedRegex(@",(?=[A-Z][A-Za-z]*\?)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BetweenFilters();
}
