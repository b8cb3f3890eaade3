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
/// <param name="policy">How strictly writes are held to profiles.</param>
public sealed class ProfileValidation(
    CurrentTerminology terminology, StructuralValidator structure, FhirDefinitions definitions, ProfilePolicy policy)
{
    private Current? _current;

    /// <summary>The validator that was in force when somebody asked last; null before that.</summary>
    public ProfileValidator? Latest => Volatile.Read(ref _current)?.Validator;

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
    /// <remarks>What is written together counts together: profiles and value sets, and the targets of references.</remarks>
    /// <returns>The intents, with what is odd about them; a problem at the first resource that breaks its profile.</returns>
    public async ValueTask<Outcome<ImmutableArray<WriteIntent>>> CheckClaimsAsync(
        ImmutableArray<WriteIntent> intents, CancellationToken cancel)
    {
        var checkedOnes = intents;
        ProfileValidator? validator = null;
        BundleIndex? around = null;
        for (var i = 0; i < intents.Length; i++)
        {
            if (intents[i] is not { Resource: { } resource, MeetsItsClaims: false } || !IsAsked(resource))
                continue;
            validator ??= await ValidatorAsync(intents, cancel);
            around ??= intents.Length == 1 ? null : new BundleIndex(intents.Where(intent => intent.Resource is not null)
                .Select(intent => new BundledResource(intent.FullUrl, intent.Id, intent.Resource!)));
            var issues = Check(validator, resource, around);
            if (issues.Any(issue => issue.Severity == IssueSeverity.Error))
                return new WriteTarget(intents[i]).Locate(new Problem(ProblemKind.Unprocessable, issues));
            if (!issues.IsEmpty)
                checkedOnes = checkedOnes.SetItem(i, intents[i] with { Warnings = intents[i].Warnings.AddRange(issues) });
        }
        return checkedOnes;
    }

    /// <summary>The validator of what is in force when all of these are written.</summary>
    private async ValueTask<ProfileValidator> ValidatorAsync(
        ImmutableArray<WriteIntent> intents, CancellationToken cancel)
    {
        List<ElementNode> brought = intents.Length == 1 ? [] : [.. intents.Select(intent => intent.Resource)
            .OfType<ElementNode>().Where(r => r.Type.Name is "StructureDefinition" or "ValueSet" or "CodeSystem")];
        if (brought.Count == 0)
            return await ValidatorAsync(cancel);
        var source = new ConformanceSet(brought, (await terminology.AtAsync(cancel)).Source);
        return new ProfileValidator(structure, definitions, source, terminology.Over(source));
    }

    /// <summary>The problem of a resource that breaks a profile which it claims; null when it breaks none.</summary>
    public async ValueTask<Problem?> CheckClaimsAsync(ElementNode resource, CancellationToken cancel)
    {
        if (!IsAsked(resource))
            return null;
        var issues = Check(await ValidatorAsync(cancel), resource);
        return issues.Any(issue => issue.Severity == IssueSeverity.Error)
            ? new Problem(ProblemKind.Unprocessable, issues)
            : null;
    }

    /// <summary>True when a resource meets a profile, so that it may claim it.</summary>
    public async ValueTask<bool> MeetsAsync(ElementNode resource, string profile, CancellationToken cancel) =>
        (await ValidatorAsync(cancel)).Conforms(resource, profile) == true;

    /// <summary>Which of this server's profiles a scheduling resource meets that claims no profile at all; nothing for any other.</summary>
    public async ValueTask<ImmutableArray<Issue>> AdviseAsync(ElementNode resource, CancellationToken cancel)
    {
        var type = resource.Type.Name;
        if (!SocialProfiles.IsAdvisedOf(type) || policy.Of(type) == ProfileStrictness.Off
            || resource["meta"]?["profile"] is not null)
            return [];
        var met = SocialProfiles.MetBy(resource, await ValidatorAsync(cancel));
        return met.IsEmpty
            ? [ProfileMessages.MeetsNoProfile.At(type, SocialProfiles.Of(type)[0].Url)]
            : [ProfileMessages.MeetsProfiles.At(type, string.Join(", ", met))];
    }

    private bool IsAsked(ElementNode resource) => policy.Of(resource.Type.Name) switch
    {
        ProfileStrictness.Off => false,
        ProfileStrictness.Required when !SocialProfiles.Of(resource.Type.Name).IsEmpty => true,
        _ => ProfileValidator.HasClaims(resource),
    };

    private ImmutableArray<Issue> Check(ProfileValidator validator, ElementNode resource, BundleIndex? around = null)
    {
        var issues = ProfileValidator.HasClaims(resource) ? validator.ValidateClaims(resource, around) : [];
        var type = resource.Type.Name;
        if (policy.Of(type) != ProfileStrictness.Required || SocialProfiles.Of(type).IsEmpty
            || SocialProfiles.IsClaimed(resource) || !SocialProfiles.MetBy(resource, validator).IsEmpty)
            return issues;
        return [.. issues, ProfileMessages.ProfileRequired.At(type, type)];
    }

    private sealed record Current(IConformanceSource Source, ProfileValidator Validator);
}
