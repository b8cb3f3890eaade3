namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary>Kinds of expected failure; one table in the server maps a kind to an HTTP status.</summary>
public enum ProblemKind
{
    /// <summary>The request cannot be understood: 400.</summary>
    Invalid,
    Unauthenticated,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    NotAcceptable,
    /// <summary>The request did not come in time: 408.</summary>
    TooSlow,
    Conflict,
    Gone,
    PreconditionFailed,
    TooLarge,
    UnsupportedMediaType,
    /// <summary>The request is understood and breaks a rule: 422.</summary>
    Unprocessable,
    PreconditionRequired,
    Throttled,
    /// <summary>The server cannot do it now and the same request may succeed soon: 503.</summary>
    Busy,
    /// <summary>No room left to write: 507.</summary>
    StorageFull,
    Fault,
}

public enum IssueSeverity { Fatal, Error, Warning, Information }

/// <summary>Codes of <c>http://hl7.org/fhir/issue-type</c> that this server uses.</summary>
public enum IssueType
{
    Invalid, Structure, Required, Value, Invariant, Security, Login, Unknown, Expired, Forbidden, Suppressed,
    Processing, NotSupported, Duplicate, MultipleMatches, NotFound, Deleted, TooLong, CodeInvalid, Extension,
    TooCostly, BusinessRule, Conflict, Transient, LockError, NoStore, Exception, Timeout, Incomplete, Throttled,
    Informational,
}

/// <summary>One finding about a request or a resource.</summary>
/// <param name="Id">Stable id of the message in the message catalogue, for example <c>AJV-1003</c>.</param>
/// <param name="Code">The issue type of the specification.</param>
/// <param name="Text">What was wrong and what would be right; English; never personal data.</param>
/// <param name="Expression">FHIRPath of the element, for example <c>Appointment.slot[1]</c>; or null.</param>
public sealed record Issue(string Id, IssueType Code, string Text, string? Expression = null)
{
    public IssueSeverity Severity { get; init; } = IssueSeverity.Error;

    /// <summary>Further codings of <c>details</c>: our own rule code first, then those of other guides.</summary>
    public ImmutableArray<IssueDetail> Details { get; init; } = [];

    /// <summary>What the message's placeholders stand for, to tell it in another language; empty: none.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Line and column, a schedule and interval, or other facts that the caller may read; or null.</summary>
    public string? Diagnostics { get; init; }
}

/// <summary>A coding of <c>OperationOutcome.issue.details</c>.</summary>
public sealed record IssueDetail(string System, string Code);

/// <summary>An expected failure: a value, not an exception.</summary>
public sealed record Problem(ProblemKind Kind, ImmutableArray<Issue> Issues)
{
    /// <summary>Seconds for <c>Retry-After</c>; null when waiting does not help.</summary>
    public int? RetryAfterSeconds { get; init; }

    public static Problem Of(ProblemKind kind, string id, IssueType code, string text, string? expression = null) =>
        new(kind, [new Issue(id, code, text, expression)]);
}
