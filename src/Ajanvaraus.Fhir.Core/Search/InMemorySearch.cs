using System.Text;

namespace Ajanvaraus.Fhir.Core.Search;

/// <summary>A resource as the evaluator sees it.</summary>
/// <param name="LastUpdated">Microseconds since 1970 UTC, in whole milliseconds.</param>
public sealed record IndexedResource(string Type, string Id, long LastUpdated, IndexEntries Entries)
{
    /// <summary>Of a contained resource the one that contains it; null for one with an address.</summary>
    public IndexedResource? Container { get; init; }

    /// <summary>The resources that it contains, each by its id within it.</summary>
    public IEnumerable<IndexedResource> Contained() => Entries.Contained.Select(inner =>
        new IndexedResource(inner.Type, inner.Id, LastUpdated, inner.Entries) { Container = this });
}

/// <summary>Evaluates a search over index entries: the oracle of the database tests.</summary>
/// <remarks>
/// A leaf holds when any entry of its parameter meets it, so a negative prefix (<c>ne</c>) needs a value that differs,
/// while <see cref="NotExpression"/> also takes resources without value. Source: http://hl7.org/fhir/R4/search.html.
/// </remarks>
/// <param name="resources">Every current resource of a type, for chains, <c>_has</c> and <c>:identifier</c>.</param>
public sealed class InMemorySearch(Func<string, IEnumerable<IndexedResource>> resources)
{
    /// <summary>What <c>meta.lastUpdated</c> is served with, and so how long the instant is.</summary>
    private const long Millisecond = 1000;

    public bool Matches(SearchExpression? expression, IndexedResource resource) => expression switch
    {
        null => true,
        AndExpression and => and.Operands.All(operand => Matches(operand, resource)),
        OrExpression or => or.Operands.Any(operand => Matches(operand, resource)),
        NotExpression not => !Matches(not.Operand, resource),
        NothingExpression => false,
        TrustedExpression trusted => Matches(trusted.Operand, resource),
        OtherValueExpression other => Single(other.Parameter.Key, resource.Entries).Any(value => !Leaf(other.Leaf, value)),
        IdExpression id => id.Ids.Contains(resource.Id),
        ResourceTypeExpression type => resource.Type == type.ResourceType,
        LastUpdatedExpression updated => RangeMatch.Date(
            updated.Prefix, updated.Start, updated.End, resource.LastUpdated, resource.LastUpdated + Millisecond),
        MissingExpression missing => HasValue(missing.Parameter, resource.Entries) != missing.IsMissing,
        ChainExpression chain => Chain(chain, resource),
        BelongingExpression belonging => belonging.Parameters.Any(
            parameter => Chain(new ChainExpression(parameter, belonging.TargetType, belonging.Operand), resource)),
        ContainsExpression contains => Contains(contains, resource),
        HasExpression has => resources(has.SourceType).Any(source =>
            PointsTo(source, has.Reference, resource) && Matches(has.Operand, source)),
        ReferenceIdentifierExpression identifier => Identifier(identifier, resource),
        _ => Leaf(expression, resource.Entries),
    };

    private static bool Leaf(SearchExpression expression, IndexEntries entries) => expression switch
    {
        TokenExpression token => entries.Tokens.Any(entry => Token(token, entry)),
        TokenSetExpression set => entries.Tokens.Any(entry => IsIn(set, entry)),
        MimeBelowExpression mime => entries.Tokens.Any(entry => entry.Parameter == mime.Parameter.Key
            && (entry.Code == mime.MimeType || entry.Code.StartsWith(mime.MimeType + ";", StringComparison.Ordinal))),
        TokenTextExpression text => entries.Tokens.Any(entry => entry.Parameter == text.Parameter.Key
            && entry.Text is { } label && label.StartsWith(text.Normalized, StringComparison.Ordinal)),
        StringExpression text => entries.Strings.Any(entry => Text(text, entry)),
        DateExpression date => entries.Dates.Any(entry => entry.Parameter == date.Parameter.Key
            && RangeMatch.Date(date.Prefix, date.Start, date.End, entry.Start, entry.End)),
        NumberExpression number => entries.Numbers.Any(entry => entry.Parameter == number.Parameter.Key
            && RangeMatch.Number(number.Prefix, number.Low, number.High, number.Value, entry.Low, entry.High)),
        QuantityExpression quantity => entries.Quantities.Any(entry => Quantity(quantity, entry)),
        UriExpression uri => entries.Uris.Any(entry =>
            entry.Parameter == uri.Parameter.Key && entry.Uri == uri.Uri),
        UriAboveExpression above => entries.Uris.Any(entry =>
            entry.Parameter == above.Parameter.Key && above.Uris.Contains(entry.Uri)),
        UriBelowExpression below => entries.Uris.Any(entry =>
            entry.Parameter == below.Parameter.Key && IsBelow(below.Uri, entry.Uri)),
        ReferenceExpression reference => entries.References.Any(entry => Reference(reference, entry)),
        ReferenceUriExpression uri => entries.References.Any(entry =>
            entry.Parameter == uri.Parameter.Key && entry.Uri == uri.Uri),
        CompositeExpression composite => entries.Composites.Any(entry => Composite(composite, entry)),
        NearExpression near => entries.Positions.Any(entry =>
            entry.Parameter == near.Parameter.Key && entry.Point.IsWithin(near.Chord, near.Centre)),
        TextExpression text => entries.Texts.Any(entry => entry.Parameter == text.Parameter.Key
            && TextWords.HasPhrase(entry.Words, text.Words, text.IsPrefix)),
        _ => throw new ArgumentException(expression.GetType().Name, nameof(expression)),
    };

    /// <summary>"Parameters that take sequences of single values": all parts are met by the same element.</summary>
    private static bool Composite(CompositeExpression composite, CompositeEntry entry) =>
        entry.Parameter == composite.Parameter.Key
        && composite.Components.Zip(entry.Components).All(pair => Leaf(pair.First, pair.Second));

    private static bool Token(TokenExpression token, TokenEntry entry) =>
        entry.Parameter == token.Parameter.Key
        && (token.System is null || token.System == entry.System)
        && (token.Code is null || token.Code == entry.Code);

    private static bool IsIn(TokenSetExpression set, TokenEntry entry) =>
        entry.Parameter == set.Parameter.Key
        && set.CodesBySystem.Any(part => part.System == entry.System && part.Codes.Contains(entry.Code));

    private static bool IsBelow(string top, string uri) =>
        uri.StartsWith(top, StringComparison.Ordinal) && (uri.Length == top.Length || uri[top.Length] == '/');

    private static bool Text(StringExpression text, StringEntry entry) =>
        entry.Parameter == text.Parameter.Key && text.Match switch
        {
            StringMatch.Exact => entry.Exact == text.Value,
            StringMatch.Contains => entry.Normalized.Contains(text.Value, StringComparison.Ordinal),
            StringMatch.Equal => entry.Normalized == text.Value,
            StringMatch.EndsWith => entry.Normalized.EndsWith(text.Value, StringComparison.Ordinal),
            StringMatch.Above => ByCodePoint(entry.Normalized, text.Value) > 0,
            StringMatch.Below => ByCodePoint(entry.Normalized, text.Value) < 0,
            StringMatch.NotBelow => ByCodePoint(entry.Normalized, text.Value) >= 0,
            StringMatch.NotAbove => ByCodePoint(entry.Normalized, text.Value) <= 0,
            _ => entry.Normalized.StartsWith(text.Value, StringComparison.Ordinal),
        };

    private static int ByCodePoint(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    /// <summary>Each value of the parameter alone.</summary>
    private static IEnumerable<IndexEntries> Single(int key, IndexEntries entries) =>
    [
        .. entries.Tokens.Where(e => e.Parameter == key).Select(e => IndexEntries.Empty with { Tokens = [e] }),
        .. entries.Strings.Where(e => e.Parameter == key).Select(e => IndexEntries.Empty with { Strings = [e] }),
        .. entries.Uris.Where(e => e.Parameter == key).Select(e => IndexEntries.Empty with { Uris = [e] }),
    ];

    private static bool Quantity(QuantityExpression quantity, QuantityEntry entry) =>
        entry.Parameter == quantity.Parameter.Key
        && (quantity.System is null || quantity.System == entry.System)
        && (quantity.Code is null || quantity.Code == entry.Code
            || (quantity.System is null && quantity.Code == entry.Unit))
        && RangeMatch.Number(
            quantity.Prefix, quantity.Low, quantity.High, quantity.Value, entry.Low, entry.High);

    private static bool Reference(ReferenceExpression reference, ReferenceEntry entry) =>
        entry.Parameter == reference.Parameter.Key && entry.TargetId == reference.TargetId
        && (reference.TargetType is null || reference.TargetType == entry.TargetType);

    /// <summary>"A chained condition will be evaluated inside contained resources":
    /// http://hl7.org/fhir/R4/search.html#contained . There they have no id of their own.</summary>
    private bool Chain(ChainExpression chain, IndexedResource resource) =>
        Targets(resource, chain.TargetType).Any(target =>
            PointsTo(resource, chain.Parameter, target) && Matches(chain.Operand, target));

    private IEnumerable<IndexedResource> Targets(IndexedResource source, string type) =>
        resources(type).Concat((source.Container ?? source).Contained().Where(inner => inner.Type == type)
            .Select(inner => inner with { Id = "#" + inner.Id }));

    private bool Contains(ContainsExpression contains, IndexedResource resource) =>
        resource.Contained().Any(inner => Meets(contains, inner)) || (contains.OrIs && Meets(contains, resource));

    private bool Meets(ContainsExpression contains, IndexedResource resource) =>
        (contains.Types.IsEmpty || contains.Types.Contains(resource.Type)) && Matches(contains.Operand, resource);

    private static bool PointsTo(IndexedResource source, SearchParameter parameter, IndexedResource target) =>
        source.Entries.References.Any(entry => entry.Parameter == parameter.Key && entry.TargetType == target.Type
            && (target.Container is { } container
                ? entry.TargetId == "#" + target.Id.TrimStart('#') && IsSame(container, source.Container ?? source)
                : entry.TargetId == target.Id));

    private static bool IsSame(IndexedResource one, IndexedResource other) => one.Type == other.Type && one.Id == other.Id;

    /// <summary>The identifier stands in the reference itself, or the local target has it.</summary>
    private bool Identifier(ReferenceIdentifierExpression expression, IndexedResource resource) =>
        resource.Entries.References.Any(entry => entry.Parameter == expression.Parameter.Key
            && (IsLogical(expression, entry) || TargetHas(expression, entry, resource)));

    private static bool IsLogical(ReferenceIdentifierExpression expression, ReferenceEntry entry) =>
        entry.IdentifierValue.Length > 0
        && (expression.System is null || expression.System == entry.IdentifierSystem)
        && (expression.Code is null || expression.Code == entry.IdentifierValue);

    private bool TargetHas(
        ReferenceIdentifierExpression expression, ReferenceEntry entry, IndexedResource source)
    {
        if (entry.TargetId.Length == 0)
            return false;
        var key = SearchParameter.KeyOf(entry.TargetType, "identifier");
        return Targets(source, entry.TargetType).Where(target => target.Id == entry.TargetId)
            .Any(target => target.Entries.Tokens.Any(token => token.Parameter == key
                && (expression.System is null || expression.System == token.System)
                && (expression.Code is null || expression.Code == token.Code)));
    }

    private static bool HasValue(SearchParameter parameter, IndexEntries entries)
    {
        var key = parameter.Key;
        return parameter.Type switch
        {
            SearchParameterType.Token => entries.Tokens.Any(entry => entry.Parameter == key),
            SearchParameterType.String => entries.Strings.Any(entry => entry.Parameter == key),
            SearchParameterType.Date => entries.Dates.Any(entry => entry.Parameter == key),
            SearchParameterType.Reference => entries.References.Any(entry => entry.Parameter == key),
            SearchParameterType.Number => entries.Numbers.Any(entry => entry.Parameter == key),
            SearchParameterType.Quantity => entries.Quantities.Any(entry => entry.Parameter == key),
            _ => entries.Uris.Any(entry => entry.Parameter == key),
        };
    }
}
