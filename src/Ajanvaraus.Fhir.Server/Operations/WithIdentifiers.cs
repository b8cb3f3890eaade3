using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>Lets a caller of an operation name resources by identifier, as Reference.identifier or Identifier.</summary>
/// <remarks>
/// Each such parameter is turned into the literal reference before the operation sees it. One that does not lead to
/// exactly one resource is 422; the identifier itself may be personal and is not repeated.
/// Source: IHE ITI-115, Reference (literal or identifier); the Austrian <c>slot-identifier</c>.
/// </remarks>
internal sealed class WithIdentifiers(IOperation operation, IdentifierLookup lookup) : IOperation
{
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["practitioner"] = "Practitioner",
        ["practitioner-role"] = "PractitionerRole",
        ["organization"] = "Organization",
        ["location"] = "Location",
        ["location-reference"] = "Location",
        ["patient"] = "Patient",
        ["patient-id"] = "Patient",
        ["patient-reference"] = "Patient",
        ["schedule"] = "Schedule",
        ["candidate"] = "Schedule",
        ["service"] = "HealthcareService",
        ["service-type-reference"] = "HealthcareService",
        ["healthcare-service"] = "HealthcareService",
        ["slot"] = "Slot",
        ["slot-reference"] = "Slot",
        ["slot-identifier"] = "Slot",
        ["appointment-reference"] = "Appointment",
        ["appt-id"] = "Appointment",
        ["cancelled-appointment"] = "Appointment",
        ["cancelled-appt-id"] = "Appointment",
        ["ignore-appointment"] = "Appointment",
        ["entitlement"] = "ServiceRequest",
        ["referral-identifier"] = "ServiceRequest",
    }.ToFrozenDictionary();

    /// <summary>Type of the resource that a parameter of that name names; null: it names none.</summary>
    public static string? TypeOf(string parameter) =>
        parameter == "appointment" ? "Appointment" : Types.GetValueOrDefault(parameter);

    public OperationRegistration Registration => operation.Registration;

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var parameters = context.Parameters;
        if (!parameters.Items.Any(p => IdentifierOf(p) is not null))
            return await operation.InvokeAsync(context, cancel);
        var resolved = ImmutableArray.CreateBuilder<OperationParameter>(parameters.Items.Length);
        foreach (var parameter in parameters.Items)
        {
            if (IdentifierOf(parameter) is not { } identifier)
            {
                resolved.Add(parameter);
                continue;
            }
            var type = Types[parameter.Name];
            var found = await lookup.FindAsync(type, identifier, context.Caller.Identity, cancel);
            if (found.Failed)
                return context.Problem(found.Problem);
            if (found.Value is not [var id])
                return context.Problem(ParameterProblems.IdentifierNotOne(parameter.Expression, type));
            resolved.Add(parameter with { Value = null, Text = $"{type}/{id}" });
        }
        return await operation.InvokeAsync(
            new OperationContext(context.Request, parameters.With(resolved.MoveToImmutable())) { Faults = context.Faults },
            cancel);
    }

    private static ElementNode? IdentifierOf(OperationParameter parameter)
    {
        if (!Types.ContainsKey(parameter.Name))
            return null;
        var identifier = parameter.Value switch
        {
            { Type.Name: "Identifier" } given => given,
            { Type.Name: "Reference" } reference when reference.Text("reference") is null => reference["identifier"],
            _ => null,
        };
        return identifier?.Text("value") is null ? null : identifier;
    }
}
