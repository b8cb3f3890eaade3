namespace Ajanvaraus.Fhir.Core.Definitions;

/// <summary>Builds the graph of types from their lines: first every type by name, then elements that point at them.</summary>
internal sealed class TypeGraph
{
    private readonly Dictionary<string, ConstraintSchema> _constraints;
    private readonly Dictionary<string, TypeSchema> _types = [];
    private readonly Dictionary<string, BindingSchema> _bindings = [];
    private readonly Dictionary<string, EncodedJsonName> _names = [];

    private TypeGraph(Dictionary<string, ConstraintSchema> constraints) => _constraints = constraints;

    public static IReadOnlyCollection<TypeSchema> Build(
        IEnumerable<string> lines, Dictionary<string, ConstraintSchema> constraints)
    {
        var graph = new TypeGraph(constraints);
        var blocks = graph.Declare(lines);
        foreach (var (header, elements) in blocks)
            graph.Complete(header, elements);
        return graph._types.Values;
    }

    /// <summary>Columns of a type line: name, kind, base, constraints.</summary>
    private List<(string[] Header, List<string[]> Elements)> Declare(IEnumerable<string> lines)
    {
        var blocks = new List<(string[] Header, List<string[]> Elements)>();
        foreach (var line in lines)
        {
            var columns = line.Split('\t');
            if (columns[0].Length == 0)
            {
                blocks[^1].Elements.Add(columns);
                continue;
            }

            var (name, kind) = (columns[0], columns[1]);
            var isAbstract = kind.StartsWith("abstract-", StringComparison.Ordinal);
            _types.Add(name, new TypeSchema(name, Kind(kind), Form(name, kind), isAbstract));
            blocks.Add((columns, []));
        }

        return blocks;
    }

    private static TypeKind Kind(string kind) => kind switch
    {
        "primitive" => TypeKind.Primitive,
        "complex" or "abstract-complex" => TypeKind.Complex,
        _ => TypeKind.Resource,
    };

    /// <summary>Source: http://hl7.org/fhir/R4/json.html#primitive .</summary>
    private static JsonForm Form(string name, string kind) => (kind, name) switch
    {
        ("primitive", "boolean") => JsonForm.Boolean,
        ("primitive", "decimal" or "integer" or "positiveInt" or "unsignedInt") => JsonForm.Number,
        ("primitive", _) => JsonForm.String,
        _ => JsonForm.Object,
    };

    private void Complete(string[] header, List<string[]> elements)
    {
        var type = _types[header[0]];
        type.Base = EmbeddedDefinitions.Column(header, 2) is { Length: > 0 } baseName ? _types[baseName] : null;
        type.Constraints = Constraints(EmbeddedDefinitions.Column(header, 3));
        var schemas = ImmutableArray.CreateBuilder<ElementSchema>(elements.Count);
        foreach (var columns in elements)
            schemas.Add(Element(type, columns, schemas.Count));
        type.Complete(schemas.MoveToImmutable());
    }

    /// <summary>Columns of an element line: (indent), name, cardinality, flags, types, binding, constraints.</summary>
    private ElementSchema Element(TypeSchema owner, string[] columns, int index)
    {
        var definedName = columns[1];
        var isChoice = definedName.EndsWith("[x]", StringComparison.Ordinal);
        var dots = columns[2].IndexOf("..", StringComparison.Ordinal);
        var max = columns[2].AsSpan(dots + 2);
        var flags = columns[3];
        var types = columns[4].Split('|');
        var element = new ElementSchema
        {
            Name = isChoice ? definedName[..^3] : definedName,
            Path = owner.Name + "." + definedName,
            Index = index,
            Min = int.Parse(columns[2].AsSpan(0, dots)),
            Max = max is "*" ? null : int.Parse(max),
            IsChoice = isChoice,
            IsSummary = flags.Contains('s'),
            IsModifier = flags.Contains('m'),
            IsXmlAttribute = flags.Contains('a'),
            Binding = Binding(EmbeddedDefinitions.Column(columns, 5)),
            Constraints = Constraints(EmbeddedDefinitions.Column(columns, 6)),
            Targets = types.Length == 1 ? Targets(types[0]) : [.. types.SelectMany(type => Targets(type)).Distinct()],
        };
        element.Properties = [.. types.Select(type => Property(type, element))];
        return element;
    }

    private PropertySchema Property(string type, ElementSchema element)
    {
        var open = type.IndexOf('(');
        var code = open < 0 ? type : type[..open];
        var jsonName = element.IsChoice ? element.Name + char.ToUpperInvariant(code[0]) + code[1..] : element.Name;
        if (!_names.TryGetValue(jsonName, out var name))
            _names[jsonName] = name = new EncodedJsonName(jsonName);
        return new PropertySchema(element, _types[code], name) { Targets = Targets(type) };
    }

    /// <summary>Of <c>Reference(Patient,Group)</c>: the names in brackets.</summary>
    private static ImmutableArray<string> Targets(string type)
    {
        var open = type.IndexOf('(');
        return open < 0 ? [] : [.. type[(open + 1)..^1].Split(',')];
    }

    private BindingSchema? Binding(string text)
    {
        if (text.Length == 0)
            return null;
        if (_bindings.TryGetValue(text, out var known))
            return known;
        var space = text.IndexOf(' ');
        var strength = Enum.Parse<BindingStrength>(text.AsSpan(0, space), ignoreCase: true);
        return _bindings[text] = new BindingSchema(strength, text[(space + 1)..]);
    }

    private ImmutableArray<ConstraintSchema> Constraints(string labels) =>
        labels.Length == 0 ? [] : [.. labels.Split(' ').Select(label => _constraints[label])];
}
