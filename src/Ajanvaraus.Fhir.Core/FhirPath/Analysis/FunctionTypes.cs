using System.Collections.Frozen;

namespace Ajanvaraus.Fhir.Core.FhirPath.Analysis;

/// <summary>What a function asks of its input and what it gives, where that does not depend on the call.</summary>
/// <param name="Input">What the input must be good for, with its name; any: nothing is asked.</param>
/// <param name="Result">Null: what the input is.</param>
internal sealed record FunctionType(ValueKinds Input, string InputName, StaticType? Result)
{
    private static readonly FrozenDictionary<string, FunctionType> ByName = Table().ToFrozenDictionary();

    /// <summary>A resource writes dates and numbers as texts, so functions on texts take them.</summary>
    private const ValueKinds Written =
        ValueKinds.Text | ValueKinds.Number | ValueKinds.Boolean | ValueKinds.Date | ValueKinds.Time;

    public static FunctionType? Find(string name) => ByName.GetValueOrDefault(name);

    private static IEnumerable<KeyValuePair<string, FunctionType>> Table() =>
    [
        .. Rows(Written, "String", StaticType.Text, "substring", "upper", "lower", "trim", "replace", "replaceMatches",
            "toChars", "split", "join", "encode", "decode", "escape", "unescape"),
        .. Rows(Written, "String", StaticType.Boolean, "startsWith", "endsWith", "contains", "matches", "matchesFull"),
        .. Rows(Written, "String", StaticType.Number, "indexOf", "lastIndexOf", "length"),
        .. Rows(ValueKinds.Number, "Decimal", StaticType.Number,
            "ceiling", "floor", "truncate", "round", "sqrt", "exp", "ln", "log", "power"),
        .. Rows(ValueKinds.Number | ValueKinds.Quantity, "Decimal", null, "abs"),
        .. Rows(ValueKinds.Boolean, "Boolean", StaticType.Boolean, "allTrue", "allFalse", "anyTrue", "anyFalse"),
        .. Rows(ValueKinds.Quantity, "Quantity", StaticType.Boolean, "comparable"),
        .. Rows(ValueKinds.Number | ValueKinds.Quantity | ValueKinds.Date | ValueKinds.Time, "Decimal", null,
            "lowBoundary", "highBoundary"),
        .. Rows(ValueKinds.Number | ValueKinds.Date | ValueKinds.Time, "Decimal", StaticType.Number, "precision"),
        .. Rows(ValueKinds.Date | ValueKinds.Time, "DateTime", StaticType.Number, "yearOf", "monthOf", "dayOf",
            "hourOf", "minuteOf", "secondOf", "millisecondOf", "timezoneOffsetOf"),
        .. Rows(ValueKinds.Date, "DateTime", StaticType.Date, "dateOf"),
        .. Rows(ValueKinds.Date | ValueKinds.Time, "DateTime", StaticType.Time, "timeOf"),
        .. Rows(ValueKinds.Any, "", StaticType.Boolean, "empty", "exists", "not", "all", "subsetOf", "supersetOf",
            "isDistinct", "convertsToString", "convertsToInteger", "convertsToDecimal", "convertsToBoolean",
            "convertsToDate", "convertsToDateTime", "convertsToTime", "convertsToQuantity", "hasExtension", "hasValue",
            "memberOf", "subsumes", "subsumedBy", "conformsTo", "htmlChecks", "is"),
        .. Rows(ValueKinds.Any, "", StaticType.Number, "count", "toInteger", "toDecimal"),
        .. Rows(ValueKinds.Any, "", StaticType.Text, "toString"),
        .. Rows(ValueKinds.Any, "", StaticType.Boolean, "toBoolean"),
        .. Rows(ValueKinds.Any, "", StaticType.Date, "toDate", "toDateTime", "now", "today"),
        .. Rows(ValueKinds.Any, "", StaticType.Time, "toTime", "timeOfDay"),
        .. Rows(ValueKinds.Any, "", StaticType.Quantity, "toQuantity"),
        .. Rows(ValueKinds.Any, "", null, "where", "distinct", "single", "first", "last", "tail", "skip", "take",
            "intersect", "exclude", "sort", "trace", "defineVariable", "checkModifiers"),
        .. Rows(ValueKinds.Any, "", StaticType.Any with { IsUnordered = true }, "children", "descendants"),
        .. Rows(ValueKinds.Any, "", StaticType.Any, "repeat", "repeatAll", "aggregate", "getValue", "resolve", "type",
            "elementDefinition", "slice"),
    ];

    private static IEnumerable<KeyValuePair<string, FunctionType>> Rows(
        ValueKinds input, string inputName, StaticType? result, params string[] names) =>
        names.Select(name => KeyValuePair.Create(name, new FunctionType(input, inputName, result)));
}
