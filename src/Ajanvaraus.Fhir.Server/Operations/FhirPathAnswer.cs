using System.Text;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>The Parameters that <c>$fhirpath</c> answers with.</summary>
/// <remarks>
/// Shape: <c>parameters</c> tells what was evaluated by what; each <c>result</c> has, for one context, the values in
/// parts named by their FHIR type, and the traces. What <c>value[x]</c> cannot hold is JSON in an extension; another
/// tells where in the resource a value stands.
/// </remarks>
internal sealed class FhirPathAnswer
{
    /// <summary>Elements of all that is answered: an expression may give a large resource many times.</summary>
    public const int MostNodes = 200_000;

    private const string JsonValue = "http://fhir.forms-lab.com/StructureDefinition/json-value";
    private const string ResourcePath = "http://fhir.forms-lab.com/StructureDefinition/resource-path";

    /// <summary>Characters of an expression: the tree of a longer one is larger than anybody looks at.</summary>
    private const int LongestTree = 10_000;

    private const string Ucum = "http://unitsofmeasure.org";

    private static readonly TypeSchema Parameters = R4.Definitions.Types["Parameters"];
    private static readonly PropertySchema Parameter = Parameters.Property("parameter")!;
    private static readonly ElementNode EmptyParameter = new(Parameter, Parameter.Type, null, []);
    private static readonly PropertySchema Part = Parameter.Type.Property("part")!;

    private readonly List<ElementNode> _parameters = [];
    private readonly List<ElementNode> _parts = [];
    private readonly Lazy<Dictionary<ElementNode, string>> _paths;
    private string? _context;
    private bool _hasBegun;
    private int _nodes;

    public FhirPathAnswer(FhirPathInput input)
    {
        _parameters.Add(Told(input));
        _paths = new(() => input.Resource is { } resource ? NodePath.All(resource) : []);
    }

    /// <summary>True when more was added than is answered.</summary>
    public bool IsFull => _nodes > MostNodes;

    /// <summary>What is added from here on belongs to this context.</summary>
    public void Begin(string? context)
    {
        End();
        _hasBegun = true;
        _context = context;
    }

    public void Add(IReadOnlyList<FhirPathValue> values) => AddTo(_parts, values);

    public void AddTrace(string name, IReadOnlyList<FhirPathValue> values)
    {
        var parts = new List<ElementNode>();
        AddTo(parts, values);
        _parts.Add(New(Part, "trace", Value("valueString", name), parts));
    }

    public ElementNode ToResource()
    {
        End();
        return new ElementNode(null, Parameters, null, [.. _parameters]);
    }

    private void End()
    {
        if (_hasBegun)
            _parameters.Add(New(Parameter, "result", _context is null ? null : Value("valueString", _context), _parts));
        _parts.Clear();
    }

    private void AddTo(List<ElementNode> parts, IReadOnlyList<FhirPathValue> values)
    {
        foreach (var value in values)
        {
            _nodes += value.Node is { } node ? Size(node) : 1;
            if (IsFull)
                return;
            parts.Add(value.Node is { } element ? Located(OfNode(element, value.Type.Name), element) : OfSystem(value));
        }
    }

    private ElementNode Located(ElementNode part, ElementNode element) => _paths.Value.TryGetValue(element, out var path)
        ? part.Append(EmptyParameter.New("extension").Set("url", ResourcePath).Set("valueString", path))
        : part;

    private static int Size(ElementNode node)
    {
        var size = 1;
        foreach (var child in node.Children)
            size += Size(child);
        return size;
    }

    private static ElementNode OfNode(ElementNode node, string type)
    {
        if (node.IsResource)
            return New(Part, type, node.At(EmptyParameter.Type.Property("resource")), []);
        var property = EmptyParameter.Type.Property("value" + char.ToUpperInvariant(type[0]) + type[1..]);
        // A primitive with extensions only is a value too: it has no text.
        if (property is not null)
            return New(Part, type, node.At(property), []);
        var json = node.IsPrimitive ? node.Value ?? "" : Encoding.UTF8.GetString(FhirJson.ToBytes(node));
        return WithJson(type, json);
    }

    private static ElementNode WithJson(string type, string json)
    {
        var extension = EmptyParameter.New("extension").Set("url", JsonValue).Set("valueString", PrimitiveText.WellFormed(json));
        return New(Part, type, extension, []);
    }

    private static ElementNode OfSystem(FhirPathValue value) => value.System switch
    {
        bool => Primitive("boolean", "valueBoolean", value),
        long => Primitive("integer", "valueInteger", value),
        decimal => Primitive("decimal", "valueDecimal", value),
        "" => New(Part, "empty-string", null, []),
        string => Primitive("string", "valueString", value),
        FhirPathTemporal moment => Temporal(moment),
        FhirPathQuantity quantity => New(Part, "Quantity", Quantity(quantity), []),
        FhirPathTypeInfo info => WithJson("TypeInfo", $$"""{"namespace":"{{info.Namespace}}","name":"{{info.Name}}"}"""),
        ResolvedReference target => New(Part, target.TypeName, null, []),
        _ => New(Part, value.Type.Name, null, []),
    };

    private static ElementNode Primitive(string type, string property, FhirPathValue value) =>
        New(Part, type, Value(property, value.ToString()), []);

    /// <summary>FHIR writes a time of day to the second: less is told as a text.</summary>
    private static ElementNode Temporal(FhirPathTemporal moment)
    {
        var (type, property, isSound) = moment.Kind switch
        {
            TemporalKind.Date => ("date", "valueDate", PrimitiveText.IsDate(moment.Text)),
            TemporalKind.Time => ("time", "valueTime", PrimitiveText.IsTime(moment.Text)),
            _ => ("dateTime", "valueDateTime", PrimitiveText.IsDateTime(moment.Text)),
        };
        return New(Part, type, Value(isSound ? property : "valueString", moment.Text), []);
    }

    private static ElementNode Quantity(FhirPathQuantity quantity)
    {
        var node = EmptyParameter.New("valueQuantity")
            .Set("value", FhirPathValue.Of(quantity.Value).ToString()).Set("unit", PrimitiveText.WellFormed(quantity.Unit));
        return quantity.IsUcum ? node.Set("system", Ucum).Set("code", PrimitiveText.WellFormed(quantity.UcumCode)) : node;
    }

    private static ElementNode Told(FhirPathInput input)
    {
        var version = typeof(FhirPathAnswer).Assembly.GetName().Version!.ToString(3);
        var parts = new List<ElementNode>
        {
            New(Part, "evaluator", Value("valueString", $"Ajanvaraus.Fhir {version} (R4)"), []),
        };
        if (input.Expression.Text.Length <= LongestTree)
            parts.Add(New(Part, "parseDebugTree",
                Value("valueString", FhirPathSyntaxTree.ToJson(input.Expression.Expression)), []));
        parts.Add(New(Part, "expression", Value("valueString", input.Expression.Text), []));
        if (input.Context is { } context)
            parts.Add(New(Part, "context", Value("valueString", context.Text), []));
        if (input.Resource is { } resource)
            parts.Add(New(Part, "resource", resource.At(EmptyParameter.Type.Property("resource")), []));
        parts.AddRange(input.Given.Select(Variables));
        return New(Parameter, "parameters", null, parts);
    }

    private static ElementNode Variables(OperationParameter given) =>
        New(Part, given.Name, null, [.. given.Parts.Items.Select(part =>
            New(Part, part.Name, part.Value ?? part.Resource, []))]);

    private static ElementNode Value(string property, string text) =>
        EmptyParameter.New(property, PrimitiveText.WellFormed(text));

    /// <summary>Children in the order of the definition: extension, name, value or resource, parts.</summary>
    private static ElementNode New(
        PropertySchema property, string name, ElementNode? content, IReadOnlyCollection<ElementNode> parts)
    {
        var children = ImmutableArray.CreateBuilder<ElementNode>(parts.Count + 2);
        if (content is { Name: "extension" })
            children.Add(content);
        children.Add(EmptyParameter.New("name", name));
        if (content is not null && content.Name != "extension")
            children.Add(content);
        children.AddRange(parts);
        return new ElementNode(property, property.Type, null, children.DrainToImmutable());
    }
}
