using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>A resource to be written, structurally sound.</summary>
public sealed record ResourceInput(ElementNode Resource, ImmutableArray<Issue> Warnings);

/// <summary>Reads the resources that writes bring.</summary>
public sealed class ResourceReader(StructuralValidator validator)
{
    private const int MaxIdLength = 64;

    /// <summary>Reads the resource of a request, checks that it is of the type, and validates its structure.</summary>
    /// <remarks>
    /// Errors: what cannot be read or is of another type is 400; what breaks the definitions (cardinality, formats,
    /// required bindings) is 422; all findings at once.
    /// </remarks>
    public Outcome<ResourceInput> Read(FhirRequest request, string type)
    {
        var resource = request.ReadResource();
        if (resource.Failed)
            return resource.Problem;
        if (resource.Value.Type.Name != type)
            return RestIssues.WrongType(type, resource.Value.Type.Name);
        return Check(resource.Value, request);
    }

    /// <summary>The rest of <see cref="Read"/>, for a resource that a patch made: its structure and its references.</summary>
    public Outcome<ResourceInput> Check(ElementNode resource, FhirRequest request)
    {
        var issues = TimesToCome.Without(resource, validator.Validate(resource));
        foreach (var issue in issues)
            if (issue.Severity is IssueSeverity.Error or IssueSeverity.Fatal)
                return new Problem(ProblemKind.Unprocessable, issues);
        // The booking rules must see a calendar of this server as one, whatever the spelling.
        return new ResourceInput(
            SchedulingTypes.Contains(resource.Type.Name)
                ? OwnReferences.MakeRelative(resource, request)
                : resource,
            issues);
    }

    /// <summary>True for a logical id: http://hl7.org/fhir/R4/datatypes.html#id.</summary>
    public static bool IsId(string id)
    {
        if (id.Length is 0 or > MaxIdLength)
            return false;
        foreach (var c in id)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.'))
                return false;
        return true;
    }
}
