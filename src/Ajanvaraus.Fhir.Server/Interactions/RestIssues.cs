using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>The refusals of the REST facade itself: which message goes with which kind of problem.</summary>
/// <remarks>What a caller sent is not repeated in a text: it may be personal data.</remarks>
public static class RestIssues
{
    public static Problem NoSuchUrl() =>
        RestMessages.NoSuchUrl.As(ProblemKind.NotFound);

    public static Problem UnknownType() =>
        RestMessages.UnknownType.As(ProblemKind.NotFound);

    public static Problem MethodNotAllowed(string allowed) =>
        RestMessages.MethodNotAllowed.As(ProblemKind.MethodNotAllowed, null, allowed);

    public static Problem UnknownOperation() =>
        RestMessages.UnknownOperation.As(ProblemKind.NotFound);

    public static Problem NotAcceptable() =>
        RestMessages.NotAcceptable.As(ProblemKind.NotAcceptable);

    public static Problem UnsupportedMediaType() =>
        RestMessages.UnsupportedMediaType.As(ProblemKind.UnsupportedMediaType);

    public static Problem FormExpected() =>
        RestMessages.FormExpected.As(ProblemKind.UnsupportedMediaType);

    public static Problem UnsupportedEncoding() =>
        RestMessages.UnsupportedEncoding.As(ProblemKind.UnsupportedMediaType);

    public static Problem BodyTooLarge(long limitBytes) =>
        RestMessages.BodyTooLarge.As(ProblemKind.TooLarge, null, $"{limitBytes}");

    public static Problem BodyMissing() =>
        RestMessages.BodyMissing.As(ProblemKind.Invalid);

    public static Problem IdentityInAddress() =>
        IdentityMessages.InAddress.As(ProblemKind.Invalid);

    public static Problem BodyTooSlow() => RestMessages.BodyTooSlow.As(ProblemKind.TooSlow);

    public static Problem MalformedRequest() =>
        RestMessages.MalformedRequest.As(ProblemKind.Invalid);

    public static Problem WrongType(string expected, string actual) =>
        RestMessages.WrongType.As(ProblemKind.Invalid, actual, expected);

    public static Problem IdMismatch(string type) =>
        RestMessages.IdMismatch.As(ProblemKind.Invalid, $"{type}.id");

    public static Problem InvalidId(string type) =>
        RestMessages.InvalidId.As(ProblemKind.Invalid, $"{type}.id");

    public static Problem NotFound(string type) =>
        RestMessages.NotFound.As(ProblemKind.NotFound, null, type);

    public static Problem NoSuchVersion(string type) =>
        RestMessages.NoSuchVersion.As(ProblemKind.NotFound, null, type);

    public static Problem Gone(string type) =>
        RestMessages.Gone.As(ProblemKind.Gone, null, type);

    /// <param name="example">How the value is written; it is the same in every language.</param>
    public static Problem InvalidHeader(string name, string example) =>
        RestMessages.InvalidHeader.As(ProblemKind.Invalid, null, name, example);

    public static Problem IfMatchFailed() =>
        RestMessages.IfMatchFailed.As(ProblemKind.PreconditionFailed);

    public static Problem EmptyCriteria() =>
        RestMessages.EmptyCriteria.As(ProblemKind.PreconditionFailed);

    /// <inheritdoc cref="InvalidHeader"/>
    public static Problem InvalidParameter(string name, string example) =>
        RestMessages.InvalidParameter.As(ProblemKind.Invalid, name, name, example);

    public static Problem UnknownParameter(string name) =>
        RestMessages.UnknownParameter.As(ProblemKind.Invalid, name);

    public static Problem BundleTypeExpected() =>
        RestMessages.BundleTypeExpected.As(ProblemKind.Invalid, "Bundle.type");

    /// <param name="element">Path below the entry: <c>request.url</c>.</param>
    public static Problem EntryElementMissing(int index, string element) =>
        RestMessages.EntryElementMissing.As(ProblemKind.Invalid, $"Bundle.entry[{index}].{element}", element);

    public static Problem EntryMethodUnknown(int index) =>
        RestMessages.EntryMethodUnknown.As(ProblemKind.Invalid, $"Bundle.entry[{index}].request.method");

    public static Problem EntryMethodNotServed(int index) =>
        RestMessages.EntryMethodNotServed.As(ProblemKind.Invalid, $"Bundle.entry[{index}].request.method");

    public static Problem EntryOperation(int index) =>
        RestMessages.EntryOperation.As(ProblemKind.Invalid, $"Bundle.entry[{index}].request.url");

    public static Problem DuplicateIdentity(int first, int second) =>
        RestMessages.DuplicateIdentity.As(ProblemKind.Invalid, $"Bundle.entry[{second}].request.url", $"{first}");

    public static Problem DuplicateFullUrl(int first, int second) =>
        RestMessages.DuplicateFullUrl.As(ProblemKind.Invalid, $"Bundle.entry[{second}].fullUrl", $"{first}");

    public static Problem TooManyEntries(int limit) =>
        RestMessages.TooManyEntries.As(ProblemKind.TooLarge, "Bundle.entry", $"{limit}");

    public static Problem Fault(string requestId) => new(
        ProblemKind.Fault, [RestMessages.Fault.At(null) with { Diagnostics = $"X-Request-Id {requestId}" }]);

    public static Problem NestedBundle(string expression) =>
        RestMessages.NestedBundle.As(ProblemKind.Invalid, expression);

    public static Problem ControlCharacter(string? expression) =>
        RestMessages.ControlCharacter.As(ProblemKind.Invalid, expression);

    public static Problem InvalidCursor() =>
        RestMessages.InvalidCursor.As(ProblemKind.Invalid, "_cursor");

    public static Issue IncludedTruncated() => RestMessages.IncludedTruncated.At(null);
}
