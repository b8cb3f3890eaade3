using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Patch;
using Ajanvaraus.Fhir.Server.Middleware;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>Reads what a PATCH brings as a change of one resource.</summary>
/// <remarks>
/// A JSON Patch comes by its media type, and in a Bundle as a Binary of that type; everything else is a FHIRPath Patch
/// in Parameters: http://hl7.org/fhir/R4/http.html#patch.
/// </remarks>
public sealed class PatchReader(TimeProvider clock)
{
    /// <summary>A function from a resource to the resource patched; it fails where the patch cannot be applied.</summary>
    /// <remarks>Errors: a body that is no patch.</remarks>
    public Outcome<Func<ElementNode, Outcome<ElementNode>>> Read(FhirRequest request)
    {
        if (request.IsJsonPatch)
            return OfJson(request.Body.Span);
        var resource = request.ReadResource();
        if (resource.Failed)
            return resource.Problem;
        return resource.Value.Type.Name switch
        {
            "Parameters" => OfFhirPath(resource.Value),
            "Binary" when request.Resource is not null => OfBinary(resource.Value),
            var other => RestIssues.WrongType("Parameters", other),
        };
    }

    private Outcome<Func<ElementNode, Outcome<ElementNode>>> OfFhirPath(ElementNode parameters)
    {
        var parsed = FhirPathPatch.Parse(parameters);
        if (parsed.Failed)
            return parsed.Problem;
        var patch = parsed.Value;
        return Outcome<Func<ElementNode, Outcome<ElementNode>>>.Of(resource => patch.Apply(resource, clock));
    }

    private static Outcome<Func<ElementNode, Outcome<ElementNode>>> OfJson(ReadOnlySpan<byte> utf8)
    {
        var parsed = JsonPatch.Parse(utf8);
        if (parsed.Failed)
            return parsed.Problem;
        var patch = parsed.Value;
        return Outcome<Func<ElementNode, Outcome<ElementNode>>>.Of(resource => Apply(patch, resource));
    }

    private static Outcome<Func<ElementNode, Outcome<ElementNode>>> OfBinary(ElementNode binary)
    {
        if (!ContentNegotiation.IsJsonPatch(binary.Text("contentType")))
            return RestMessages.UnsupportedMediaType.As(ProblemKind.UnsupportedMediaType, "Binary.contentType");
        var text = binary.Text("data") ?? "";
        var bytes = new byte[text.Length];
        var read = OfJson(Convert.TryFromBase64String(text, bytes, out var count) ? bytes.AsSpan(0, count) : []);
        return read.Failed
            ? read.Problem with { Issues = [.. read.Problem.Issues.Select(i => i with { Expression = "Binary.data" })] }
            : read;
    }

    /// <summary>What the patch left is read as if it had been sent, but faults are those of its content: 422.</summary>
    private static Outcome<ElementNode> Apply(JsonPatch patch, ElementNode resource)
    {
        var patched = patch.Apply(FhirJson.ToBytes(resource));
        if (patched.Failed)
            return patched.Problem;
        var parsed = FhirJson.Parse(patched.Value);
        return parsed.Resource is null || parsed.HasErrors
            ? new Problem(ProblemKind.Unprocessable, parsed.Issues)
            : parsed.Resource;
    }
}
