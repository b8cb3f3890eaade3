using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Operations.Terminology;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>$versions</c>: which versions of FHIR are spoken here.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/capabilitystatement-operation-versions.html .</remarks>
internal sealed class TellVersions : IOperation
{
    private const string R4 = "4.0";

    public OperationRegistration Registration { get; } = new(
        "versions", OperationLevels.System, [], "http://hl7.org/fhir/OperationDefinition/CapabilityStatement-versions")
    {
        AffectsState = false,
    };

    public Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var answer = new ParametersAnswer().Add("version", "valueCode", R4).Add("default", "valueCode", R4);
        return Task.FromResult(context.Resource(StatusCodes.Status200OK, answer.Resource));
    }
}
