using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>Codes of <c>OperationOutcome.issue.details</c>: our own, and those that clients of other guides look for.</summary>
/// <remarks>Source: docs/scheduling-rules.md, Failures; GP Connect and BaRS error code systems.</remarks>
internal static class RuleCodes
{
    public const string System = Canonicals.Base + "/CodeSystem/rule";
    public const string GpConnect = "https://fhir.nhs.uk/STU3/CodeSystem/Spine-ErrorOrWarningCode-1";
    public const string Bars = "https://fhir.nhs.uk/CodeSystem/http-error-codes";

    public static readonly IssueDetail DuplicateRejected = new(GpConnect, "DUPLICATE_REJECTED");
    public static readonly IssueDetail InvalidResource = new(GpConnect, "INVALID_RESOURCE");
    public static readonly IssueDetail InvalidParameter = new(GpConnect, "INVALID_PARAMETER");
    public static readonly IssueDetail ReferenceNotFound = new(GpConnect, "REFERENCE_NOT_FOUND");
    public static readonly IssueDetail BadRequest = new(GpConnect, "BAD_REQUEST");
    public static readonly IssueDetail BarsConflict = new(Bars, "REC_CONFLICT");
    public static readonly IssueDetail BarsBadRequest = new(Bars, "REC_BAD_REQUEST");

    public static IssueDetail Own(string code) => new(System, code);
}
