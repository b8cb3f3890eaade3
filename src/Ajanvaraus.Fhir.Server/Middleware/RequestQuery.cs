using System.Text;

using Microsoft.AspNetCore.WebUtilities;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>The parameters of a URL or form: those of the interaction apart from those of format and paging.</summary>
/// <param name="Format"><c>_format</c>, or null.</param>
/// <param name="IsPretty"><c>_pretty=true</c>.</param>
/// <param name="Cursor"><c>_cursor</c> of a page link, or null.</param>
public readonly record struct RequestQuery(
    ImmutableArray<KeyValuePair<string, string>> Parameters, string? Format, bool IsPretty, string? Cursor)
{
    public static readonly RequestQuery None = new([], null, false, null);

    public static RequestQuery Parse(string? query)
    {
        if (string.IsNullOrEmpty(query) || query == "?")
            return None;
        var result = None;
        var parameters = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (var pair in new QueryStringEnumerable(query))
        {
            var name = pair.DecodeName().ToString();
            var value = pair.DecodeValue().ToString();
            switch (name)
            {
                case "_format": result = result with { Format = value }; break;
                case "_pretty": result = result with { IsPretty = value == "true" }; break;
                case "_cursor": result = result with { Cursor = value }; break;
                default: parameters.Add(new(name, value)); break;
            }
        }
        return result with { Parameters = parameters.DrainToImmutable() };
    }

    /// <summary>The query of the URL, followed by the form of a search by POST.</summary>
    public RequestQuery And(ReadOnlySpan<byte> form)
    {
        var other = Parse(Encoding.UTF8.GetString(form));
        return new RequestQuery(
            Parameters.AddRange(other.Parameters), other.Format ?? Format, IsPretty || other.IsPretty,
            other.Cursor ?? Cursor);
    }
}
