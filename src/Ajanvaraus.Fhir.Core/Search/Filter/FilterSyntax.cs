namespace Ajanvaraus.Fhir.Core.Search.Filter;

/// <summary>What a <c>_filter</c> says, before it is known of which type.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/search_filter.html.</remarks>
internal abstract record FilterNode
{
    /// <summary>How many tests it consists of, those in brackets included.</summary>
    public int Tests => this switch
    {
        FilterLogic logic => logic.Left.Tests + logic.Right.Tests,
        FilterNot not => not.Operand.Tests,
        FilterTest test => 1 + TestsOf(test.Path),
        _ => 0,
    };

    private static int TestsOf(FilterPath? path) => path is null ? 0 : (path.Where?.Tests ?? 0) + TestsOf(path.Rest);
}

/// <summary><c>and</c>, <c>or</c>: "evaluated left to right, with no precedence".</summary>
internal sealed record FilterLogic(bool IsOr, FilterNode Left, FilterNode Right) : FilterNode;

internal sealed record FilterNot(FilterNode Operand) : FilterNode;

/// <param name="Value">Without quotes.</param>
internal sealed record FilterTest(FilterPath Path, string Operator, string Value) : FilterNode;

/// <summary><c>name</c>, <c>name.rest</c>, <c>name[where].rest</c>.</summary>
internal sealed record FilterPath(string Name, FilterNode? Where, FilterPath? Rest);
