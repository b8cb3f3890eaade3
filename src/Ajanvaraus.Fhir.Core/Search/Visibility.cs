namespace Ajanvaraus.Fhir.Core.Search;

/// <summary>Which resources somebody may reach: a condition for each type, which every produced row meets.</summary>
/// <remarks>
/// Rows are those of matches, of what chains and <c>_has</c> go through, of includes and of versions. A condition itself
/// is asked of all that is stored, whatever the caller sees of it.
/// </remarks>
public abstract class Visibility
{
    /// <summary>All types that there are, in the order of their names.</summary>
    public abstract ImmutableArray<string> Types { get; }

    /// <summary>What resources of the type must meet; null: nothing, all of them are reached.</summary>
    public abstract SearchExpression? Of(string type);

    /// <summary>True when nothing is hidden of the type.</summary>
    public bool ReachesAll(string type) => Of(type) is null;

    /// <summary>True when nothing of the type is reached, whatever is stored.</summary>
    public bool ReachesNone(string type) => Of(type) is NothingExpression;

    /// <summary>What resources of any of the types must meet; null: nothing.</summary>
    /// <param name="types">Empty: all that there are.</param>
    /// <remarks>Deleted resources meet only conditions of types that are reached as a whole.</remarks>
    public SearchExpression? Over(ImmutableArray<string> types)
    {
        if (types.Length == 1)
            return Of(types[0]);
        var all = types.IsEmpty ? Types : types;
        if (all.All(ReachesAll))
            return null;
        var alternatives = new List<(SearchExpression Types, SearchExpression? Condition)>();
        foreach (var type in all)
            if (!ReachesNone(type))
                Add(alternatives, new ResourceTypeExpression(type), Of(type));
        return alternatives.Count == 0
            ? new NothingExpression()
            : new OrExpression([.. alternatives.Select(a => a.Condition is null ? a.Types : new AndExpression([a.Types, a.Condition]))]);
    }

    /// <summary>Types whose conditions are one and the same but for the parameters share it: there are sixty of them.</summary>
    private static void Add(
        List<(SearchExpression Types, SearchExpression? Condition)> alternatives, SearchExpression type, SearchExpression? condition)
    {
        for (var n = 0; n < alternatives.Count; n++)
        {
            var (types, said) = alternatives[n];
            if ((condition is null) != (said is null) || (condition is not null && Merge(said!, condition) is null))
                continue;
            alternatives[n] = (
                new OrExpression([.. types is OrExpression or ? or.Operands : [types], type]),
                condition is null ? null : Merge(said!, condition));
            return;
        }
        alternatives.Add((type, condition));
    }

    /// <summary>What both say, of the types of both; null when they are not of one form.</summary>
    private static SearchExpression? Merge(SearchExpression one, SearchExpression other)
    {
        switch (one, other)
        {
            case (TrustedExpression a, TrustedExpression b):
                return Merge(a.Operand, b.Operand) is { } trusted ? new TrustedExpression(trusted) : null;
            case (NotExpression a, NotExpression b):
                return Merge(a.Operand, b.Operand) is { } not ? new NotExpression(not) : null;
            case (AndExpression a, AndExpression b):
                return Merge(a.Operands, b.Operands) is { IsDefault: false } and ? new AndExpression(and) : null;
            case (OrExpression a, OrExpression b):
                return Merge(a.Operands, b.Operands) is { IsDefault: false } or ? new OrExpression(or) : null;
            case (BelongingExpression a, BelongingExpression b) when a.TargetType == b.TargetType && a.Name == b.Name:
                return a with { Parameters = a.Parameters.AddRange(b.Parameters) };
            default:
                return null;
        }
    }

    /// <summary>Default: they are not of one form.</summary>
    private static ImmutableArray<SearchExpression> Merge(ImmutableArray<SearchExpression> one, ImmutableArray<SearchExpression> other)
    {
        if (one.Length != other.Length)
            return default;
        var merged = one.Zip(other, Merge).ToList();
        return merged.Contains(null) ? default : [.. merged!];
    }

    /// <summary>What a resource must meet so that the caller sees the values of the parameter; null: nothing.</summary>
    /// <remarks>Where a resource is seen in part only, what is left out of it is not found by either.</remarks>
    public virtual SearchExpression? ExposedBy(SearchParameter parameter) => null;

    /// <summary>True when some resources of the type are seen in part only.</summary>
    public virtual bool IsPartial(string type) => false;

    /// <summary>The expression as it holds for somebody to whom hidden values are none at all.</summary>
    /// <remarks>What lies behind a chain is asked when it is followed.</remarks>
    public SearchExpression AsSeen(SearchExpression expression) => expression switch
    {
        AndExpression and => new AndExpression([.. and.Operands.Select(AsSeen)]),
        OrExpression or => new OrExpression([.. or.Operands.Select(AsSeen)]),
        NotExpression not => new NotExpression(AsSeen(not.Operand)),
        MissingExpression { IsMissing: true } missing when ExposedBy(missing.Parameter) is { } seen =>
            new OrExpression([missing, new NotExpression(seen)]),
        _ when ParameterOf(expression) is { } parameter && ExposedBy(parameter) is { } seen => new AndExpression([expression, seen]),
        _ => expression,
    };

    private static SearchParameter? ParameterOf(SearchExpression leaf) => leaf switch
    {
        MissingExpression e => e.Parameter,
        OtherValueExpression e => e.Parameter,
        TokenExpression e => e.Parameter,
        TokenSetExpression e => e.Parameter,
        TokenTextExpression e => e.Parameter,
        MimeBelowExpression e => e.Parameter,
        StringExpression e => e.Parameter,
        DateExpression e => e.Parameter,
        NumberExpression e => e.Parameter,
        QuantityExpression e => e.Parameter,
        UriExpression e => e.Parameter,
        UriAboveExpression e => e.Parameter,
        UriBelowExpression e => e.Parameter,
        ReferenceExpression e => e.Parameter,
        ReferenceUriExpression e => e.Parameter,
        ReferenceIdentifierExpression e => e.Parameter,
        ChainExpression e => e.Parameter,
        CompositeExpression e => e.Parameter,
        NearExpression e => e.Parameter,
        TextExpression e => e.Parameter,
        _ => null,
    };
}
