using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Writing;

namespace Ajanvaraus.Fhir.Persistence.Search;

/// <summary>The condition of a leaf on a row <c>i</c> of its index table, one method per parameter type.</summary>
internal static class LeafSql
{
    /// <summary>The table and the parameter of a leaf that is a condition on one index row; null for other leaves.</summary>
    public static (IndexTable Table, SearchParameter Parameter)? Source(SearchExpression leaf) => leaf switch
    {
        TokenExpression e => (IndexTable.Token, e.Parameter),
        TokenSetExpression e => (IndexTable.Token, e.Parameter),
        MimeBelowExpression e => (IndexTable.Token, e.Parameter),
        TokenTextExpression e => (IndexTable.Token, e.Parameter),
        StringExpression e => (IndexTable.String, e.Parameter),
        DateExpression e => (IndexTable.Date, e.Parameter),
        NumberExpression e => (IndexTable.Number, e.Parameter),
        QuantityExpression e => (IndexTable.Quantity, e.Parameter),
        UriExpression e => (IndexTable.Uri, e.Parameter),
        UriAboveExpression e => (IndexTable.Uri, e.Parameter),
        UriBelowExpression e => (IndexTable.Uri, e.Parameter),
        ReferenceExpression e => (IndexTable.Reference, e.Parameter),
        ReferenceUriExpression e => (IndexTable.Reference, e.Parameter),
        SharedTargetExpression e => (IndexTable.Reference, e.Reference.Parameter),
        NearExpression e => (IndexTable.Position, e.Parameter),
        TextExpression e => (IndexTable.Words, e.Parameter),
        _ => null,
    };

    /// <summary>Appends the condition, starting with AND.</summary>
    public static void Condition(SqlText sql, SearchExpression leaf)
    {
        switch (leaf)
        {
            case TokenExpression e:
                Token(sql, "i", e.System, e.Code);
                break;
            case TokenSetExpression e:
                TokenSet(sql, e);
                break;
            case MimeBelowExpression e:
                sql.Append(" AND (i.code = ").Argument(e.MimeType).Append(" OR (i.code >= ").Argument(e.MimeType + ";")
                    .Append(" AND i.code < ").Argument(IndexText.After(e.MimeType + ";")!).Append("))");
                break;
            case TokenTextExpression e:
                StartsWith(sql, "i.text", e.Normalized);
                break;
            case StringExpression e:
                String(sql, e);
                break;
            case DateExpression e:
                sql.Append(" AND ").Date(e.Prefix, "i.start_us", "i.end_us", e.Start, e.End);
                break;
            case NumberExpression e:
                sql.Append(" AND ").Number(e.Prefix, "i", e.Low, e.High, e.Value);
                break;
            case QuantityExpression e:
                Quantity(sql, "i", e);
                break;
            case UriExpression e:
                sql.Append(" AND i.uri = ").Argument(IndexText.Key(e.Uri));
                break;
            case UriAboveExpression e:
                sql.Append(" AND ").In("i.uri", [.. e.Uris.Select(IndexText.Key)]);
                break;
            case UriBelowExpression e:
                UriBelow(sql, e.Uri);
                break;
            case ReferenceExpression e:
                Reference(sql, e);
                break;
            case SharedTargetExpression e:
                Reference(sql, e.Reference);
                break;
            case ReferenceUriExpression e:
                sql.Append(" AND i.uri <> '' AND i.uri = ").Argument(IndexText.Key(e.Uri));
                break;
            case NearExpression e:
                Near(sql, e);
                break;
            case TextExpression e:
                sql.Append(" AND ").HasWords(
                    "i", e.Parameter.Code == SearchParameter.ContentCode, e.Words, e.IsPrefix);
                break;
        }
    }

    public static void Token(SqlText sql, string alias, string? system, string? code)
    {
        if (code is not null)
            sql.Append(" AND ").In($"{alias}.code", Keys(sql, code));
        if (system is not null)
            sql.Append($" AND {alias}.system = ").Argument(IndexText.Key(system));
    }

    /// <summary>What may stand in the index for a code: several while personal identity codes change their key.</summary>
    public static IReadOnlyCollection<string> Keys(SqlText sql, string code) =>
        [.. sql.Dialect.Identities.Lookups(code).Select(IndexText.Key)];

    private static void TokenSet(SqlText sql, TokenSetExpression e)
    {
        sql.Append(" AND (");
        for (var n = 0; n < e.CodesBySystem.Length; n++)
        {
            var (system, codes) = e.CodesBySystem[n];
            sql.Append(n == 0 ? "(i.system = " : " OR (i.system = ").Argument(IndexText.Key(system)).Append(" AND ")
                .In("i.code", [.. codes.Select(IndexText.Key)]).Append(")");
        }
        sql.Append(")");
    }

    /// <summary>The parser takes no address that is longer than what an index holds of it.</summary>
    private static void UriBelow(SqlText sql, string top)
    {
        sql.Append(" AND (i.uri = ").Argument(top).Append(" OR (i.uri >= ").Argument(top + "/")
            .Append(" AND i.uri < ").Argument(IndexText.After(top + "/")!).Append("))");
    }

    private static void String(SqlText sql, StringExpression e)
    {
        switch (e.Match)
        {
            case StringMatch.StartsWith:
                StartsWith(sql, "i.prefix", e.Value);
                if (e.Value.Length >= IndexText.MaxPrefix)
                    sql.Append(" AND SUBSTRING(i.normalized, 1, ").Argument(CodePoints(sql, e.Value)).Append(") = ")
                        .Argument(e.Value);
                break;
            case StringMatch.Contains:
                sql.Append(" AND ").Contains("i.normalized", e.Value);
                break;
            case StringMatch.Equal:
                sql.Append(" AND i.prefix = ").Argument(IndexText.Prefix(e.Value)).Append(" AND i.normalized = ")
                    .Argument(e.Value);
                break;
            case StringMatch.EndsWith:
                sql.Append(" AND ").EndsWith("i.normalized", e.Value, CodePoints(sql, e.Value));
                break;
            case StringMatch.Above or StringMatch.Below or StringMatch.NotAbove or StringMatch.NotBelow:
                sql.Append($" AND i.normalized {Sign(e.Match)} ").Argument(e.Value);
                break;
            default:
                sql.Append(" AND i.exact = ").Argument(e.Value);
                break;
        }
    }

    private static string Sign(StringMatch match) => match switch
    {
        StringMatch.Above => ">",
        StringMatch.Below => "<",
        StringMatch.NotAbove => "<=",
        _ => ">=",
    };

    /// <summary>Length as the database counts it.</summary>
    internal static int CodePoints(SqlText sql, string text) =>
        sql.Dialect.CountsUtf16 ? text.Length : text.EnumerateRunes().Count();

    private static void StartsWith(SqlText sql, string column, string value)
    {
        var prefix = IndexText.Prefix(value);
        sql.Append($" AND {column} >= ").Argument(prefix);
        if (IndexText.After(prefix) is { } after)
            sql.Append($" AND {column} < ").Argument(after);
    }

    public static void Quantity(SqlText sql, string alias, QuantityExpression e)
    {
        sql.Append(" AND ").Number(e.Prefix, alias, e.Low, e.High, e.Value);
        if (e.System is { } system)
            sql.Append($" AND {alias}.system = ").Argument(IndexText.Key(system));
        if (e.Code is not { } code)
            return;
        sql.Append($" AND ({alias}.code = ").Argument(IndexText.Key(code));
        if (e.System is null)
            sql.Append($" OR {alias}.unit = ").Argument(IndexText.Key(code));
        sql.Append(")");
    }

    /// <summary>In a band of latitudes, which an index gives, within a ball around the centre.</summary>
    private static void Near(SqlText sql, NearExpression e)
    {
        sql.Append(" AND i.z >= ").Argument(e.Centre.Z - e.Chord).Append(" AND i.z <= ").Argument(e.Centre.Z + e.Chord);
        Square(" AND ", "x", e.Centre.X);
        Square(" + ", "y", e.Centre.Y);
        Square(" + ", "z", e.Centre.Z);
        sql.Append(" <= ").Argument(e.Chord * e.Chord);

        void Square(string joint, string axis, double centre) => sql.Append($"{joint}(i.{axis} - ").Argument(centre)
            .Append($") * (i.{axis} - ").Argument(centre).Append(")");
    }

    private static void Reference(SqlText sql, ReferenceExpression e)
    {
        // The condition on the empty id is in words what the partial index needs.
        sql.Append(" AND i.target_id <> '' AND i.target_id = ").Argument(e.TargetId);
        if (e.TargetType is { } type)
            sql.Append(" AND i.target_type = ").Argument(type);
    }
}
