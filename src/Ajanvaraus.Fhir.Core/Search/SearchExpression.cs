namespace Ajanvaraus.Fhir.Core.Search;

/// <summary>What a query asks for, as a tree that runs on a database and in memory alike.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/search.html. Leaves name one parameter of one resource type.</remarks>
public abstract record SearchExpression;

public sealed record AndExpression(ImmutableArray<SearchExpression> Operands) : SearchExpression;

public sealed record OrExpression(ImmutableArray<SearchExpression> Operands) : SearchExpression;

/// <summary>Resources that do not meet the operand (also those without any value).</summary>
public sealed record NotExpression(SearchExpression Operand) : SearchExpression;

/// <summary>Some value of the parameter does not meet the leaf: <c>ne</c> of <c>_filter</c>.</summary>
public sealed record OtherValueExpression(SearchParameter Parameter, SearchExpression Leaf) : SearchExpression;

/// <summary>Matches nothing: an id of another server, say.</summary>
public sealed record NothingExpression : SearchExpression;

/// <summary>A condition of the server itself: what it goes through is not asked whether the caller sees it.</summary>
/// <remarks>Meant as a test of resources that other conditions have found.</remarks>
public sealed record TrustedExpression(SearchExpression Operand) : SearchExpression;

/// <summary><c>:missing</c>: true when the parameter has no value.</summary>
public sealed record MissingExpression(SearchParameter Parameter, bool IsMissing) : SearchExpression;

/// <summary><c>_id</c>.</summary>
public sealed record IdExpression(ImmutableArray<string> Ids) : SearchExpression;

/// <summary>Resources of that type: what follows it in an "and" is meant for them alone.</summary>
public sealed record ResourceTypeExpression(string ResourceType) : SearchExpression;

/// <summary><c>_lastUpdated</c>, with the interval that the written precision covers.</summary>
public sealed record LastUpdatedExpression(SearchPrefix Prefix, long Start, long End) : SearchExpression;

/// <summary>Token. System null: any; empty: none (<c>|code</c>). Code null: any code of the system (<c>system|</c>).</summary>
public sealed record TokenExpression(SearchParameter Parameter, string? System, string? Code) : SearchExpression;

/// <summary>A token that is one of many: the codes of a value set, or of a part of a hierarchy.</summary>
/// <param name="CodesBySystem">No system twice, and no code twice in a system.</param>
public sealed record TokenSetExpression(SearchParameter Parameter, ImmutableArray<SystemCodes> CodesBySystem)
    : SearchExpression;

/// <summary><c>:below</c> on a mime type: the given one, with or without parameters after it.</summary>
public sealed record MimeBelowExpression(SearchParameter Parameter, string MimeType) : SearchExpression;

/// <param name="System">Empty for codes that have none.</param>
public sealed record SystemCodes(string System, ImmutableHashSet<string> Codes);

/// <summary><c>:text</c> on a token: the display starts with the normalised text.</summary>
public sealed record TokenTextExpression(SearchParameter Parameter, string Normalized) : SearchExpression;

/// <summary>How texts compare; the last five only in <c>_filter</c>, by code points.</summary>
public enum StringMatch { StartsWith, Contains, Exact, Equal, EndsWith, Above, Below, NotAbove, NotBelow }

/// <param name="Value">Normalised unless <paramref name="Match"/> is exact.</param>
public sealed record StringExpression(SearchParameter Parameter, StringMatch Match, string Value) : SearchExpression;

/// <summary>The last two only in <c>_filter</c>: the value of the resource covers that of the query, or they overlap.</summary>
public enum SearchPrefix { Eq, Ne, Gt, Lt, Ge, Le, Sa, Eb, Ap, Co, Po }

/// <summary>Date: the half-open interval in microseconds that the written value covers.</summary>
public sealed record DateExpression(SearchParameter Parameter, SearchPrefix Prefix, long Start, long End)
    : SearchExpression;

/// <summary>Number: the interval that the written precision implies, and the number itself.</summary>
public sealed record NumberExpression(
    SearchParameter Parameter, SearchPrefix Prefix, double Low, double High, double Value) : SearchExpression;

/// <param name="System">Null: any.</param>
/// <param name="Code">Unit code or, without system, code or unit text; null: any.</param>
public sealed record QuantityExpression(
    SearchParameter Parameter, SearchPrefix Prefix, double Low, double High, double Value, string? System, string? Code)
    : SearchExpression;

public sealed record UriExpression(SearchParameter Parameter, string Uri) : SearchExpression;

/// <summary><c>:above</c> on a uri: one of those that lie above the given one in the hierarchy of its path.</summary>
public sealed record UriAboveExpression(SearchParameter Parameter, ImmutableArray<string> Uris) : SearchExpression;

/// <summary><c>:below</c> on a uri: the given one, or one whose path goes on after it.</summary>
/// <param name="Uri">Without slash at the end.</param>
public sealed record UriBelowExpression(SearchParameter Parameter, string Uri) : SearchExpression;

/// <summary>Reference to a resource of this server. Type null: any type.</summary>
public sealed record ReferenceExpression(SearchParameter Parameter, string? TargetType, string TargetId)
    : SearchExpression;

/// <summary>Absolute or canonical reference.</summary>
public sealed record ReferenceUriExpression(SearchParameter Parameter, string Uri) : SearchExpression;

/// <summary><c>:identifier</c>: a logical reference, or one whose target has that identifier.</summary>
public sealed record ReferenceIdentifierExpression(SearchParameter Parameter, string? System, string? Code)
    : SearchExpression;

/// <summary>Chain: the reference points to a resource of that type which meets the operand.</summary>
public sealed record ChainExpression(SearchParameter Parameter, string TargetType, SearchExpression Operand)
    : SearchExpression;

/// <summary>The same by any of several parameters, each of a type of its own: what belongs to somebody.</summary>
/// <param name="Name">Of the operand: in the conditions of one caller the same name is the same operand.</param>
public sealed record BelongingExpression(
    ImmutableArray<SearchParameter> Parameters, string TargetType, SearchExpression Operand, string Name) : SearchExpression;

/// <summary><c>_has</c>: some resource of that type meets the operand and refers here by that parameter.</summary>
public sealed record HasExpression(string SourceType, SearchParameter Reference, SearchExpression Operand)
    : SearchExpression;

/// <summary><c>_contained</c> with containers as results: the resource contains one of these types that meets the operand.</summary>
/// <param name="Types">Empty: any.</param>
/// <param name="OrIs">The resource may also be one itself: <c>_contained=both</c>.</param>
public sealed record ContainsExpression(ImmutableArray<string> Types, SearchExpression Operand, bool OrIs)
    : SearchExpression;

/// <summary>Composite: one element meets all parts at once.</summary>
/// <param name="Components">One leaf for each of <see cref="SearchParameter.Components"/>.</param>
public sealed record CompositeExpression(SearchParameter Parameter, ImmutableArray<SearchExpression> Components)
    : SearchExpression;

/// <summary><c>near</c>: the place is no further from the centre than the straight line is long.</summary>
public sealed record NearExpression(SearchParameter Parameter, GeoPoint Centre, double Chord) : SearchExpression;

/// <summary><c>_text</c>, <c>_content</c>: the words stand in the text one after the other.</summary>
/// <param name="IsPrefix">The last word may go on.</param>
public sealed record TextExpression(SearchParameter Parameter, ImmutableArray<string> Words, bool IsPrefix)
    : SearchExpression;
