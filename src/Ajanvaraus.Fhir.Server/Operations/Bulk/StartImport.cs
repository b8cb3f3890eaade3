using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Jobs;

namespace Ajanvaraus.Fhir.Server.Operations.Bulk;

/// <summary><c>$import</c>: begins to bring in resources with their ids, as the command <c>import</c> does.</summary>
/// <remarks>
/// The lines come as the body (NDJSON), or in Parameters: each <c>input</c> has <c>content</c> (NDJSON in base64),
/// <c>resource</c> (one or more) or <c>url</c>. Addresses are fetched only below those that the operator has named, so that
/// nobody makes this server ask others for him.
/// </remarks>
internal sealed class StartImport(JobBoard board) : IOperation
{
    private static readonly string[] Formats = ["application/fhir+ndjson", "application/ndjson", "ndjson"];

    public OperationRegistration Registration { get; } = new(
        "import", OperationLevels.System, [], Canonicals.Base + "/OperationDefinition/import")
    {
        AffectsState = true,
        BeginsWork = true,
        TakesLines = true,
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var sources = context.Request.IsLines
            ? new ImportSources().Add(GzipLines.Pack(context.Request.Body.Span))
            : Read(context.Parameters);
        if (sources.Failed)
            return context.Problem(sources.Problem);
        var asked = new JsonObject { ["sources"] = JobRequest.Array(sources.Value.Addresses) };
        return await board.StartAsync(
            ImportWork.Name, context.Request, JobRequest.Of(context.Request, asked), sources.Value.Files, cancel);
    }

    private Outcome<ImportSources> Read(OperationParameters given)
    {
        if (given.First("inputFormat") is { } format && !Formats.Contains(format.Text))
            return JobMessages.UnknownInputFormat.As(ProblemKind.Invalid, format.Expression);
        var sources = new ImportSources();
        foreach (var input in given.All("input"))
        {
            var added = Add(sources, input);
            if (added.Failed)
                return added.Problem;
        }
        return sources.Addresses.IsEmpty ? JobMessages.NothingToImport.As(ProblemKind.Invalid) : sources;
    }

    private Outcome<ImportSources> Add(ImportSources sources, OperationParameter input)
    {
        if (input.Parts.First("url") is { } url)
            return IsAllowed(url.Text)
                ? sources.Add(url.Text!)
                : JobMessages.SourceNotAllowed.As(ProblemKind.Forbidden, url.Expression);
        if (input.Parts.First("content") is { } content)
        {
            var bytes = new byte[content.Text?.Length ?? 0];
            return Convert.TryFromBase64String(content.Text ?? "", bytes, out var count)
                ? sources.Add(GzipLines.Pack(bytes.AsSpan(0, count)))
                : JobMessages.ContentMalformed.As(ProblemKind.Invalid, content.Expression);
        }
        using var lines = new GzipLines();
        foreach (var resource in input.Parts.All("resource").Select(p => p.Resource).OfType<ElementNode>())
            lines.Add(FhirJson.ToBytes(resource.At(null)));
        return lines.Count > 0
            ? sources.Add(lines.ToArray())
            : JobMessages.NothingToImport.As(ProblemKind.Invalid, input.Expression);
    }

    /// <summary>The address lies below one of those that are named: same scheme, host and port.</summary>
    private bool IsAllowed(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
        && board.Options.ImportOrigins.Any(origin => Uri.TryCreate(origin, UriKind.Absolute, out var named)
            && Uri.Compare(named, uri, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0);
}
