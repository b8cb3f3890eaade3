using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>Clients that come with a booking as Patient resources, as their caller knows them.</summary>
/// <remarks>
/// One with the id of a Patient of this server, or with an identifier of exactly one, is that client; what else the
/// resource says changes nothing. Any other is new here and is made in the transaction of the booking.
/// Source: IHE ITI-117, patient-resource.
/// </remarks>
internal sealed class ClientRecords(
    ResourceStore store, IdentifierLookup lookup, StructuralValidator validator, IdSource ids)
{
    /// <summary>References to the clients, and what has to be written for those that are new.</summary>
    /// <remarks>Errors: a new one that breaks the structure of Patient; an identifier that several clients have.</remarks>
    public async Task<Outcome<(ImmutableArray<string> References, ImmutableArray<WriteIntent> Made)>> FindAsync(
        ImmutableArray<ElementNode> patients, Identity identity, CancellationToken cancel)
    {
        var references = ImmutableArray.CreateBuilder<string>(patients.Length);
        var made = ImmutableArray.CreateBuilder<WriteIntent>();
        foreach (var patient in patients)
        {
            var known = await KnownAsync(patient, identity, cancel);
            if (known.Failed)
                return known.Problem;
            if (known.Value is { Length: > 0 } id)
            {
                references.Add($"Patient/{id}");
                continue;
            }
            if (Invalid(patient) is { } invalid)
                return invalid;
            var created = Create(patient.Set("id", ids.Next()));
            references.Add($"Patient/{created.Id}");
            made.Add(created);
        }
        return (references.MoveToImmutable(), made.DrainToImmutable());
    }

    /// <summary>The logical id here; empty when the client is new.</summary>
    private async Task<Outcome<string>> KnownAsync(ElementNode patient, Identity identity, CancellationToken cancel)
    {
        if (patient.Id is { } id && await store.ReadAsync("Patient", id, identity.Reach(ScopeInteractions.Read), cancel) is { IsDeleted: false })
            return id;
        foreach (var identifier in patient.All("identifier").Where(i => i.Text("value") is not null))
        {
            var found = await lookup.FindAsync("Patient", identifier, identity, cancel);
            if (found.Failed)
                return found.Problem;
            if (found.Value.Length > 1)
                return ParameterProblems.IdentifierNotOne("Patient.identifier", "Patient");
            if (found.Value is [var owner])
                return owner;
        }
        return "";
    }

    private Problem? Invalid(ElementNode patient)
    {
        var faults = validator.Validate(patient)
            .Where(i => i.Severity is IssueSeverity.Error or IssueSeverity.Fatal).ToImmutableArray();
        return faults.IsEmpty ? null : new Problem(ProblemKind.Unprocessable, faults);
    }

    private static WriteIntent Create(ElementNode patient) => new()
    {
        Method = WriteMethod.Post,
        Type = "Patient",
        Id = patient.Id,
        Resource = patient,
        IfNoneMatchAny = true,
    };
}
