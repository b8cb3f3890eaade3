using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology.Sets;
using Ajanvaraus.Fhir.Core.Terminology.Systems;

namespace Ajanvaraus.Fhir.Core.Terminology;

/// <summary>Writes an expansion as a ValueSet: http://hl7.org/fhir/R4/valueset.html#expansion .</summary>
internal sealed class ExpansionResource
{
    private const int MaxNesting = 16;
    private const int Top = -1;

    private readonly Expansion _expansion;
    private readonly ElementNode _valueSet, _contains, _designation;
    private readonly HashSet<string> _wanted;

    private ExpansionResource(Expansion expansion)
    {
        _expansion = expansion;
        _wanted = [.. expansion.Request.Designations];
        _valueSet = expansion.ValueSet.Resource is { } resource ? Head(resource) : Head(expansion.ValueSet);
        _contains = _valueSet.New("expansion").New("contains");
        _designation = _contains.New("designation");
    }

    /// <param name="timestamp">When it is made: a FHIR dateTime.</param>
    public static ElementNode Of(Expansion expansion, string timestamp) =>
        new ExpansionResource(expansion).Write(timestamp);

    private ElementNode Write(string timestamp)
    {
        var (request, set) = (_expansion.Request, _expansion.ValueSet);
        var node = _valueSet.New("expansion");
        var children = ImmutableArray.CreateBuilder<ElementNode>(_expansion.Page.Length + 8);
        children.Add(node.New("identifier",
            request.Identifier(set.Canonical, _expansion.Systems.Select(s => s.Canonical))));
        children.Add(node.New("timestamp", timestamp));
        children.Add(node.New("total", $"{_expansion.Total}"));
        if (request.Offset > 0 || request.Count is not null)
            children.Add(node.New("offset", $"{request.Offset}"));
        children.AddRange(Parameters(node));
        children.AddRange(IsNested ? Nested() : _expansion.Page.Select(m => Contains(m, [])));
        return _valueSet.Replace("expansion", node.With(children.DrainToImmutable()));
    }

    /// <summary>Nesting shows a whole: on a page, the codes above may be missing.</summary>
    private bool IsNested => _expansion.Request.IsNested && _expansion.Page.Length == _expansion.Total;

    private ElementNode Head(ElementNode resource)
    {
        var head = resource.At(null).Without("expansion").Without("text");
        return _expansion.Request.IncludesDefinition ? head : head.Without("compose");
    }

    private static ElementNode Head(ValueSetDefinition definition)
    {
        var head = new ElementNode(null, R4.Definitions.Resource("ValueSet")!, null, [])
            .Set("url", definition.Url).Set("status", definition.Status);
        if (definition.Version.Length > 0)
            head = head.Set("version", definition.Version);
        return head.Set("name", definition.Name).Set("title", definition.Title);
    }

    private IEnumerable<ElementNode> Parameters(ElementNode expansion)
    {
        var parameter = expansion.New("parameter");
        foreach (var (name, type, value) in _expansion.Request.Told())
            yield return parameter.Set("name", name).Set(type, value);
        foreach (var system in _expansion.Systems)
            yield return parameter.Set("name", "version").Set("valueUri", system.Canonical);
        foreach (var system in _expansion.Systems)
            if (system.Content != CodeSystemContent.Complete)
                yield return parameter.Set("name", "fragment").Set("valueUri", system.Canonical);
    }

    private ElementNode Contains(ValueSetMember member, ImmutableArray<ElementNode> below)
    {
        var children = ImmutableArray.CreateBuilder<ElementNode>(4 + below.Length);
        children.Add(_contains.New("system", member.System));
        if (member.IsAbstract)
            children.Add(_contains.New("abstract", "true"));
        if (!member.IsActive(_expansion.At))
            children.Add(_contains.New("inactive", "true"));
        children.Add(_contains.New("code", member.Code));
        if (member.Display(_expansion.Request.DisplayLanguage) is { } display)
            children.Add(_contains.New("display", display));
        if (_expansion.Request.IncludesDesignations)
            children.AddRange(member.Designations.Where(IsWanted).Select(Designation));
        children.AddRange(below);
        return _contains.With(children.DrainToImmutable());
    }

    private bool IsWanted(Designation designation)
    {
        return _wanted.Count == 0 || _wanted.Contains(designation.Language)
            || _wanted.Contains($"{GrammarCodeSystems.LanguageTags}|{designation.Language}")
            || (designation.Use is { } use && _wanted.Contains($"{use.System}|{use.Code}"));
    }

    private ElementNode Designation(Designation designation)
    {
        var node = designation.Language.Length > 0 ? _designation.Set("language", designation.Language) : _designation;
        if (designation.Use is { } use)
            node = node.Append(node.New("use").Set("system", use.System).Set("code", use.Code)
                .Set("display", use.Display));
        return node.Set("value", designation.Value);
    }

    /// <summary>Each code below the first of its parents that is in the expansion.</summary>
    private IEnumerable<ElementNode> Nested()
    {
        var places = new Dictionary<(EnumeratedCodeSystem, int), int>();
        for (var i = 0; i < _expansion.Page.Length; i++)
            if (_expansion.Page[i] is { Source: { } source } member)
                places.TryAdd((source, member.Concept), i);
        var parents = new int?[_expansion.Page.Length];
        var depths = new int[_expansion.Page.Length];
        for (var i = 0; i < parents.Length; i++)
        {
            // What would stand too deep stands beside the code that it belongs under.
            parents[i] = ParentPlace(i, places) is { } above && depths[above] == MaxNesting
                ? parents[above]
                : ParentPlace(i, places);
            depths[i] = parents[i] is { } parent ? depths[parent] + 1 : 0;
        }
        var below = Enumerable.Range(0, parents.Length).ToLookup(i => parents[i] ?? Top);
        return below[Top].Select(i => Tree(i, below));
    }

    private int? ParentPlace(int place, Dictionary<(EnumeratedCodeSystem, int), int> places)
    {
        var member = _expansion.Page[place];
        if (member.Source is { } source)
            foreach (var parent in source.Concepts.Graph.Parents(member.Concept))
                // Only what comes before: so a circle cannot close, and nothing is lost.
                if (places.TryGetValue((source, parent), out var above) && above < place)
                    return above;
        return null;
    }

    private ElementNode Tree(int place, ILookup<int, int> below) =>
        Contains(_expansion.Page[place], [.. below[place].Select(child => Tree(child, below))]);
}
