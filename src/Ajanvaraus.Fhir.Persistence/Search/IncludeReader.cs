using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Search;

/// <summary>Follows <c>_include</c> and <c>_revinclude</c> from the matches of a page.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/search.html#include. A resource comes once, also in a ring.</remarks>
internal sealed class IncludeReader(SqlChannel channel, SearchQuery query)
{
    /// <summary>No page brings more than this beside its matches.</summary>
    public const int Most = 1000;

    /// <summary>So often <c>:iterate</c> goes on from what it found; each time costs a statement for each directive.</summary>
    private const int MaxRounds = 20;

    private readonly HashSet<long> _seen = [];
    private readonly List<StoredResource> _included = [];

    /// <summary>True when more was to be included than one page may hold.</summary>
    public bool IsTruncated { get; private set; }

    public async ValueTask<ImmutableArray<StoredResource>> ReadAsync(IReadOnlyCollection<StoredResource> matches)
    {
        _seen.UnionWith(matches.Select(m => m.Key));
        var from = matches;
        for (var round = 0; from.Count > 0 && !IsTruncated; round++)
        {
            IsTruncated = round == MaxRounds && query.Includes.Concat(query.RevIncludes).Any(i => i.Iterate);
            var found = new List<StoredResource>();
            foreach (var include in query.Includes.Where(i => round == 0 || i.Iterate))
                await AddAsync(found, Forward(include, from));
            foreach (var include in query.RevIncludes.Where(i => round == 0 || i.Iterate))
                await AddAsync(found, Backward(include, from));
            _included.AddRange(found);
            from = found;
        }
        return [.. _included];
    }

    private async ValueTask AddAsync(List<StoredResource> found, SqlText? sql)
    {
        if (sql is null || IsTruncated)
            return;
        foreach (var resource in await channel.QueryAsync(sql.Text, StoredResourceReader.Read, sql.Arguments))
        {
            if (_seen.Contains(resource.Key))
                continue;
            if (_included.Count + found.Count == Most)
            {
                IsTruncated = true;
                return;
            }
            _seen.Add(resource.Key);
            found.Add(resource);
        }
    }

    /// <summary>What the resources refer to.</summary>
    private SqlText? Forward(IncludeDirective include, IReadOnlyCollection<StoredResource> from)
    {
        var keys = from.Where(r => include.IsFrom(r.Type) && Leads(include, r.Type)).Select(r => r.Key).ToList();
        if (keys.Count == 0)
            return null;
        var sql = Select().Append("SELECT t.resource_key FROM index_reference i JOIN resource t ON t.type = i.target_type ")
            .Append("AND t.id = i.target_id WHERE i.target_id <> '' AND ").In("i.resource_key", keys);
        if (include.Parameter is { } parameter)
            sql.Append($" AND i.parameter = {parameter.Key}");
        if (include.TargetType is { } type)
            sql.Append(" AND i.target_type = ").Argument(type);
        return Ordered(sql, include switch
        {
            { TargetType: { } only } => [only],
            { Parameter.Targets: { IsDefaultOrEmpty: false } targets } => targets,
            _ => [],
        });
    }

    /// <summary>From resources that may be seen in part only, what is left out leads nowhere.</summary>
    private bool Leads(IncludeDirective include, string type) => query.Visibility is not { } visibility
        || !visibility.IsPartial(type)
        || (include.Parameter is { } parameter && visibility.ExposedBy(parameter) is null);

    /// <summary>What refers to the resources.</summary>
    private SqlText? Backward(IncludeDirective include, IReadOnlyCollection<StoredResource> from)
    {
        if (!Leads(include, include.SourceType))
            return null;
        var targets = from.Where(r => include.TargetType is null || r.Type == include.TargetType)
            .GroupBy(r => r.Type).ToList();
        if (targets.Count == 0)
            return null;
        var sql = Select().Append("SELECT i.resource_key FROM index_reference i JOIN resource s ON ")
            .Append("s.resource_key = i.resource_key WHERE s.type = ").Argument(include.SourceType)
            .Append(" AND i.target_id <> ''");
        if (include.Parameter is { } parameter)
            sql.Append($" AND i.parameter = {parameter.Key}");
        for (var n = 0; n < targets.Count; n++)
        {
            sql.Append(n == 0 ? " AND (" : " OR ").Append("(i.target_type = ").Argument(targets[n].Key)
                .Append(" AND ").In("i.target_id", [.. targets[n].Select(r => r.Id)]).Append(")");
        }
        return Ordered(sql.Append(")"), [include.SourceType]);
    }

    private SqlText Select() => new SqlText(channel.Dialect).Append($"SELECT {StoredResourceReader.Columns} ")
        .Append("FROM resource r JOIN resource_version v ON v.version_key = r.version_key ")
        .Append("WHERE r.deleted = 0 AND r.resource_key IN (");

    /// <summary>Each once, and enough rows that one new one too many shows, also when all seen ones come again.</summary>
    /// <param name="types">That can be among them; empty: any.</param>
    private SqlText Ordered(SqlText sql, ImmutableArray<string> types)
    {
        sql.Append(")");
        if (query.Visibility is { } visibility)
        {
            sql.Append(" AND ");
            new SearchSqlBuilder(sql, visibility).WriteVisible("r", types);
        }
        return sql.Append(" ORDER BY r.resource_key ").Limit(_seen.Count + Most + 1);
    }
}
