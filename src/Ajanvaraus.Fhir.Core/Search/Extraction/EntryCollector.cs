using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Search.Extraction;

/// <param name="BaseUrl">Without slash at the end; empty when unknown.</param>
internal sealed record ExtractionSettings(FhirDefinitions Definitions, ZoneRules Zone, string BaseUrl)
{
    public string BaseUrl { get; } = BaseUrl.TrimEnd('/');
}

/// <summary>Gathers entries of one resource; used again for the next one.</summary>
internal sealed class EntryCollector(ExtractionSettings settings)
{
    private readonly EntryList<TokenEntry> _tokens = new();
    private readonly EntryList<StringEntry> _strings = new();
    private readonly EntryList<DateEntry> _dates = new();
    private readonly EntryList<ReferenceEntry> _references = new();
    private readonly EntryList<NumberEntry> _numbers = new();
    private readonly EntryList<QuantityEntry> _quantities = new();
    private readonly EntryList<UriEntry> _uris = new();
    private readonly EntryList<CompositeEntry> _composites = new();
    private readonly EntryList<PositionEntry> _positions = new();
    private readonly EntryList<TextEntry> _texts = new();
    private EntryCollector? _part;

    public FhirPathContext Context { get; } = new();

    /// <summary>The resource itself, or the one that contains it: where references by <c>#id</c> lead.</summary>
    public ElementNode? Root
    {
        get => Context.RootResource;
        set
        {
            Context.RootResource = value;
            if (_part is not null)
                _part.Root = value;
        }
    }

    public List<FhirPathValue> Values { get; } = [];

    /// <summary>For the parts of a composite, one at a time.</summary>
    public EntryCollector Part => _part ??= new EntryCollector(settings) { Root = Root };

    public void Add(CompositeEntry entry) => _composites.Add(entry);

    public void Add(TextEntry entry) => _texts.Add(entry);

    public void Add(SearchParameter parameter, List<FhirPathValue> values)
    {
        Start(parameter.Type);
        if (OwnSearchParameters.IsOverlap(parameter.Definition))
        {
            DateExtraction.AddSpan(parameter.Key, values, settings.Zone, _dates);
            return;
        }
        foreach (var value in values)
            Add(parameter, Unwrap(value));
    }

    private void Start(SearchParameterType type)
    {
        switch (type)
        {
            case SearchParameterType.Token:
                _tokens.Start();
                break;
            case SearchParameterType.String:
                _strings.Start();
                break;
            case SearchParameterType.Date:
                _dates.Start();
                break;
            case SearchParameterType.Reference:
                _references.Start();
                _tokens.Start();
                break;
            case SearchParameterType.Number:
                _numbers.Start();
                break;
            case SearchParameterType.Quantity:
                _quantities.Start();
                break;
            case SearchParameterType.Uri:
                _uris.Start();
                break;
        }
    }

    /// <summary>A parameter on an extension means the value that it carries.</summary>
    private static FhirPathValue Unwrap(FhirPathValue value) =>
        value.Node is { } node && node.Type.Name == "Extension" && node["value"] is { } inner
            ? FhirPathValue.Of(inner)
            : value;

    private void Add(SearchParameter parameter, FhirPathValue value)
    {
        var key = parameter.Key;
        if (value.Node is not { } node)
        {
            if (parameter.Type == SearchParameterType.Token && value.Boolean is { } flag)
                _tokens.Add(new TokenEntry(key, "", flag ? "true" : "false"));
            return;
        }
        switch (parameter.Type)
        {
            case SearchParameterType.Token:
                TokenExtraction.Add(key, node, settings.Definitions, _tokens);
                break;
            case SearchParameterType.String:
                StringExtraction.Add(key, node, _strings);
                break;
            case SearchParameterType.Date:
                DateExtraction.Add(key, node, settings.Zone, _dates);
                break;
            case SearchParameterType.Reference:
                ReferenceExtraction.Add(key, node, settings.BaseUrl, Root, _references);
                if (node.Type.Name == "Reference" && node.Text("display") is { Length: > 0 } display)
                    _tokens.Add(new TokenEntry(SearchParameter.DisplayKey(key), "", "", SearchText.Normalize(display)));
                break;
            case SearchParameterType.Number:
                QuantityExtraction.AddNumber(key, node, _numbers);
                break;
            case SearchParameterType.Quantity:
                QuantityExtraction.Add(key, node, _quantities);
                break;
            case SearchParameterType.Uri:
                UriExtraction.Add(key, node, _uris);
                break;
            case SearchParameterType.Special:
                PositionExtraction.Add(key, node, _positions);
                break;
        }
    }

    public IndexEntries Take() => new(
        _tokens.Take(), _strings.Take(), _dates.Take(), _references.Take(), _numbers.Take(), _quantities.Take(),
        _uris.Take())
    {
        Composites = _composites.Take(),
        Positions = _positions.Take(),
        Texts = _texts.Take(),
    };
}

/// <summary>Entries of one kind, without duplicates: the few of one parameter are compared with each other.</summary>
internal sealed class EntryList<T> where T : class
{
    /// <summary>More of one parameter are looked up: a CodeSystem has tens of thousands of codes.</summary>
    private const int MostCompared = 32;

    private readonly List<T> _entries = [];
    private readonly HashSet<T> _known = [];
    private int _start;

    /// <summary>A new parameter begins: what came before cannot be equal.</summary>
    public void Start()
    {
        _start = _entries.Count;
        _known.Clear();
    }

    public void Add(T entry)
    {
        if (!IsKnown(entry))
            _entries.Add(entry);
    }

    private bool IsKnown(T entry)
    {
        if (_entries.Count - _start >= MostCompared)
        {
            if (_known.Count == 0)
                _known.UnionWith(_entries.Skip(_start));
            return !_known.Add(entry);
        }
        for (var i = _start; i < _entries.Count; i++)
            if (_entries[i].Equals(entry))
                return true;
        return false;
    }

    public ImmutableArray<T> Take()
    {
        Start();
        _start = 0;
        if (_entries.Count == 0)
            return [];
        ImmutableArray<T> result = [.. _entries];
        _entries.Clear();
        return result;
    }
}
