using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Middleware;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>Entries of a batch or transaction as requests: http://hl7.org/fhir/R4/bundle.html, request.</summary>
public sealed class BundleEntries(TargetParser targets)
{
    /// <summary>Reads one entry.</summary>
    /// <remarks>Errors: no request, an unknown method or URL, another Bundle inside; located in the entry.</remarks>
    public Outcome<FhirRequest> Read(ElementNode entry, int index, FhirRequest bundle)
    {
        if (entry["request"] is not { } request)
            return RestIssues.EntryElementMissing(index, "request");
        if (Method(request.Text("method")) is not { } method)
            return RestIssues.EntryMethodUnknown(index);
        if (request.Text("url") is not { } url)
            return RestIssues.EntryElementMissing(index, "request.url");

        var (path, query) = Split(url, bundle.BaseUrl);
        var target = targets.Parse(Uri.UnescapeDataString(path));
        if (target.Failed)
            return EntryProblems.Locate(target.Problem, index);
        if (target.Value.Kind == TargetKind.System && method == HttpMethods.Post)
            return RestIssues.NestedBundle($"Bundle.entry[{index}].request.url");
        var parameters = RequestQuery.Parse(query);
        return new FhirRequest
        {
            Method = method,
            Target = target.Value,
            Parameters = parameters.Parameters,
            Cursor = parameters.Cursor,
            Conditions = new RequestConditions(
                request.Text("ifMatch"), request.Text("ifNoneMatch"), IfModifiedSince(request),
                request.Text("ifNoneExist")),
            // The caller waits for the Bundle, or does not.
            Prefer = bundle.Prefer with { IsAsync = false },
            Resource = entry["resource"]?.At(null),
            BaseUrl = bundle.BaseUrl,
            OtherBaseUrls = bundle.OtherBaseUrls,
            Caller = bundle.Caller,
        };
    }

    // An instant here, an HTTP date in a header.
    private static string? IfModifiedSince(ElementNode request) =>
        DateTimeOffset.TryParse(
            request.Text("ifModifiedSince"), System.Globalization.CultureInfo.InvariantCulture, out var moment)
            ? moment.ToUniversalTime().ToString("R", System.Globalization.CultureInfo.InvariantCulture)
            : null;

    private static string? Method(string? method) => method switch
    {
        "GET" or "HEAD" => HttpMethods.Get,
        "POST" or "PUT" or "PATCH" or "DELETE" => method,
        _ => null,
    };

    private static (string Path, string Query) Split(string url, string baseUrl)
    {
        if (url.StartsWith(baseUrl, StringComparison.Ordinal))
            url = url[baseUrl.Length..];
        var question = url.IndexOf('?');
        return question < 0 ? (url, "") : (url[..question], url[question..]);
    }
}

/// <summary>Says in which entry of a Bundle a problem lies.</summary>
public static class EntryProblems
{
    public static Problem Locate(Problem problem, int index) => problem with
    {
        Issues = [.. problem.Issues.Select(issue => issue with { Expression = Expression(issue.Expression, index) })],
    };

    // "Patient.name" is about the entry's resource; a name without a path is a parameter of its url.
    private static string Expression(string? expression, int index)
    {
        if (expression is null)
            return $"Bundle.entry[{index}].request.url";
        if (expression.StartsWith("Bundle.entry[", StringComparison.Ordinal))
            return expression;
        var dot = expression.IndexOf('.');
        if (dot > 0 && char.IsAsciiLetterUpper(expression[0]))
            return $"Bundle.entry[{index}].resource{expression[dot..]}";
        return char.IsAsciiLetterUpper(expression[0])
            ? $"Bundle.entry[{index}].resource"
            : $"Bundle.entry[{index}].request.url";
    }
}
