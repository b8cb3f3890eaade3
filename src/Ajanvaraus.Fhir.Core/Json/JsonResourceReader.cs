using System.Text;
using System.Text.Json;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Json;

/// <summary>Builds the element tree in one pass over the UTF-8 text.</summary>
/// <remarks>
/// <para>Every object of the document is read against its type; what the type does not know is reported with its
/// FHIRPath and skipped, so that one pass finds all structural faults.</para>
/// <para>Source: http://hl7.org/fhir/R4/json.html.</para>
/// </remarks>
internal ref struct JsonResourceReader
{
    private const int LongestName = 128;

    private readonly FhirDefinitions _definitions;
    private readonly JsonLimits _limits;
    private readonly List<Issue> _issues = [];
    private Utf8JsonReader _json;
    private ElementNode[] _nodes = new ElementNode[64];
    private int _nodeCount;
    private ElementPath _path;
    private bool _sawNull;

    private JsonResourceReader(ReadOnlySpan<byte> utf8, FhirDefinitions definitions, JsonLimits limits)
    {
        _definitions = definitions;
        _limits = limits;
        _json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = limits.MaxDepth });
        _path = new ElementPath();
    }

    public static ParseResult Read(ReadOnlySpan<byte> utf8, FhirDefinitions definitions, JsonLimits limits)
    {
        var reader = new JsonResourceReader(utf8, definitions, limits);
        ElementNode? resource = null;
        try
        {
            resource = reader.ReadDocument();
        }
        catch (JsonException fault)
        {
            reader.AddSyntaxIssue(fault);
            resource = null;
        }
        catch (InvalidOperationException)
        {
            // The reader validates UTF-8 and surrogate pairs only when a string is taken out of it.
            reader._issues.Add(JsonIssues.BadText(reader._path.ToString(), reader._json.TokenStartIndex));
            resource = null;
        }
        return new ParseResult(resource, [.. reader._issues]);
    }

    private ElementNode? ReadDocument()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            _issues.Add(JsonIssues.NotAnObject());
            return null;
        }
        var resource = ReadResource(property: null);
        while (_json.Read())
        {
            // Nothing may follow; the reader itself refuses trailing data.
        }
        return resource;
    }

    /// <summary>Reads the resource whose opening brace is the current token.</summary>
    private ElementNode? ReadResource(PropertySchema? property)
    {
        var typeName = PeekResourceType();
        var type = typeName is null ? null : _definitions.Resource(typeName);
        if (type is null)
        {
            Add(typeName is null ? JsonIssues.MissingResourceType(Path) : JsonIssues.UnknownResourceType(Path));
            _json.Skip();
            return null;
        }
        if (property is null)
            _path.Push(type.Name);
        var resource = ReadObject(property, type);
        if (property is null)
            _path.Pop();
        return resource;
    }

    /// <summary>Finds <c>resourceType</c>, which need not come first, without moving the reader.</summary>
    private readonly string? PeekResourceType()
    {
        var ahead = _json;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            var isType = ahead.ValueTextEquals("resourceType"u8);
            ahead.Read();
            if (isType)
                return ahead.TokenType == JsonTokenType.String ? ahead.GetString() : null;
            ahead.Skip();
        }
        return null;
    }

    private ElementNode ReadObject(PropertySchema? property, TypeSchema type)
    {
        var first = _nodeCount;
        var seen = new SeenProperties();
        var hadNull = _sawNull;
        _sawNull = false;
        while (_json.Read() && _json.TokenType != JsonTokenType.EndObject)
            ReadProperty(type, first, ref seen);
        if (_sawNull)
            ReportLoneNulls(first);
        _sawNull = hadNull;
        if (_nodeCount == first && type.Kind != TypeKind.Resource)
            Add(JsonIssues.EmptyObject(Path));
        return new ElementNode(property, type, null, TakeNodes(first));
    }

    private void ReadProperty(TypeSchema type, int first, ref SeenProperties seen)
    {
        Span<char> buffer = stackalloc char[LongestName];
        var length = _json.ValueSpan.Length > LongestName ? 0 : _json.CopyString(buffer);
        ReadOnlySpan<char> name = buffer[..length];
        if (type.Kind == TypeKind.Resource && name is "resourceType")
        {
            _json.Read();
            if (!seen.AddResourceType())
                Add(JsonIssues.RepeatedProperty(Path, "resourceType"));
            return;
        }
        var isShadow = name is ['_', ..];
        var property = type.Property(isShadow ? name[1..] : name);
        if (property is null || (isShadow && !HasShadow(property)))
        {
            Add(JsonIssues.UnknownProperty(Path, name.ToString(), type.Name));
            SkipValue();
            return;
        }
        if (!seen.Add(property, isShadow))
        {
            Add(seen.IsOtherChoice(property)
                ? JsonIssues.SecondChoice(Path, property.Element.Name)
                : JsonIssues.RepeatedProperty(Path, name.ToString()));
            SkipValue();
            return;
        }
        _json.Read();
        if (isShadow)
            ReadShadow(property, first);
        else
            ReadValue(property, first);
    }

    /// <summary>Whether a value may have id and extensions: a primitive of FHIR, but no <c>Element.id</c> and
    /// <c>Extension.url</c>, whose type is FHIRPath's String (attributes in XML), and no XHTML, whose id is inside.</summary>
    private static bool HasShadow(PropertySchema property) =>
        property.Type is { Kind: TypeKind.Primitive, Name: not "xhtml" } && !property.Element.IsXmlAttribute;

    private void ReadValue(PropertySchema property, int first)
    {
        var existing = property.Type.Kind == TypeKind.Primitive ? Find(property, first) : -1;
        if (!property.Element.IsArray)
        {
            _path.Push(property);
            if (_json.TokenType == JsonTokenType.StartArray)
            {
                Add(JsonIssues.ArrayNotAllowed(Path));
                _json.Skip();
            }
            else if (ReadOne(property) is { } node)
            {
                Place(node, existing, 0);
            }
            _path.Pop();
            return;
        }
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            _path.Push(property);
            Add(JsonIssues.ArrayExpected(Path));
            _path.Pop();
            _json.Skip();
            return;
        }
        ReadArray(property, existing, isShadow: false);
    }

    /// <summary>Reads <c>_name</c>: id and extensions of a primitive or of each in a list.</summary>
    private void ReadShadow(PropertySchema property, int first)
    {
        var existing = Find(property, first);
        if (property.Element.IsArray && _json.TokenType == JsonTokenType.StartArray)
        {
            ReadArray(property, existing, isShadow: true);
            return;
        }
        _path.Push(property);
        if (property.Element.IsArray)
        {
            Add(JsonIssues.ArrayExpected(Path));
            _json.Skip();
        }
        else if (_json.TokenType != JsonTokenType.StartObject)
        {
            Add(JsonIssues.ObjectExpected(Path));
            _json.Skip();
        }
        else
        {
            Place(ReadObject(property, property.Type), existing, 0);
        }
        _path.Pop();
    }

    private void ReadArray(PropertySchema property, int existing, bool isShadow)
    {
        var index = 0;
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            _path.Push(property, index);
            var node = _json.TokenType == JsonTokenType.Null && property.Type.Kind == TypeKind.Primitive
                ? NullPlaceholder(property)
                : isShadow ? ReadShadowItem(property) : ReadOne(property);
            if (node is not null)
                Place(node, existing, index);
            _path.Pop();
            index++;
        }
        if (index > 0)
            return;
        _path.Push(property);
        Add(JsonIssues.EmptyArray(Path));
        _path.Pop();
    }

    private ElementNode? ReadShadowItem(PropertySchema property)
    {
        if (_json.TokenType == JsonTokenType.StartObject)
            return ReadObject(property, property.Type);
        Add(JsonIssues.ObjectExpected(Path));
        _json.Skip();
        return null;
    }

    private ElementNode NullPlaceholder(PropertySchema property)
    {
        _sawNull = true;
        return new ElementNode(property, property.Type, null, []);
    }

    private ElementNode? ReadOne(PropertySchema property)
    {
        var type = property.Type;
        if (type.Kind == TypeKind.Primitive)
            return ReadPrimitive(property);
        if (_json.TokenType == JsonTokenType.StartObject)
        {
            return type.Kind == TypeKind.Resource && type.IsAbstract
                ? ReadResource(property)
                : ReadObject(property, type);
        }
        Add(_json.TokenType == JsonTokenType.Null ? JsonIssues.NullNotAllowed(Path) : JsonIssues.ObjectExpected(Path));
        _json.Skip();
        return null;
    }

    private ElementNode? ReadPrimitive(PropertySchema property)
    {
        var value = (property.Type.Form, _json.TokenType) switch
        {
            (JsonForm.String, JsonTokenType.String) => _json.GetString(),
            (JsonForm.Number, JsonTokenType.Number) => Encoding.ASCII.GetString(_json.ValueSpan),
            (JsonForm.Boolean, JsonTokenType.True) => "true",
            (JsonForm.Boolean, JsonTokenType.False) => "false",
            _ => null,
        };
        if (value is not null)
            return new ElementNode(property, property.Type, value, []);
        Add(_json.TokenType == JsonTokenType.Null
            ? JsonIssues.NullNotAllowed(Path)
            : JsonIssues.WrongKind(Path, property.Type.Form, property.Type.Name));
        _json.Skip();
        return null;
    }

    /// <summary>Adds a node, or joins it with the other half (value or <c>_value</c>) that was read before.</summary>
    private void Place(ElementNode node, int existing, int index)
    {
        var at = existing < 0 ? -1 : existing + index;
        if (at >= 0 && at < _nodeCount && _nodes[at].Property == node.Property)
        {
            var other = _nodes[at];
            _nodes[at] = new ElementNode(
                node.Property, node.Type, node.Value ?? other.Value,
                node.Children.IsEmpty ? other.Children : node.Children);
            return;
        }
        if (_nodeCount == _nodes.Length)
            Array.Resize(ref _nodes, _nodeCount * 2);
        if (at < 0 || at == _nodeCount)
        {
            _nodes[_nodeCount++] = node;
            return;
        }
        // The second half is longer than the first: it goes after the run that stands in the middle.
        Array.Copy(_nodes, at, _nodes, at + 1, _nodeCount - at);
        _nodes[at] = node;
        _nodeCount++;
    }

    private readonly int Find(PropertySchema property, int first)
    {
        for (var i = first; i < _nodeCount; i++)
            if (_nodes[i].Property == property)
                return i;
        return -1;
    }

    private ImmutableArray<ElementNode> TakeNodes(int first)
    {
        var taken = ImmutableArray.Create(_nodes, first, _nodeCount - first);
        Array.Clear(_nodes, first, _nodeCount - first);
        _nodeCount = first;
        return taken;
    }

    /// <summary>A null in a list stands only for a value whose extensions are given, or the reverse.</summary>
    private void ReportLoneNulls(int first)
    {
        for (var i = first; i < _nodeCount; i++)
        {
            var node = _nodes[i];
            if (!node.IsPrimitive || node.Value is not null || !node.Children.IsEmpty)
                continue;
            _path.Push(node.Property!);
            Add(JsonIssues.NullNotAllowed(Path));
            _path.Pop();
        }
    }

    private void SkipValue()
    {
        _json.Read();
        _json.Skip();
    }

    private readonly string Path => _path.ToString();

    private void Add(Issue issue)
    {
        if (_issues.Count < _limits.MaxIssues)
            _issues.Add(issue);
    }

    /// <summary>Objects and arrays open so far; the reader does not count the one whose opening is its token.</summary>
    private readonly int OpenDepth =>
        _json.CurrentDepth + (_json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0);

    private void AddSyntaxIssue(JsonException fault) =>
        _issues.Add(OpenDepth >= _limits.MaxDepth
            ? JsonIssues.TooDeep(Path, _limits.MaxDepth)
            : JsonIssues.Syntax(Path, (fault.LineNumber ?? 0) + 1, (fault.BytePositionInLine ?? 0) + 1));

    /// <summary>Which properties of one object were read: refuses duplicates and a second type of a choice.</summary>
    private struct SeenProperties
    {
        private UInt128 _values;
        private UInt128 _shadows;
        private List<PropertySchema>? _choices;
        private bool _resourceType;

        public bool AddResourceType() => !_resourceType && (_resourceType = true);

        public bool Add(PropertySchema property, bool isShadow)
        {
            var bit = UInt128.One << property.Element.Index;
            if (property.Element.IsChoice)
            {
                if (IsOtherChoice(property))
                    return false;
                (_choices ??= []).Add(property);
            }
            if (((isShadow ? _shadows : _values) & bit) != 0)
                return false;
            if (isShadow)
                _shadows |= bit;
            else
                _values |= bit;
            return true;
        }

        public readonly bool IsOtherChoice(PropertySchema property)
        {
            foreach (var choice in _choices ?? [])
                if (choice.Element == property.Element && choice != property)
                    return true;
            return false;
        }
    }
}
