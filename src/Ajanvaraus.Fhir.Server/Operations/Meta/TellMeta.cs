using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Operations.Meta;

/// <summary><c>$meta</c>: the meta of a resource or of one of its versions, or the profiles, tags and labels in use in a type or on the server.</summary>
/// <remarks>
/// <para>Of a type and of the server at most a thousand of each are told, and without their displays.</para>
/// <para>Source: http://hl7.org/fhir/R4/resource-operation-meta.html .</para>
/// </remarks>
internal sealed class TellMeta(ResourceStore store, SearchParameterRegistry parameters) : IOperation
{
    private const int Most = 1000;

    public OperationRegistration Registration { get; } = new(
        "meta", OperationLevels.System | OperationLevels.Type | OperationLevels.Instance | OperationLevels.Version, [],
        "http://hl7.org/fhir/OperationDefinition/Resource-meta")
    {
        AffectsState = false,
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        if (context.Id is { } id)
            return await OfResourceAsync(context, id, cancel);
        var types = context.Type is { } type ? [type] : parameters.Definitions.ResourceTypes;
        var meta = await store.QueryAsync(session => InUseAsync(session, types), cancel);
        return context.Resource(StatusCodes.Status200OK, MetaTags.Answer(meta));
    }

    private async Task<FhirResponse> OfResourceAsync(OperationContext context, string id, CancellationToken cancel)
    {
        var current = await store.ReadAsync(
            context.Type!, id, context.Caller.Identity.Reach(ScopeInteractions.Read), cancel);
        var stored = context.VersionId is { } version && current is not null
            ? await VRead.FindAsync(store, context.Type!, id, version, cancel)
            : current;
        return stored switch
        {
            null when context.VersionId is not null => context.Problem(RestIssues.NoSuchVersion(context.Type!)),
            null => context.Problem(RestIssues.NotFound(context.Type!)),
            { IsDeleted: true } => context.Problem(RestIssues.Gone(context.Type!)),
            _ => context.Resource(StatusCodes.Status200OK, MetaTags.Answer(StoredNodes.Parse(stored)["meta"])),
        };
    }

    private async ValueTask<ElementNode> InUseAsync(ReadSession session, ImmutableArray<string> types)
    {
        var meta = new ElementNode(null, R4.Definitions.Types["Meta"], null, []);
        foreach (var profile in await session.WholeTypes.UrisAsync(Keys(types, "_profile"), Most))
            meta = meta.Append(meta.New("profile", profile));
        foreach (var name in (string[])["security", "tag"])
            foreach (var (system, code) in await session.WholeTypes.CodesAsync(Keys(types, "_" + name), Most))
                meta = meta.Append(meta.New(name)
                    .Set("system", system.Length > 0 ? system : null).Set("code", code.Length > 0 ? code : null));
        return meta;
    }

    private ImmutableArray<long> Keys(ImmutableArray<string> types, string code) =>
        [.. types.Select(type => parameters.Find(type, code)).OfType<SearchParameter>().Select(p => (long)p.Key)];
}
