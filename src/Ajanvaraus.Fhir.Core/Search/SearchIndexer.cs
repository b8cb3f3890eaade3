using System.Collections.Concurrent;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.FhirPath.Expressions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search.Extraction;

namespace Ajanvaraus.Fhir.Core.Search;

/// <summary>Extracts the values of all search parameters from a resource.</summary>
/// <remarks>
/// <para>Shape: entries in the order of parameters and elements, without duplicates. <c>_id</c> and
/// <c>_lastUpdated</c> are columns of the resource itself and are not extracted, nor are special parameters other
/// than <c>near</c>, <c>_text</c> and <c>_content</c>.</para>
/// <para>A value that its type cannot read (a date that is none) gives no entry: validation reports it.</para>
/// <para>Source: http://hl7.org/fhir/R4/search.html#ptypes.</para>
/// </remarks>
public sealed class SearchIndexer
{
    /// <summary>To be changed with the way in which values are read from elements.</summary>
    private const string Revision = "4";

    private readonly SearchParameterRegistry _registry;
    private readonly IndexMask? _mask;
    private readonly ExtractionSettings _settings;
    private readonly ConcurrentDictionary<string, Step[]> _plans = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<EntryCollector> _collectors = [];

    /// <param name="registry">The parameters.</param>
    /// <param name="zone">Where a date or time without offset is meant; null: Europe/Helsinki.</param>
    /// <param name="baseUrl">This server's own base URL, so that absolute references to it are local; may be empty.</param>
    /// <param name="mask">What is hidden; null: nothing.</param>
    public SearchIndexer(
        SearchParameterRegistry registry, ZoneRules? zone = null, string baseUrl = "", IndexMask? mask = null)
    {
        _mask = mask;
        _registry = registry;
        _settings = new ExtractionSettings(
            registry.Definitions, zone ?? TimeZones.Default, baseUrl);
        Rules = RulesOf(registry, _settings.Zone.Id + mask?.Name);
    }

    /// <summary>A number from 1 to 2^17 - 1 for what this indexer does: another one may find other entries.</summary>
    /// <remarks>The same in every process of a server, whatever its address, for the same definitions, zone, mask and
    /// <see cref="Revision"/>. References to the server itself come here without its address.</remarks>
    public int Rules { get; }

    public IndexEntries Index(ElementNode resource)
    {
        if (_mask is not null)
            resource = _mask.Of(resource);
        var entries = Index(resource, root: resource);
        var contained = ImmutableArray.CreateBuilder<ContainedEntries>();
        foreach (var child in resource.Children)
            if (child is { Name: "contained", Id: { } id } && !contained.Any(known => known.Id == id))
                contained.Add(new ContainedEntries(child.Type.Name, id, Index(child, root: resource)));
        return contained.Count == 0 ? entries : entries with { Contained = contained.ToImmutable() };
    }

    private IndexEntries Index(ElementNode resource, ElementNode root)
    {
        var plan = _plans.GetOrAdd(resource.Type.Name, static (type, self) => self.PlanFor(type), this);
        if (!_collectors.TryTake(out var collector))
            collector = new EntryCollector(_settings);
        collector.Root = root;
        foreach (var step in plan)
            step.Run(resource, collector);
        var entries = collector.Take();
        collector.Root = null;
        _collectors.Add(collector);
        return entries;
    }

    private static int RulesOf(SearchParameterRegistry registry, string settings)
    {
        var hash = SearchParameter.KeyOf(settings, Revision);
        foreach (var type in registry.Definitions.ResourceTypes)
            foreach (var parameter in registry.For(type))
                hash = unchecked((hash * 31) + SearchParameter.KeyOf(parameter.Definition.Expression, parameter.Code));
        const int most = (1 << 17) - 1;
        return (int)((uint)hash % most) + 1;
    }

    private Step[] PlanFor(string type)
    {
        var schema = _registry.Definitions.Types[type];
        var steps = new List<Step>();
        foreach (var parameter in _registry.For(type))
        {
            if (parameter.Code is "_id" or "_lastUpdated" || !SearchParameterRegistry.IsSearchable(parameter))
                continue;
            if (parameter.IsFullText)
                steps.Add(new TextStep(parameter));
            else if (ForType(_registry.ExpressionOf(parameter), schema) is not { } expression)
                continue;
            else if (parameter.Type == SearchParameterType.Composite)
                steps.Add(new CompositeStep(parameter, expression, PartsOf(parameter)));
            else
                steps.Add(new ValueStep(parameter, expression));
        }
        return [.. steps];
    }

    /// <summary>Leaves out the branches of a union that begin with another resource type.</summary>
    private FhirPathExpression? ForType(FhirPathExpression expression, TypeSchema type)
    {
        var tree = Prune(expression.Tree, type);
        if (tree is null)
            return null;
        return ReferenceEquals(tree, expression.Tree) ? expression : new FhirPathExpression(expression.Text, tree);
    }

    private Expression? Prune(Expression tree, TypeSchema type)
    {
        if (tree is not BinaryExpression { Operator: BinaryOperator.Union } union)
            return HeadOf(tree) is { } head && IsOtherResource(head, type) ? null : tree;
        var left = Prune(union.Left, type);
        var right = Prune(union.Right, type);
        if (left is null || right is null)
            return left ?? right;
        var unchanged = ReferenceEquals(left, union.Left) && ReferenceEquals(right, union.Right);
        return unchanged ? union : union with { Left = left, Right = right };
    }

    private bool IsOtherResource(string head, TypeSchema type) =>
        _registry.Definitions.Types.TryGetValue(head, out var named) && named.Kind == TypeKind.Resource && !type.Is(head);

    private static string? HeadOf(Expression tree) => tree switch
    {
        MemberExpression { Target: null } member => member.Name,
        MemberExpression member => HeadOf(member.Target!),
        FunctionExpression { Target: { } target } => HeadOf(target),
        IndexerExpression indexer => HeadOf(indexer.Target),
        TypeExpression type => HeadOf(type.Operand),
        _ => null,
    };

    private ImmutableArray<ComponentPart> PartsOf(SearchParameter composite) =>
        [.. composite.Components.Select(part => ComponentPart.Of(part, _registry.ExpressionOf(part)))];

    private abstract record Step(SearchParameter Parameter)
    {
        public abstract void Run(ElementNode resource, EntryCollector collector);
    }

    private sealed record TextStep(SearchParameter Parameter) : Step(Parameter)
    {
        public override void Run(ElementNode resource, EntryCollector collector) =>
            TextExtraction.Add(Parameter, resource, collector);
    }

    /// <summary>Each element that the composite looks at gives one entry, when every part finds something there.</summary>
    private sealed record CompositeStep(
        SearchParameter Parameter, FhirPathExpression Expression, ImmutableArray<ComponentPart> Parts) : Step(Parameter)
    {
        public override void Run(ElementNode resource, EntryCollector collector)
        {
            var elements = Expression.Evaluate(resource, collector.Context).Values.ToArray();
            foreach (var element in elements)
            {
                var components = Parts.Select(part => part.Of(resource, element.Node, collector.Part)).ToImmutableArray();
                if (components.All(component => !component.IsEmpty))
                    collector.Add(new CompositeEntry(Parameter.Key, components));
            }
        }
    }

    /// <param name="IsOfResource">Evaluated on the whole resource: <c>%resource.referenceSeq.chromosome</c>.</param>
    private sealed record ComponentPart(SearchParameter Parameter, FhirPathExpression Expression, bool IsOfResource)
    {
        private const string OnResource = "%resource.";

        public static ComponentPart Of(SearchParameter parameter, FhirPathExpression expression) =>
            expression.Text.StartsWith(OnResource, StringComparison.Ordinal)
            && FhirPathExpression.Parse(expression.Text[OnResource.Length..]).Expression is { } rest
                ? new ComponentPart(parameter, rest, IsOfResource: true)
                : new ComponentPart(parameter, expression, IsOfResource: false);

        public IndexEntries Of(ElementNode resource, ElementNode? element, EntryCollector collector)
        {
            new ValueStep(Parameter, Expression).Run(IsOfResource || element is null ? resource : element, collector);
            var found = collector.Take();
            // The display of a reference is for :text, which composites do not have.
            return Parameter.Type == SearchParameterType.Reference ? found with { Tokens = [] } : found;
        }
    }

    private sealed record ValueStep(SearchParameter Parameter, FhirPathExpression Expression) : Step(Parameter)
    {
        public override void Run(ElementNode resource, EntryCollector collector)
        {
            var values = collector.Values;
            Expression.Evaluate(resource, collector.Context, values);
            if (values.Count > 0 && collector.Context.Error is null)
                collector.Add(Parameter, values);
            values.Clear();
        }
    }
}
