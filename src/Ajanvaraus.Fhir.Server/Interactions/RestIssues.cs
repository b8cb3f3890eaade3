using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>The refusals of the REST facade itself, each with its message id (AJV-22xx).</summary>
/// <remarks>What a caller sent is not repeated in a text: it may be personal data.</remarks>
public static class RestIssues
{
    public static Problem NoSuchUrl() => Problem.Of(
        ProblemKind.NotFound, "AJV-2201", IssueType.NotFound,
        "Nothing is served at this address: see [base]/metadata for what is.");

    public static Problem UnknownType() => Problem.Of(
        ProblemKind.NotFound, "AJV-2202", IssueType.NotSupported,
        "The address names no resource type of FHIR R4; types are written with their exact capitals.");

    public static Problem MethodNotAllowed(string allowed) => Problem.Of(
        ProblemKind.MethodNotAllowed, "AJV-2203", IssueType.NotSupported,
        $"The method is not served at this address; these are: {allowed}.");

    public static Problem UnknownOperation() => Problem.Of(
        ProblemKind.NotFound, "AJV-2204", IssueType.NotSupported,
        "No such operation is offered here: see [base]/metadata for those that are.");

    public static Problem NotAcceptable() => Problem.Of(
        ProblemKind.NotAcceptable, "AJV-2205", IssueType.NotSupported,
        "Answers are given in JSON: ask for application/fhir+json by Accept or _format.");

    public static Problem UnsupportedMediaType() => Problem.Of(
        ProblemKind.UnsupportedMediaType, "AJV-2206", IssueType.NotSupported,
        "Bodies are read in JSON: send Content-Type application/fhir+json.");

    public static Problem FormExpected() => Problem.Of(
        ProblemKind.UnsupportedMediaType, "AJV-2207", IssueType.NotSupported,
        "A search by POST is sent as application/x-www-form-urlencoded.");

    public static Problem UnsupportedEncoding() => Problem.Of(
        ProblemKind.UnsupportedMediaType, "AJV-2208", IssueType.NotSupported,
        "The Content-Encoding is not known: send the body plain or in gzip, deflate or br.");

    public static Problem BodyTooLarge(long limitBytes) => Problem.Of(
        ProblemKind.TooLarge, "AJV-2209", IssueType.TooLong,
        $"The body is larger than {limitBytes} bytes, the most that is taken here.");

    public static Problem BodyMissing() => Problem.Of(
        ProblemKind.Invalid, "AJV-2210", IssueType.Required, "The request needs a resource as its body.");

    public static Problem MalformedRequest() => Problem.Of(
        ProblemKind.Invalid, "AJV-2211", IssueType.Invalid, "The HTTP request is malformed.");

    public static Problem WrongType(string expected, string actual) => Problem.Of(
        ProblemKind.Invalid, "AJV-2212", IssueType.Invalid,
        $"The address is for {expected}, the body is a resource of another type.", actual);

    public static Problem IdMismatch(string type) => Problem.Of(
        ProblemKind.Invalid, "AJV-2213", IssueType.Invalid,
        "The id in the resource must be there and equal the id in the address.", $"{type}.id");

    public static Problem InvalidId(string type) => Problem.Of(
        ProblemKind.Invalid, "AJV-2214", IssueType.Value,
        "A logical id has 1 to 64 letters (a-z), digits, hyphens and points.", $"{type}.id");

    public static Problem NotFound(string type) => Problem.Of(
        ProblemKind.NotFound, "AJV-2215", IssueType.NotFound, $"There is no such {type}.");

    public static Problem NoSuchVersion(string type) => Problem.Of(
        ProblemKind.NotFound, "AJV-2216", IssueType.NotFound, $"There is no such version of the {type}.");

    public static Problem Gone(string type) => Problem.Of(
        ProblemKind.Gone, "AJV-2217", IssueType.Deleted, $"The {type} has been deleted; its history is kept.");

    public static Problem InvalidHeader(string name, string shouldBe) => Problem.Of(
        ProblemKind.Invalid, "AJV-2218", IssueType.Invalid, $"The header {name} cannot be read: {shouldBe}.");

    public static Problem IfMatchFailed() => Problem.Of(
        ProblemKind.PreconditionFailed, "AJV-2219", IssueType.Conflict,
        "If-Match names no version of this server's: read the resource again and send its ETag.");

    public static Problem EmptyCriteria() => Problem.Of(
        ProblemKind.PreconditionFailed, "AJV-2220", IssueType.Required,
        "A conditional interaction needs at least one search parameter that narrows the search.");

    public static Problem InvalidParameter(string name, string shouldBe) => Problem.Of(
        ProblemKind.Invalid, "AJV-2221", IssueType.Value, $"The parameter {name} cannot be read: {shouldBe}.", name);

    public static Problem UnknownParameter(string name) => Problem.Of(
        ProblemKind.Invalid, "AJV-2222", IssueType.NotSupported,
        "The parameter is not known here, and strict handling was asked for.", name);

    public static Problem BundleTypeExpected() => Problem.Of(
        ProblemKind.Invalid, "AJV-2223", IssueType.Value,
        "A Bundle sent to the base is of type batch or transaction.", "Bundle.type");

    public static Problem EntryInvalid(string text, string expression) => Problem.Of(
        ProblemKind.Invalid, "AJV-2224", IssueType.Invalid, text, expression);

    public static Problem DuplicateIdentity(int first, int second) => Problem.Of(
        ProblemKind.Invalid, "AJV-2225", IssueType.Duplicate,
        $"The same resource is written by entry {first} and again by this one: a transaction takes each once.",
        $"Bundle.entry[{second}].request.url");

    public static Problem DuplicateFullUrl(int first, int second) => Problem.Of(
        ProblemKind.Invalid, "AJV-2226", IssueType.Duplicate,
        $"Entry {first} already has this fullUrl.", $"Bundle.entry[{second}].fullUrl");

    public static Problem TooManyEntries(int limit) => Problem.Of(
        ProblemKind.TooLarge, "AJV-2227", IssueType.TooCostly,
        $"A Bundle may hold up to {limit} entries.", "Bundle.entry");

    public static Problem Fault(string requestId) => new(
        ProblemKind.Fault,
        [
            new Issue("AJV-2228", IssueType.Exception, "The server failed on this request; the failure was recorded.")
            {
                Severity = IssueSeverity.Fatal,
                Diagnostics = $"X-Request-Id {requestId}",
            },
        ]);

    public static Problem NestedBundle(string expression) => Problem.Of(
        ProblemKind.Invalid, "AJV-2229", IssueType.NotSupported,
        "A batch or transaction cannot hold another one.", expression);

    public static Problem InvalidCursor() => Problem.Of(
        ProblemKind.Invalid, "AJV-2230", IssueType.Value,
        "The page link is not one that this search gave: search again.", "_cursor");

    public static Issue IncludedTruncated() => new(
        "AJV-2231", IssueType.Incomplete,
        "More resources were to be included than one page holds: ask for fewer matches by _count.")
    {
        Severity = IssueSeverity.Warning,
    };
}
