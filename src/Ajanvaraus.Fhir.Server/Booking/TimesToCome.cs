using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>What an Appointment need not say yet, because its booking fills it in: start and end of its Slots.</summary>
/// <remarks>The rules on the times (app-2, app-3) hold of what is stored, not of what is asked.</remarks>
internal static class TimesToCome
{
    /// <summary>True for a finding that the booking will put right.</summary>
    public static bool Excuse(Issue issue) =>
        issue.Id == ProfileMessages.RuleBroken.Id && issue.Arguments is ["app-2" or "app-3", ..];

    /// <summary>The findings that stay when the resource is to be written.</summary>
    public static ImmutableArray<Issue> Without(ElementNode resource, ImmutableArray<Issue> issues) =>
        resource.Type.Name == "Appointment" && resource["slot"] is not null ? issues.RemoveAll(Excuse) : issues;
}
