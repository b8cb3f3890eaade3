using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search.Filter;
using Ajanvaraus.Fhir.Core.Terminology;

namespace Ajanvaraus.Fhir.Core.Search.Query;

/// <summary>Reads one <c>name[:modifier]=value[,value]</c>, through chains and <c>_has</c> of any depth.</summary>
/// <remarks>
/// Over several resource types the leaves of each type stand side by side: their keys differ, so that a leaf of one type
/// never matches another. Source: http://hl7.org/fhir/R4/search.html#chaining.
/// </remarks>
/// <param name="cost">Of the whole query: every leaf that is read is counted there.</param>
internal sealed class CriteriaParser(
    SearchParameterRegistry registry, SearchSettings settings, QueryCost cost, TerminologyService? terminology)
{
    /// <summary>Every step multiplies by its target types; beyond this many leaves the caller must name types.</summary>
    private const int MaxAlternatives = 400;
    private const int MaxDepth = 8;

    /// <summary>Resources that a List refers to: http://hl7.org/fhir/R4/search.html#list.</summary>
    private const string ListName = "_list";
    private const string CurrentList = "$current-";

    /// <summary>Codes of <c>List.code</c> that the specification gives a current list of.</summary>
    private static readonly string[] CurrentLists = ["problems", "medications", "allergies", "drug-allergies"];

    /// <summary>An expression of its own language: http://hl7.org/fhir/R4/search_filter.html.</summary>
    private const string FilterName = "_filter";

    private readonly LeafParser _leaves = new(settings, terminology);
    private readonly FilterOperators _operators = new(registry.Definitions, new LeafParser(settings, terminology));
    private int _alternatives;

    /// <summary>Null when the criterion was read.</summary>
    public Issue? Read(ImmutableArray<string> types, string name, string value, out SearchExpression? expression)
    {
        expression = null;
        _alternatives = 0;
        if (types is [var only] && OwnSearchParameters.Alias(only, name, out var following) is { Meanings.IsEmpty: true }
            && following.Length == 0)
            return value == "true" ? null : SearchIssues.NotServed(name, "true");
        var perType = ImmutableArray.CreateBuilder<SearchExpression>(types.Length);
        var isNegative = false;
        foreach (var type in types)
        {
            var outcome = Read(new Criterion(type, name, name, value, 0));
            if (outcome.Failed)
                return outcome.Problem.Issues[0];
            isNegative = outcome.Value is NotExpression or MissingExpression { IsMissing: true } && name != FilterName;
            perType.Add(name == FilterName && types.Length > 1
                ? new AndExpression([new ResourceTypeExpression(type), outcome.Value])
                : outcome.Value);
            if (outcome.Value is IdExpression or LastUpdatedExpression or NothingExpression || name == ListName)
                break;
        }
        if (_alternatives > MaxAlternatives && types.Length == 1)
            return SearchIssues.TooCostly(name);
        if (!cost.Take(perType))
            return SearchIssues.TooCostly(name);
        expression = isNegative ? Combine.All(perType.ToImmutable()) : Combine.Any(perType.ToImmutable());
        return null;
    }

    /// <param name="Type">Type that the rest of the name is about.</param>
    /// <param name="FullName">As the caller wrote it, for messages.</param>
    /// <param name="Rest">What is still to be read of the name.</param>
    private readonly record struct Criterion(string Type, string FullName, string Rest, string Value, int Depth);

    private Outcome<SearchExpression> Read(Criterion criterion)
    {
        if (criterion.Depth > MaxDepth || ++_alternatives > MaxAlternatives * 4)
            return Failure(SearchIssues.TooCostly(criterion.FullName));
        return OwnSearchParameters.Alias(criterion.Type, criterion.Rest, out var following) is { } alias
            ? Meant(alias, criterion, following)
            : Direct(criterion);
    }

    /// <summary>Met by what meets one of the meanings.</summary>
    /// <param name="following">Modifier or chain; what means a chain has modifiers of its own.</param>
    private Outcome<SearchExpression> Meant(SearchParameterAlias alias, Criterion criterion, string following)
    {
        if (alias.Meanings.IsEmpty)
            return Failure(SearchIssues.UnknownParameter(criterion.FullName));
        var operands = ImmutableArray.CreateBuilder<SearchExpression>(alias.Meanings.Length);
        foreach (var meaning in alias.Meanings)
        {
            if (following.StartsWith(':') && meaning.Contains(':'))
                return Failure(SearchIssues.NoModifier(criterion.FullName));
            var outcome = Direct(criterion with { Rest = meaning + following });
            if (outcome.Failed)
                return outcome.Problem;
            operands.Add(outcome.Value);
        }
        return Outcome<SearchExpression>.Of(Combine.Any(operands.ToImmutable()));
    }

    private Outcome<SearchExpression> Direct(Criterion criterion)
    {
        if (criterion.Rest.StartsWith("_has:", StringComparison.Ordinal))
            return Has(criterion);
        var dot = criterion.Rest.IndexOf('.');
        return dot < 0 ? Leaf(criterion) : Chain(criterion, criterion.Rest[..dot], criterion.Rest[(dot + 1)..]);
    }

    private Outcome<SearchExpression> Leaf(Criterion criterion)
    {
        if (criterion.Rest == ListName)
            return InList(criterion);
        if (criterion.Rest == FilterName)
            return FilterReader.Read(criterion.Value, out var errorAt) switch
            {
                null => Failure(SearchIssues.BadFilter(criterion.FullName, errorAt + 1)),
                { Tests: > QueryCost.MaxCriteria } => Failure(SearchIssues.TooCostly(criterion.FullName)),
                var filter => Filter(criterion, filter),
            };
        var (code, modifier) = Cut(criterion.Rest);
        if (registry.Find(criterion.Type, code) is not { } parameter)
            return Failure(SearchIssues.UnknownParameter(criterion.FullName));
        if (!SearchParameterRegistry.IsSearchable(parameter))
            return Failure(SearchIssues.NotSearchable(criterion.FullName, parameter));
        return _leaves.Read(registry.Definitions, parameter, modifier, criterion.FullName, criterion.Value);
    }

    /// <summary>Lists by id, or by function: <c>$current-allergies</c> is every current List of allergies.</summary>
    /// <remarks>Source: http://hl7.org/fhir/R4/lifecycle.html#current.</remarks>
    private Outcome<SearchExpression> InList(Criterion criterion)
    {
        var item = registry.Find("List", "item")!;
        if (criterion.Value.StartsWith(CurrentList, StringComparison.Ordinal)
            && CurrentLists.Contains(criterion.Value[CurrentList.Length..]))
            return new HasExpression("List", item, new AndExpression(
            [
                new TokenExpression(registry.Find("List", "status")!, null, "current"),
                new TokenExpression(registry.Find("List", "code")!, null, criterion.Value[CurrentList.Length..]),
            ]));
        var ids = criterion.Value.Split(',');
        return Array.TrueForAll(ids, id => ReferenceText.IsId(id))
            ? new HasExpression("List", item, new IdExpression([.. ids]))
            : Failure(SearchIssues.BadValue(criterion.FullName, "[id] $current-" + string.Join(" $current-", CurrentLists)));
    }

    private Outcome<SearchExpression> Filter(Criterion criterion, FilterNode node)
    {
        switch (node)
        {
            case FilterTest test:
                return Test(criterion, test, test.Path);
            case FilterNot not:
                var operand = Filter(criterion, not.Operand);
                return operand.Failed ? operand.Problem : new NotExpression(operand.Value);
            default:
                var logic = (FilterLogic)node;
                var left = Filter(criterion, logic.Left);
                if (left.Failed)
                    return left.Problem;
                var right = Filter(criterion, logic.Right);
                if (right.Failed)
                    return right.Problem;
                return logic.IsOr
                    ? new OrExpression([left.Value, right.Value])
                    : new AndExpression([left.Value, right.Value]);
        }
    }

    /// <summary>Along the path; <c>[…]</c> in it must hold for the resource that the reference leads to.</summary>
    private Outcome<SearchExpression> Test(Criterion criterion, FilterTest test, FilterPath path)
    {
        if (criterion.Depth > MaxDepth || ++_alternatives > MaxAlternatives * 4)
            return Failure(SearchIssues.TooCostly(criterion.FullName));
        if (path.Rest is { } rest)
            return Over(criterion, path.Name, target =>
            {
                var end = Test(target, test, rest);
                if (end.Failed || path.Where is null)
                    return end;
                var where = Filter(target, path.Where);
                return where.Failed ? where.Problem : new AndExpression([where.Value, end.Value]);
            });
        if (registry.Find(criterion.Type, path.Name) is not { } parameter)
            return Failure(SearchIssues.BadChain($"{criterion.FullName}:{path.Name}"));
        return _operators.Read(parameter, criterion.FullName, test);
    }

    private Outcome<SearchExpression> Chain(Criterion criterion, string head, string rest) =>
        Over(criterion, head, target => Read(target with { Rest = rest }));

    /// <summary>What must hold for the resources of each type that the reference can lead to.</summary>
    private Outcome<SearchExpression> Over(
        Criterion criterion, string head, Func<Criterion, Outcome<SearchExpression>> read)
    {
        var (code, targetType) = Cut(head);
        if (registry.Find(criterion.Type, code) is not { } parameter)
            return Failure(SearchIssues.UnknownParameter(criterion.FullName));
        if (parameter.Type != SearchParameterType.Reference)
            return Failure(SearchIssues.BadChain(criterion.FullName));
        if (targetType is not null && registry.Definitions.Resource(targetType) is null)
            return Failure(SearchIssues.UnknownType(criterion.FullName));
        ImmutableArray<string> targets = targetType is not null ? [targetType] : TargetsOf(parameter);
        var operands = ImmutableArray.CreateBuilder<SearchExpression>();
        Problem? firstProblem = null;
        foreach (var target in targets)
        {
            var inner = read(criterion with { Type = target, Depth = criterion.Depth + 1 });
            if (!inner.Failed)
                operands.Add(new ChainExpression(parameter, target, inner.Value));
            else if (!IsDeadEnd(inner.Problem.Issues[0]))
                firstProblem ??= inner.Problem;
        }
        if (operands.Count > 0)
            return Outcome<SearchExpression>.Of(Combine.Any(operands.ToImmutable()));
        return firstProblem ?? Failure(SearchIssues.BadChain(criterion.FullName));
    }

    /// <summary>A target type without the parameter is no error while another has it.</summary>
    private static bool IsDeadEnd(Issue issue) =>
        issue.Id == SearchMessages.UnknownParameter.Id || issue.Id == SearchMessages.BadChain.Id;

    /// <summary><c>_has:Observation:patient:code</c>: some Observation that refers here has the code.</summary>
    private Outcome<SearchExpression> Has(Criterion criterion)
    {
        var parts = criterion.Rest.Split(':', 4);
        if (parts.Length < 4 || parts[3].Length == 0)
            return Failure(SearchIssues.BadHas(criterion.FullName));
        if (registry.Definitions.Resource(parts[1]) is null)
            return Failure(SearchIssues.UnknownType(criterion.FullName));
        if (registry.Find(parts[1], parts[2]) is not { Type: SearchParameterType.Reference } reference
            || !TargetsOf(reference).Contains(criterion.Type))
            return Failure(SearchIssues.BadHas(criterion.FullName));
        var inner = Read(criterion with { Type = parts[1], Rest = parts[3], Depth = criterion.Depth + 1 });
        if (inner.Failed)
            return inner.Problem;
        return new HasExpression(parts[1], reference, inner.Value);
    }

    private ImmutableArray<string> TargetsOf(SearchParameter parameter) =>
        parameter.Targets is { Length: > 0 } targets && !targets.Contains("Resource")
            ? targets
            : registry.Definitions.ResourceTypes;

    private static (string Code, string? Modifier) Cut(string name)
    {
        var colon = name.IndexOf(':');
        return colon < 0 ? (name, null) : (name[..colon], name[(colon + 1)..]);
    }

    private static Problem Failure(Issue issue) => new(ProblemKind.Invalid, [issue]);
}
