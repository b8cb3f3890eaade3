using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Search.Query;

/// <summary>Dates with their prefix: http://hl7.org/fhir/R4/search.html#date.</summary>
internal sealed class DateValueParser(SearchSettings settings)
{
    public Outcome<SearchExpression> Read(SearchParameter parameter, string name, string text)
    {
        if (!PrefixText.TryRead(text, out var prefix, out var rest))
            return new Problem(ProblemKind.Invalid, [SearchIssues.BadPrefix(name)]);
        // A plus sign that a client did not encode arrives as a blank.
        var written = rest.Contains(' ') ? rest.Replace(' ', '+') : rest;
        if (!FhirInstant.TryParse(written, settings.Zone, out var value))
            return new Problem(ProblemKind.Invalid,
                [SearchIssues.BadValue(name, "YYYY[-MM[-DD[Thh:mm[:ss][offset]]]]")]);
        if (parameter.Code == "_lastUpdated")
            return LastUpdated(prefix, value.Start, value.End);
        return OwnSearchParameters.IsOverlap(parameter.Definition)
            ? Overlap(parameter, prefix, value.Start, value.End)
            : Standard(parameter, prefix, value.Start, value.End);
    }

    private SearchExpression Widened(Func<long, long, SearchExpression> create, long start, long end)
    {
        var now = FhirInstant.MicrosOf(settings.Clock.GetUtcNow());
        var gap = now < start ? start - now : Math.Max(0, now - end);
        return create(start - (gap / 10), end > long.MaxValue - (gap / 10) ? end : end + (gap / 10));
    }

    private Outcome<SearchExpression> LastUpdated(SearchPrefix prefix, long start, long end) =>
        Outcome<SearchExpression>.Of(prefix == SearchPrefix.Ap
            ? Widened((from, to) => new LastUpdatedExpression(prefix, from, to), start, end)
            : new LastUpdatedExpression(prefix, start, end));

    private Outcome<SearchExpression> Standard(SearchParameter parameter, SearchPrefix prefix, long start, long end) =>
        Outcome<SearchExpression>.Of(prefix == SearchPrefix.Ap
            ? Widened((from, to) => new DateExpression(parameter, prefix, from, to), start, end)
            : new DateExpression(parameter, prefix, start, end));

    /// <summary>Every prefix of a search by overlap is an overlap with some interval.</summary>
    private Outcome<SearchExpression> Overlap(SearchParameter parameter, SearchPrefix prefix, long start, long end)
    {
        DateExpression With(long from, long to) => new(parameter, SearchPrefix.Ap, from, to);
        return Outcome<SearchExpression>.Of(prefix switch
        {
            SearchPrefix.Eq => With(start, end),
            SearchPrefix.Ge => With(start, long.MaxValue),
            SearchPrefix.Gt => With(end, long.MaxValue),
            SearchPrefix.Le => With(long.MinValue, end),
            SearchPrefix.Lt => With(long.MinValue, start),
            SearchPrefix.Ne => new NotExpression(With(start, end)),
            SearchPrefix.Ap => Widened(With, start, end),
            _ => new DateExpression(parameter, prefix, start, end),
        });
    }
}

/// <summary>The two letters before a date, number or quantity: http://hl7.org/fhir/R4/search.html#prefix.</summary>
internal static class PrefixText
{
    /// <summary>False when letters stand before the value that are no prefix.</summary>
    public static bool TryRead(string text, out SearchPrefix prefix, out string rest)
    {
        prefix = SearchPrefix.Eq;
        rest = text;
        if (text.Length < 2 || !char.IsAsciiLetter(text[0]))
            return true;
        SearchPrefix? known = text.AsSpan(0, 2) switch
        {
            "eq" => SearchPrefix.Eq,
            "ne" => SearchPrefix.Ne,
            "gt" => SearchPrefix.Gt,
            "lt" => SearchPrefix.Lt,
            "ge" => SearchPrefix.Ge,
            "le" => SearchPrefix.Le,
            "sa" => SearchPrefix.Sa,
            "eb" => SearchPrefix.Eb,
            "ap" => SearchPrefix.Ap,
            _ => null,
        };
        prefix = known ?? prefix;
        rest = text[2..];
        return known is not null;
    }
}
