using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>$validate</c>: tells all that is wrong with a resource, or that nothing is.</summary>
/// <remarks>
/// <para>A verdict is 200 with an OperationOutcome, also where the resource is unsound; other statuses speak of the request:
/// a body that is no resource at all, nothing to validate, a stored resource that is not there.</para>
/// <para>Source: http://hl7.org/fhir/R4/resource-operation-validate.html .</para>
/// </remarks>
internal sealed class ValidateResource(ResourceStore store, ProfileValidation profiles) : IOperation
{
    public OperationRegistration Registration { get; } = new(
        "validate", OperationLevels.Type | OperationLevels.Instance, [],
        "http://hl7.org/fhir/OperationDefinition/Resource-validate")
    {
        AffectsState = false,
        TakesFaultyResources = true,
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var mode = context.Parameters.First("mode");
        if (mode is not null && mode.Text is not ("create" or "update" or "delete" or "profile"))
            return context.Problem(ProfileMessages.UnknownMode.As(ProblemKind.Invalid, mode.Expression));
        var given = context.Parameters.RawResource ?? context.Parameters.First("resource")?.Resource
            ?? BareParameters(context);
        if (given is not null)
            return await AnswerAsync(context, FaultsOf(context, given, mode?.Text), given, cancel);
        // A parameter whose resource cannot even be named: the faults say why.
        if (!context.Faults.IsEmpty)
            return await AnswerAsync(context, context.Faults, null, cancel);
        var stored = await ReadStoredAsync(context, cancel);
        if (stored.Failed)
            return context.Problem(stored.Problem);
        return await AnswerAsync(
            context, [], mode?.Text == "delete" ? null : StoredNodes.Parse(stored.Value!), cancel);
    }

    /// <summary>At the type Parameters, a body without any <c>resource</c> is itself what is to be validated.</summary>
    private static ElementNode? BareParameters(OperationContext context) =>
        context is { Type: "Parameters", Id: null } ? context.Parameters.Body : null;

    private async ValueTask<FhirResponse> AnswerAsync(
        OperationContext context, ImmutableArray<Issue> issues, ElementNode? resource, CancellationToken cancel)
    {
        if (resource is not null)
        {
            var validator = await profiles.ValidatorAsync(cancel);
            issues = issues.AddRange(validator.Validate(resource.At(null), Profiles(context)));
            if (Profiles(context).IsEmpty && !issues.Any(issue => issue.Severity == IssueSeverity.Error))
                issues = issues.AddRange(await profiles.AdviseAsync(resource.At(null), cancel));
        }
        return context.Resource(StatusCodes.Status200OK, OperationOutcomes.From(issues, context.Caller.Language));
    }

    private async ValueTask<Outcome<StoredResource>> ReadStoredAsync(OperationContext context, CancellationToken cancel)
    {
        if (context.Id is not { } id)
            return ProfileMessages.NothingToValidate.As(ProblemKind.Invalid);
        var stored = await store.ReadAsync(
            context.Type!, id, context.Caller.Identity.Reach(ScopeInteractions.Read), cancel);
        return stored switch
        {
            null => RestIssues.NotFound(context.Type!),
            { IsDeleted: true } => RestIssues.Gone(context.Type!),
            _ => stored,
        };
    }

    /// <summary>What the reader found, and what would keep the resource from being written at this place.</summary>
    private static ImmutableArray<Issue> FaultsOf(OperationContext context, ElementNode given, string? mode)
    {
        var issues = Faults(context, given.Type.Name).ToImmutableArray();
        if (given.Type.Name != context.Type)
            return issues.AddRange(RestIssues.WrongType(context.Type!, given.Type.Name).Issues);
        return mode == "update" && context.Id is { } id && given.Id != id
            ? issues.AddRange(RestIssues.IdMismatch(context.Type).Issues)
            : issues;
    }

    /// <summary>What the reader found, located in the resource: it may have come as a parameter.</summary>
    private static IEnumerable<Issue> Faults(OperationContext context, string type)
    {
        var prefix = context.Parameters.First("resource") is { } parameter ? parameter.Expression + ".resource" : "";
        return context.Faults.Select(issue => prefix.Length > 0
            && issue.Expression?.StartsWith(prefix, StringComparison.Ordinal) == true
                ? issue with { Expression = type + issue.Expression[prefix.Length..] }
                : issue);
    }

    private static ImmutableArray<string> Profiles(OperationContext context) =>
        [.. context.Parameters.All("profile").Select(parameter => parameter.Text).OfType<string>()];
}
