using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Server.Security.Policy;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>search among what belongs to one resource: <c>Patient/1/Appointment</c>, <c>Patient/1/*</c>.</summary>
/// <remarks>
/// <para>Shape: a searchset as of any search, also when the resource is not there or the type is no member: then it is
/// empty. <c>*</c> searches all types of the compartment, or those of <c>_type</c>; the resource itself is found by its
/// own type only (<c>Encounter/1/Encounter</c>).</para>
/// <para>Source: http://hl7.org/fhir/R4/http.html#vsearch and http://hl7.org/fhir/R4/compartmentdefinition.html.</para>
/// </remarks>
internal sealed class CompartmentSearch(Search search, SearchParameterRegistry parameters) : IInteraction
{
    public Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel)
    {
        var (compartment, id, member) = (request.Target.Type!, request.Target.Id!, request.Target.Member!);
        ImmutableArray<string> types = member == "*"
            ? [.. parameters.Definitions.Compartment(compartment)!.Keys.Order(StringComparer.Ordinal)]
            : [member];
        return search.RunAsync(
            types, request, asked => Compartments.Membership(parameters, compartment, id, asked), cancel);
    }
}
