using System.Collections.Concurrent;

using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Server.Security.Policy;

/// <summary>What one caller reaches, worked out once for each type and interaction that they use.</summary>
public sealed class CallerAccess(AccessPolicy policy, Identity identity)
{
    private readonly ConcurrentDictionary<ScopeInteractions, CallerVisibility> _visible = new();
    private readonly Lazy<ImmutableArray<MaskedResources>> _masked = new(() => policy.Masked(identity));

    /// <summary>Which resources may be done that with.</summary>
    /// <param name="interaction">One of them.</param>
    public Visibility Of(ScopeInteractions interaction) =>
        _visible.GetOrAdd(interaction, static (one, access) => new CallerVisibility(access, one), this);

    internal ImmutableArray<string> Types => policy.Types;

    /// <summary>The resources of which the caller is told a part only.</summary>
    public ImmutableArray<MaskedResources> Masked => _masked.Value;

    /// <summary>Whether the caller may change the security labels of resources of the type.</summary>
    public bool MaySetLabels(string type) => policy.Rows(identity, type, ScopeInteractions.Update)
        .Any(row => row.Labelled == LabelledClients.Set);

    private readonly record struct Kept(SearchExpression? Condition);

    private SearchExpression? Condition(string type, ScopeInteractions interaction) => policy.Condition(identity, type, interaction);

    private sealed class CallerVisibility(CallerAccess access, ScopeInteractions interaction) : Visibility
    {
        private readonly ConcurrentDictionary<string, Kept> _conditions = new();

        public override ImmutableArray<string> Types => access.Types;

        public override SearchExpression? Of(string type) =>
            _conditions.GetOrAdd(
                type, static (t, by) => new Kept(by.access.Condition(t, by.interaction)), (access, interaction)).Condition;

        public override SearchExpression? ExposedBy(SearchParameter parameter)
        {
            foreach (var masked in access.Masked)
                if (masked.Kind.IsLeftOut(parameter))
                    return new TrustedExpression(new NotExpression(masked.Searched));
            return null;
        }

        public override bool IsPartial(string type) => access.Masked.Any(masked => masked.Kind.Type == type && masked.Kind.LeavesOutReferences);
    }
}
