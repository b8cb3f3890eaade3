using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations.Meta;

/// <summary><c>$meta-add</c> and <c>$meta-delete</c>: gives a resource profiles, tags and security labels, or takes them.</summary>
/// <remarks>
/// <para>"Executing this operation does not cause a new version of the resource to be created": tags say nothing of the
/// content, and the version keeps its number. "This operation can also be used on historical entries": of those nothing
/// is searched by. A profile that the resource does not meet is refused.</para>
/// <para>Source: http://hl7.org/fhir/R4/resource-operation-meta-add.html and resource-operation-meta-delete.html .</para>
/// </remarks>
internal sealed class ChangeMeta : IOperation
{
    private readonly ResourceStore _store;
    private readonly WriteServices _services;
    private readonly ProfileValidation _profiles;
    private readonly StructuralValidator _validator;
    private readonly Func<ElementNode, ElementNode, ElementNode> _change;

    private ChangeMeta(
        ResourceStore store, WriteServices services, ProfileValidation profiles, StructuralValidator validator,
        string name, Func<ElementNode, ElementNode, ElementNode> change)
    {
        (_store, _services, _profiles, _validator, _change) = (store, services, profiles, validator, change);
        Registration = new OperationRegistration(
            name, OperationLevels.Instance | OperationLevels.Version, [],
            "http://hl7.org/fhir/OperationDefinition/Resource-" + name)
        {
            AffectsState = true,
        };
    }

    public OperationRegistration Registration { get; }

    public static IEnumerable<IOperation> All(
        ResourceStore store, WriteServices services, ProfileValidation profiles, StructuralValidator validator) =>
    [
        new ChangeMeta(store, services, profiles, validator, "meta-add", MetaTags.Add),
        new ChangeMeta(store, services, profiles, validator, "meta-delete", MetaTags.Delete),
    ];

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        if (context.Parameters.First("meta")?.Value is not { Type.Name: "Meta" } given)
            return context.Problem(ParameterProblems.Missing("meta"));
        var ifMatch = Preconditions.IfMatch(context.Request.Conditions);
        if (ifMatch.Failed)
            return context.Problem(ifMatch.Problem);
        var changed = await _store.WriteAsync(
            session => ChangeAsync(session, context, given, ifMatch.Value.Version, cancel), cancel);
        if (!changed.Failed)
            context.Caller.Trail?.Commit();
        return changed.Failed
            ? context.Problem(changed.Problem)
            : context.Resource(StatusCodes.Status200OK, MetaTags.Answer(changed.Value["meta"])) with
            {
                Version = int.Parse(changed.Value["meta"]!.Text("versionId")!, CultureInfo.InvariantCulture),
            };
    }

    private async ValueTask<Outcome<ElementNode>> ChangeAsync(
        WriteSession session, OperationContext context, ElementNode given, int? expected, CancellationToken cancel)
    {
        var current = await session.LockAsync(context.Type!, context.Id!);
        var access = new WriteAccess(session, context.Caller.Identity);
        var hidden = current is null ? null : await access.ExistingAsync(current.Type, current.Id, ScopeInteractions.Update);
        if (hidden is { Kind: not ProblemKind.NotFound })
            return hidden;
        var target = current is null || hidden is not null || context.VersionId is null
            ? hidden is null ? current : null
            : await VersionAsync(session, current, context.VersionId);
        if (target is null)
            return context.VersionId is null ? WriteProblems.Unknown() : RestIssues.NoSuchVersion(context.Type!);
        if (target.IsDeleted)
            return WriteProblems.Gone();
        if (expected is { } version && version != target.Version)
            return WriteProblems.VersionDiffers(target.Version);
        var before = StoredNodes.Parse(target);
        var after = _change(before, given);
        if (ReferenceEquals(after, before))
            return before;
        if ((access.Labels(before, after) ?? await CheckAsync(after, cancel)) is { } refusal)
            return refusal;
        var revised = target.Version == current!.Version
            ? await session.ReviseAsync(_services.Prepare(after), target)
            : await session.ReviseOldAsync(after, target);
        if (context.Caller.Trail is { } trail)
            await trail.WriteAsync(session, revised, "U", "operation");
        return StoredNodes.Parse(revised);
    }

    /// <summary>The version of that number of a resource that is locked; null when there is none.</summary>
    private static async ValueTask<StoredResource?> VersionAsync(
        WriteSession session, StoredResource current, string versionId)
    {
        if (!VRead.TryRead(versionId, out var number) || number == current.Version)
            return number == current.Version ? current : null;
        return (await session.ReadVersionsAsync([current.Key], [number])).Find(v => v.Version == number);
    }

    private async ValueTask<Problem?> CheckAsync(ElementNode resource, CancellationToken cancel)
    {
        var issues = _validator.Validate(resource).RemoveAll(i =>
            i.Expression?.StartsWith($"{resource.Type.Name}.meta", StringComparison.Ordinal) != true);
        return issues.Any(i => i.Severity is IssueSeverity.Error or IssueSeverity.Fatal)
            ? new Problem(ProblemKind.Unprocessable, issues)
            : await _profiles.CheckClaimsAsync(resource, cancel);
    }
}
