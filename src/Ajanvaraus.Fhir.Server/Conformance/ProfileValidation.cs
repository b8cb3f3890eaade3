using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Conformance;

/// <summary>Validation by the profiles in force: one validator for as long as nothing of them changes.</summary>
/// <param name="terminology">What is in force, and what its codes mean.</param>
/// <param name="structure">Of the same definitions.</param>
/// <param name="definitions">The base types.</param>
public sealed class ProfileValidation(
    CurrentTerminology terminology, StructuralValidator structure, FhirDefinitions definitions)
{
    private Current? _current;

    /// <summary>The validator of what is in force now.</summary>
    public async ValueTask<ProfileValidator> ValidatorAsync(CancellationToken cancel)
    {
        var (source, service) = await terminology.AtAsync(cancel);
        if (Volatile.Read(ref _current) is { } known && ReferenceEquals(known.Source, source))
            return known.Validator;
        // Two requests that come first may both make one: each is right, the later stays.
        var made = new Current(source, new ProfileValidator(structure, definitions, source, service));
        Volatile.Write(ref _current, made);
        return made.Validator;
    }

    /// <summary>Checks the profiles that resources to be written claim; the database is asked only when one does.</summary>
    /// <returns>The intents, with what is odd about them; a problem at the first resource that breaks its profile.</returns>
    public async ValueTask<Outcome<ImmutableArray<WriteIntent>>> CheckClaimsAsync(
        ImmutableArray<WriteIntent> intents, CancellationToken cancel)
    {
        var checkedOnes = intents;
        for (var i = 0; i < intents.Length; i++)
        {
            if (intents[i].Resource is not { } resource || !ProfileValidator.HasClaims(resource))
                continue;
            var issues = (await ValidatorAsync(cancel)).ValidateClaims(resource);
            if (issues.Any(issue => issue.Severity == IssueSeverity.Error))
                return new WriteTarget(intents[i]).Locate(new Problem(ProblemKind.Unprocessable, issues));
            if (!issues.IsEmpty)
                checkedOnes = checkedOnes.SetItem(i, intents[i] with { Warnings = intents[i].Warnings.AddRange(issues) });
        }
        return checkedOnes;
    }

    /// <summary>The problem of a resource that breaks a profile which it claims; null when it breaks none.</summary>
    public async ValueTask<Problem?> CheckClaimsAsync(ElementNode resource, CancellationToken cancel)
    {
        if (!ProfileValidator.HasClaims(resource))
            return null;
        var issues = (await ValidatorAsync(cancel)).ValidateClaims(resource);
        return issues.Any(issue => issue.Severity == IssueSeverity.Error)
            ? new Problem(ProblemKind.Unprocessable, issues)
            : null;
    }

    private sealed record Current(IConformanceSource Source, ProfileValidator Validator);
}
