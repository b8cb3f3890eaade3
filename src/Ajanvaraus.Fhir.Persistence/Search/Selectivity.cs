using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Persistence.Search;

/// <summary>A guess, from the form of a condition alone, at how few resources it leaves.</summary>
internal static class Selectivity
{
    /// <summary>Least first.</summary>
    public static int Rank(SearchExpression expression) => expression switch
    {
        NothingExpression => 0,
        IdExpression => 1,
        SlotRangeExpression or AppointmentRangeExpression => 2,
        TokenExpression e when IsIdentifying(e) => 3,
        ReferenceExpression or SharedTargetExpression or ReferenceUriExpression or UriExpression or UriAboveExpression => 4,
        ReferenceIdentifierExpression => 5,
        StringExpression { Match: not StringMatch.Contains } => 6,
        UriBelowExpression => 6,
        ChainExpression or ContainsExpression => 7,
        CompositeExpression or TextExpression or NearExpression => 8,
        InstantRangeExpression => 9,
        OrExpression e => e.Operands.IsEmpty ? 0 : e.Operands.Max(Rank),
        AndExpression e => e.Operands.IsEmpty ? 20 : e.Operands.Min(Rank),
        DateExpression => 10,
        TokenTextExpression => 11,
        TokenExpression or TokenSetExpression => 12,
        HasExpression => 14,
        _ => 15,
    };

    /// <summary>Whether collecting all keys of a leaf first is likely cheaper than testing row by row.</summary>
    public static bool CanLead(SearchExpression leaf) => Rank(leaf) < 10;

    private static bool IsIdentifying(TokenExpression e) =>
        e.Code is { Length: > 0 } && (e.Parameter.Code is "identifier" or "email" or "phone" or "telecom");
}
