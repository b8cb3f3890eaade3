using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Middleware;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>A version that must be the current one; null: any.</summary>
public readonly record struct ExpectedVersion(int? Version);

/// <summary>Preconditions of writes: http://hl7.org/fhir/R4/http.html#concurrency.</summary>
public static class Preconditions
{
    /// <summary>The version of If-Match.</summary>
    /// <remarks>Errors: a tag that is not one of this server's matches no version (412); <c>*</c> is not offered.</remarks>
    public static Outcome<ExpectedVersion> IfMatch(RequestConditions conditions)
    {
        if (conditions.IfMatch is not { } tag)
            return new ExpectedVersion(null);
        if (tag.Trim() == "*")
            return RestIssues.InvalidHeader("If-Match", "W/\"3\"");
        return EntityTags.Version(tag) is { } version
            ? new ExpectedVersion(version)
            : RestIssues.IfMatchFailed();
    }

    /// <summary><c>If-None-Match: *</c>: the write may only create.</summary>
    public static bool IsCreateOnly(RequestConditions conditions) => conditions.IfNoneMatch?.Trim() == "*";
}
