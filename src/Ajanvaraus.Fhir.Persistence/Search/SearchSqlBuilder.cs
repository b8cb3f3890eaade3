using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Writing;

namespace Ajanvaraus.Fhir.Persistence.Search;

/// <summary>A search expression as a condition on a row of <c>resource</c>.</summary>
/// <remarks>
/// A condition is written either as a set (<c>resource_key IN (…)</c>), which can lead the plan, or as a test
/// (<c>EXISTS</c>), which costs one look per row that the others leave. The most selective operand of an AND leads. An
/// OR of sets is one set, their union: an OR of conditions would have every resource of the type looked at.
/// </remarks>
/// <param name="visibility">What the rows that the conditions go through must meet; null: nothing.</param>
internal sealed class SearchSqlBuilder(SqlText sql, Visibility? visibility = null)
{
    private int _aliases;

    /// <summary>Within a condition of the server's own: nothing is hidden from it, and it tests what others have found.</summary>
    private bool _isTrusted;

    /// <summary>Rows that may be contained resources which are results: those have an id within their container.</summary>
    private readonly HashSet<string> _contained = [];

    /// <summary>The first matches in the order of their making.</summary>
    /// <param name="visibility">What the caller may see; null: everything.</param>
    public static SqlText Find(
        SqlDialect dialect, string type, SearchExpression? expression, int limit, Visibility? visibility = null)
    {
        var sql = new SqlText(dialect)
            .Append($"SELECT {StoredResourceReader.Columns} FROM resource r ")
            .Append("JOIN resource_version v ON v.version_key = r.version_key WHERE ");
        new SearchSqlBuilder(sql, visibility).WriteMatching("r", [type], expression);
        return sql.Append(" ORDER BY r.resource_key ").Limit(limit);
    }

    /// <summary>Those of the ids whose resources are there and meet the condition, which is one of the server's own.</summary>
    public static async ValueTask<ImmutableHashSet<string>> MeetingAsync(
        SqlChannel channel, string type, IReadOnlyCollection<string> ids, SearchExpression condition)
    {
        if (ids.Count == 0)
            return [];
        var sql = new SqlText(channel.Dialect).Append("SELECT r.id FROM resource r WHERE r.type = ").Argument(type)
            .Append(" AND ").In("r.id", ids).Append(" AND r.deleted = 0 AND ");
        new SearchSqlBuilder(sql).Write(new TrustedExpression(condition), "r", asSet: false);
        return [.. await channel.QueryAsync(sql.Text, r => r.GetString(0), sql.Arguments)];
    }

    /// <summary>Current resources of the types that meet the expression.</summary>
    public void WriteMatching(
        string row, ImmutableArray<string> types, SearchExpression? expression,
        ResourceScope scope = ResourceScope.Addressed)
    {
        if (scope != ResourceScope.Addressed)
            _contained.Add(row);
        WriteCurrent(row, types, expression, scope);
    }

    /// <summary>A test of rows that are found otherwise: whether the caller may see them.</summary>
    /// <param name="types">Of the rows; empty: any.</param>
    public void WriteVisible(string row, ImmutableArray<string> types)
    {
        switch (visibility?.Over(types))
        {
            case null:
                sql.Append("1 = 1");
                break;
            case { } condition:
                Write(new TrustedExpression(condition), row, asSet: false);
                break;
        }
    }

    private void WriteCurrent(
        string row, ImmutableArray<string> types, SearchExpression? expression, ResourceScope scope)
    {
        if (!_isTrusted && visibility is not null && expression is not null)
            expression = visibility.AsSeen(expression);
        if (!_isTrusted && visibility?.Over(types) is { } hidden)
        {
            // Who sees a part of a type finds what has an address: what is contained has the rights of another.
            scope = ResourceScope.Addressed;
            expression = expression is null ? hidden : new AndExpression([expression, hidden]);
        }
        if (types.Length > 0)
            sql.In($"{row}.type", types).Append(" AND ");
        sql.Append(scope switch
        {
            ResourceScope.Addressed => $"{row}.deleted = 0",
            ResourceScope.Contained => $"{row}.deleted = {ContainedRows.Contained}",
            _ => $"{row}.deleted IN (0, {ContainedRows.Contained})",
        });
        if (expression is null)
            return;
        sql.Append(" AND ");
        var rewritten = SharedTargetRewriter.Rewrite(expression);
        // The tables of scheduling know nothing of contained resources.
        if (_isTrusted)
            Write(rewritten, row, asSet: false);
        else
            Write(scope == ResourceScope.Addressed ? SchedulingRewriter.Rewrite(rewritten) : rewritten, row, asSet: true);
    }

    private void Write(SearchExpression expression, string row, bool asSet)
    {
        if (asSet && IsSet(expression))
        {
            sql.Append($"{row}.resource_key IN (");
            WriteKeys(expression);
            sql.Append(")");
            return;
        }
        switch (expression)
        {
            case AndExpression e:
                WriteAnd(e, row, asSet);
                break;
            case OrExpression e:
                WriteAny(e.Operands, row, asSet);
                break;
            case NotExpression e:
                sql.Append("NOT (");
                Write(e.Operand, row, asSet: false);
                sql.Append(")");
                break;
            case NothingExpression:
                sql.Append("1 = 0");
                break;
            case TrustedExpression e:
                WriteTrusted(e, row);
                break;
            case IdExpression e:
                WriteIds(e, row);
                break;
            case ResourceTypeExpression e:
                sql.Append($"{row}.type = ").Argument(e.ResourceType);
                break;
            case LastUpdatedExpression e:
                // Stored to the millisecond, and so as long as one.
                sql.Append("(").Date(
                    e.Prefix, $"{row}.last_updated", $"{row}.last_updated + 1000", e.Start, e.End)
                    .Append(")");
                break;
            case MissingExpression e:
                WriteMissing(e, row);
                break;
            case ReferenceIdentifierExpression e:
                WriteReferenceIdentifier(e, row);
                break;
            case HasExpression e:
                WriteHas(e, row);
                break;
            case OtherValueExpression e:
                WriteOtherValue(e, row);
                break;
            case CompositeExpression e:
                sql.Append("EXISTS (SELECT 1 FROM ");
                CompositeSql.Write(sql, e, $"{row}.resource_key");
                sql.Append(")");
                break;
            case ChainExpression e when _isTrusted:
                WriteChainOf(row, [e.Parameter], e.TargetType, e.Operand);
                break;
            case BelongingExpression e:
                WriteChainOf(row, e.Parameters, e.TargetType, e.Operand);
                break;
            case SlotRangeExpression or AppointmentRangeExpression or InstantRangeExpression or ChainExpression
                or ContainsExpression:
                sql.Append($"{row}.resource_key IN (");
                WriteKeys(expression);
                sql.Append(")");
                break;
            default:
                WriteLeaf(expression, row);
                break;
        }
    }

    private void WriteTrusted(TrustedExpression trusted, string row)
    {
        var around = _isTrusted;
        _isTrusted = true;
        Write(trusted.Operand, row, asSet: false);
        _isTrusted = around;
    }

    /// <summary>Whether <see cref="WriteKeys"/> can write it, and it is worth it.</summary>
    private static bool IsSet(SearchExpression expression) => expression switch
    {
        OrExpression e => !e.Operands.IsEmpty && e.Operands.All(IsSet),
        ChainExpression or CompositeExpression or SlotRangeExpression or AppointmentRangeExpression or InstantRangeExpression
            or ContainsExpression => true,
        _ => LeafSql.Source(expression) is not null && Selectivity.CanLead(expression),
    };

    /// <summary>A query for the keys of all resources that meet the expression.</summary>
    private void WriteKeys(SearchExpression expression)
    {
        switch (expression)
        {
            case OrExpression e:
                for (var n = 0; n < e.Operands.Length; n++)
                {
                    if (n > 0)
                        sql.Append(" UNION ALL ");
                    WriteKeys(e.Operands[n]);
                }
                break;
            case ChainExpression e:
                WriteChain(e);
                break;
            case ContainsExpression e:
                WriteContains(e);
                break;
            case CompositeExpression e:
                sql.Append("SELECT i.resource_key FROM ");
                CompositeSql.Write(sql, e, of: null);
                break;
            case SlotRangeExpression e:
                WriteSlotRange(e);
                break;
            case AppointmentRangeExpression e:
                WriteAppointmentRange(e);
                break;
            case InstantRangeExpression e:
                sql.Append("SELECT i.resource_key FROM index_date i WHERE ");
                WriteInstants(sql, e);
                break;
            default:
                var (table, parameters) = SourceOf(expression);
                sql.Append($"SELECT i.resource_key FROM {table.Name} i WHERE {parameters}{sql.Dialect.Leading(table, "i")}");
                LeafSql.Condition(sql, expression);
                break;
        }
    }

    private void WriteAnd(AndExpression and, string row, bool asSet)
    {
        var ordered = and.Operands.OrderBy(Selectivity.Rank).ToImmutableArray();
        if (ordered.IsEmpty)
        {
            sql.Append("1 = 1");
            return;
        }
        for (var n = 0; n < ordered.Length; n++)
        {
            sql.Append(n == 0 ? "(" : " AND ");
            Write(ordered[n], row, asSet && n == 0);
        }
        sql.Append(")");
    }

    private void WriteAny(ImmutableArray<SearchExpression> operands, string row, bool asSet)
    {
        sql.Append(operands.IsEmpty ? "1 = 0" : "(");
        for (var n = 0; n < operands.Length; n++)
        {
            if (n > 0)
                sql.Append(" OR ");
            Write(operands[n], row, asSet);
        }
        if (!operands.IsEmpty)
            sql.Append(")");
    }

    private void WriteLeaf(SearchExpression leaf, string row)
    {
        var (table, parameters) = SourceOf(leaf);
        sql.Append($"EXISTS (SELECT 1 FROM {table.Name} i{sql.Dialect.ByResource(table.Name)} WHERE i.resource_key = {row}.resource_key AND {parameters}");
        LeafSql.Condition(sql, leaf);
        sql.Append(")");
    }

    private static (IndexTable Table, string Parameters) SourceOf(SearchExpression leaf)
    {
        if (leaf is SharedTargetExpression shared)
            return (IndexTable.Reference, $"i.parameter IN ({string.Join(", ", shared.Parameters.Select(p => p.Key))})");
        var (table, parameter) = LeafSql.Source(leaf)
            ?? throw new InvalidOperationException($"No SQL for {leaf.GetType().Name}");
        return (table, $"i.parameter = {parameter.Key}");
    }

    private void WriteIds(IdExpression e, string row)
    {
        if (!_contained.Contains(row))
        {
            sql.In($"{row}.id", e.Ids);
            return;
        }
        sql.Append("(").In($"{row}.id", e.Ids)
            .Append($" OR ({row}.deleted = {ContainedRows.Contained} AND ")
            .In($"SUBSTRING({row}.id, {ContainedId.InnerStart}, 64)", [.. e.Ids.Select(ContainedId.Inner)]).Append("))");
    }

    private void WriteOtherValue(OtherValueExpression e, string row)
    {
        var (table, parameters) = SourceOf(e.Leaf);
        sql.Append($"EXISTS (SELECT 1 FROM {table.Name} i{sql.Dialect.ByResource(table.Name)} WHERE i.resource_key = {row}.resource_key AND {parameters} ")
            .Append("AND NOT (1 = 1");
        LeafSql.Condition(sql, e.Leaf);
        sql.Append("))");
    }

    private void WriteMissing(MissingExpression e, string row)
    {
        if (IndexTable.Of(e.Parameter.Type) is not { } table)
        {
            sql.Append(e.IsMissing ? "1 = 1" : "1 = 0");
            return;
        }
        sql.Append(e.IsMissing ? "NOT EXISTS" : "EXISTS")
            .Append($" (SELECT 1 FROM {table.Name} i{sql.Dialect.ByResource(table.Name)} WHERE i.resource_key = {row}.resource_key AND ")
            .Append($"i.parameter = {e.Parameter.Key})");
    }

    /// <summary>Logical references with that identifier, and literal ones whose target has it.</summary>
    private void WriteReferenceIdentifier(ReferenceIdentifierExpression e, string row)
    {
        sql.Append($"({row}.resource_key IN (SELECT i.resource_key FROM index_reference i WHERE ")
            .Append($"i.parameter = {e.Parameter.Key} AND i.identifier_value <> ''");
        if (e.Code is { } code)
            sql.Append(" AND ").In("i.identifier_value", LeafSql.Keys(sql, code));
        if (e.System is { } system)
            sql.Append(" AND i.identifier_system = ").Argument(IndexText.Key(system));
        sql.Append(")");
        if (!e.Parameter.Targets.IsEmpty)
        {
            var keys = e.Parameter.Targets.Select(t => SearchParameter.KeyOf(t, "identifier"));
            sql.Append($" OR {row}.resource_key IN (SELECT i.resource_key FROM index_token t ")
                .Append("JOIN resource c ON c.resource_key = t.resource_key AND c.deleted <> 1 ")
                .Append("JOIN index_reference i ON i.target_type = c.type AND i.target_id = c.id AND i.target_id <> '' ")
                .Append($"AND i.parameter = {e.Parameter.Key} WHERE t.parameter IN ({string.Join(", ", keys)})")
                .Append(sql.Dialect.Leading(IndexTable.Token, "t"));
            LeafSql.Token(sql, "t", e.System, e.Code);
            if (!_isTrusted && visibility is not null)
            {
                sql.Append(" AND ");
                WriteVisible("c", e.Parameter.Targets);
            }
            sql.Append(")");
        }
        sql.Append(")");
    }

    private void WriteChain(ChainExpression e)
    {
        var target = $"c{++_aliases}";
        sql.Append("SELECT i.resource_key FROM index_reference i WHERE ")
            .Append($"i.parameter = {e.Parameter.Key} AND i.target_type = ").Argument(e.TargetType)
            .Append($" AND i.target_id <> '' AND i.target_id IN (SELECT {target}.id FROM resource {target} WHERE ");
        WriteCurrent(target, [e.TargetType], e.Operand, ResourceScope.Both);
        sql.Append(")");
    }

    /// <summary>A chain as a test of one row: its own references are followed, one by one.</summary>
    private void WriteChainOf(string row, ImmutableArray<SearchParameter> parameters, string targetType, SearchExpression operand)
    {
        var n = ++_aliases;
        sql.Append($"EXISTS (SELECT 1 FROM index_reference i{n}{sql.Dialect.ByResource("index_reference")} ")
            .Append($"JOIN resource c{n} ON c{n}.type = i{n}.target_type AND c{n}.id = i{n}.target_id ")
            .Append($"WHERE i{n}.resource_key = {row}.resource_key AND i{n}.target_id <> '' ")
            .Append($"AND i{n}.parameter IN ({string.Join(", ", parameters.Select(p => p.Key))}) AND i{n}.target_type = ")
            .Argument(targetType).Append(" AND ");
        WriteCurrent($"c{n}", [targetType], operand, ResourceScope.Both);
        sql.Append(")");
    }

    /// <summary>Of a contained resource the version, and so its key, is that of its container.</summary>
    private void WriteContains(ContainsExpression e)
    {
        var inner = $"m{++_aliases}";
        sql.Append($"SELECT {inner}v.resource_key FROM resource {inner} ")
            .Append($"JOIN resource_version {inner}v ON {inner}v.version_key = {inner}.version_key WHERE ");
        WriteMatching(inner, e.Types, e.Operand, e.OrIs ? ResourceScope.Both : ResourceScope.Contained);
    }

    private void WriteHas(HasExpression e, string row)
    {
        var source = $"h{++_aliases}";
        sql.Append($"EXISTS (SELECT 1 FROM index_reference i JOIN resource {source} ON ")
            .Append($"{source}.resource_key = i.resource_key WHERE i.parameter = {e.Reference.Key} ")
            .Append($"AND i.target_type = {row}.type AND i.target_id = {row}.id AND i.target_id <> '' AND ");
        // What is hidden of a resource leads nowhere, backwards either.
        var seen = _isTrusted ? null : visibility?.ExposedBy(e.Reference);
        WriteMatching(source, [e.SourceType], seen is null ? e.Operand : new AndExpression([e.Operand, seen]));
        sql.Append(")");
    }

    private void WriteSlotRange(SlotRangeExpression e)
    {
        sql.Append("SELECT t.resource_key FROM slot t WHERE ");
        if (e.Schedules is { } operand)
        {
            var schedule = $"c{++_aliases}";
            sql.Append($"t.schedule_id IN (SELECT {schedule}.id FROM resource {schedule} WHERE ");
            WriteCurrent(schedule, ["Schedule"], operand, ResourceScope.Both);
            sql.Append(")");
        }
        else
        {
            sql.In("t.schedule_id", e.ScheduleIds);
        }
        WriteStarts(e.Starts, "t");
        if (!e.Statuses.IsEmpty)
            sql.Append($" AND t.status IN ({string.Join(", ", e.Statuses)})");
    }

    private void WriteAppointmentRange(AppointmentRangeExpression e)
    {
        sql.Append("SELECT t.resource_key FROM appointment_actor t WHERE ").In("t.actor", e.Actors);
        WriteStarts(e.Starts, "t");
    }

    /// <summary>A condition on a row <c>i</c> of the index of dates.</summary>
    public static void WriteInstants(SqlText sql, InstantRangeExpression e)
    {
        sql.Append($"i.parameter = {e.Parameter.Key}")
            .Append(sql.Dialect.Leading(IndexTable.Date, "i"));
        foreach (var date in e.Dates)
        {
            sql.DateBound(date.Prefix, "i.start_us", date.Start, date.End, SchedulingRewriter.LongestInstant);
            LeafSql.Condition(sql, date);
        }
    }

    private void WriteStarts(ImmutableArray<DateExpression> starts, string alias)
    {
        foreach (var date in starts)
        {
            sql.Append(" AND ").Date(
                date.Prefix, $"{alias}.start_us", $"{alias}.start_until_us", date.Start, date.End);
            sql.DateBound(date.Prefix, $"{alias}.start_us", date.Start, date.End, SchedulingRewriter.LongestInstant);
        }
    }
}
