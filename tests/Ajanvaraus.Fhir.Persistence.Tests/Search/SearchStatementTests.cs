using System.Data.Common;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Persistence.Booking;
using Ajanvaraus.Fhir.Persistence.PostgreSql;
using Ajanvaraus.Fhir.Persistence.Search;
using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Sqlite;
using Ajanvaraus.Fhir.Persistence.SqlServer;
using Ajanvaraus.Fhir.Testing;

using Microsoft.Data.Sqlite;

using Npgsql;

using SQLitePCL;

namespace Ajanvaraus.Fhir.Persistence.Tests.Search;

/// <summary>What searches cost a database: how many statements, and by which plan.</summary>
public sealed class SearchStatementTests
{
    private static readonly SearchParameterRegistry Registry = new(R4.Definitions);
    private static readonly SearchIndexer Indexer = new(Registry);

    [DatabaseTheory]
    [EachDatabase("Slot?schedule.actor=Practitioner/p&_count=1000", 1)]
    [EachDatabase("Slot?schedule.actor=Practitioner/p&_count=1000&_sort=-start,status", 1)]
    [EachDatabase("Slot?_count=1000&_total=accurate&_text=hei", 2)]
    [EachDatabase("Slot?_count=1000&_include=Slot:schedule&_include:iterate=Schedule:actor", 5)]
    [EachDatabase("Schedule?_count=1000&_revinclude=Slot:schedule", 2)]
    public async Task Number_of_statements_does_not_grow_with_the_result(DatabaseEngine engine, string search, int most)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await using var connection = await test.Database.OpenConnectionAsync(canWrite: false);
        await AddAsync(test, 0, 3);
        var few = await CountAsync(connection, search);
        await AddAsync(test, 3, 60);

        var many = await CountAsync(connection, search);

        many.Rows.Should().BeGreaterThan(few.Rows);
        many.Statements.Should().Be(few.Statements).And.BeLessThanOrEqualTo(most);
    }

    /// <summary>A plan of SQLite names what it reads from end to end: <c>SCAN i</c>. (Of <c>r</c> the page itself is.)</summary>
    [Theory]
    [InlineData("Slot?schedule.actor=Practitioner/p&start=ge2026-11-23")]
    [InlineData("Slot?schedule.actor=Practitioner/p")]
    [InlineData("Patient?family=virt,makin")]
    [InlineData("Patient?general-practitioner=Practitioner/p,Practitioner/q")]
    [InlineData("Schedule?actor:Practitioner.name=virt")]
    [InlineData("Schedule?actor.name=virt")]
    [InlineData("Observation?combo-code-value-quantity=1$gt5")]
    [InlineData("Location?near=60.17|24.94|5")]
    [InlineData("Patient?_content=virt*")]
    public async Task Search_by_what_an_index_holds_reads_no_table_from_end_to_end(string search)
    {
        await using var test = await TestStore.OpenAsync(DatabaseEngine.Sqlite);

        var plan = await PlanAsync(test, Parse(search));

        plan.Should().Contain(step => step.StartsWith("SEARCH r USING"));
        plan.Should().NotContain(step => step.StartsWith("SCAN i") && !step.Contains("VIRTUAL") || step.StartsWith("SCAN c"));
    }

    /// <summary>What is tested row by row is looked up by the row: an index by value would be walked for every row.</summary>
    [Theory]
    [InlineData("Slot?status=free&start=ge2026-11-23")]
    [InlineData("Slot?service-type=x&start=ge2026-11-23&status:not=busy&_sort=-start,status")]
    [InlineData("Appointment?date=ge2026-11-23&service-type:missing=true&status=booked,pending")]
    [InlineData("Observation?status=final&date=ge2026&value-quantity=gt5&_sort=date,status")]
    public async Task Condition_on_a_row_is_looked_up_by_its_resource(string search)
    {
        await using var test = await TestStore.OpenAsync(DatabaseEngine.Sqlite);

        var plan = await PlanAsync(test, Parse(search));

        plan.Where(step => step.StartsWith("SEARCH i")).Should().NotBeEmpty()
            .And.OnlyContain(step => step.Contains("_resource (resource_key=? AND parameter=?)"));
    }

    [Theory]
    [InlineData("Slot?status=free&start=ge2026-11-23&start=lt2026-11-24")]
    [InlineData("Slot?status=free&start=2026-11-23")]
    [InlineData("Appointment?status=booked&date=ge2026-11-23&date=le2026-11-24")]
    public async Task Day_of_all_calendars_is_found_by_its_start(string search)
    {
        await using var test = await TestStore.OpenAsync(DatabaseEngine.Sqlite);

        var plan = await PlanAsync(test, Parse(search));

        plan.Should().Contain(step => step.Contains("ix_index_date (parameter=? AND start_us>? AND start_us<?)"));
        // The page is in the order of the index: what a busy hour has is not put in order first. Its own rows are, at its end.
        plan.Count(step => step.Contains("USE TEMP B-TREE")).Should().BeLessThanOrEqualTo(1);
        plan.TakeWhile(step => !step.Contains("SCAN r")).Should().NotContain(step => step.Contains("USE TEMP B-TREE"));
    }

    /// <summary>Fewer are found by the reference: then those are put in order, by the order of their making.</summary>
    [Fact]
    public void Search_by_what_leaves_fewer_keeps_the_order_of_making()
    {
        StartRange.Of(new SqliteDialect(), Parse("Appointment?date=ge2026-11-23&date=le2026-11-24&based-on=ServiceRequest/o&status=booked")).Should().BeNull();
        StartRange.Of(new SqliteDialect(), Parse("Appointment?date=ge2026-11-23&date=le2026-11-24&status=booked")).Should().NotBeNull();
        StartRange.Of(new SqliteDialect(), Parse("Appointment?date=ge2026-11-23&date=le2026-11-24&_sort=-date")).Should().BeNull();
        StartRange.Of(new SqliteDialect(), Parse("Slot?start=ge2026-11-23&status=free")).Should().BeNull();
        StartRange.Of(new PostgreSqlDialect(), Parse("Appointment?date=ge2026-11-23&date=le2026-11-24&status=booked")).Should().BeNull();
        StartRange.Of(new SqliteDialect(), new SearchQuery { ResourceTypes = ["Slot"], Expression = new AndExpression([]), Count = 1 }).Should().BeNull();
    }

    /// <summary>Not all tokens are in the index by value; the statement says so in the words of the index.</summary>
    [Theory]
    [InlineData("Patient?identifier=http://x|1")]
    [InlineData("Appointment?identifier=http://x|1")]
    [InlineData("Slot?schedule.identifier=http://x|1")]
    [InlineData("Appointment?patient:identifier=http://x|1")]
    public async Task Identifier_is_found_by_its_value(string search)
    {
        await using var test = await TestStore.OpenAsync(DatabaseEngine.Sqlite);

        var plan = await PlanAsync(test, Parse(search));

        plan.Should().Contain(step => step.Contains("ix_index_token (parameter=? AND code=? AND system=?"));
    }

    [Fact]
    public async Task Calendars_of_services_and_codes_are_found_by_the_index_of_tokens()
    {
        await using var test = await TestStore.OpenAsync(DatabaseEngine.Sqlite);
        await using var channel = new ReadingChannel(await test.Database.OpenConnectionAsync(canWrite: false), new SqliteDialect());
        var calendars = new CalendarSql(channel.Dialect);

        foreach (var (sql, arguments) in new (string, object[])[] { (calendars.ByServices, ["[]"]), (calendars.ByCodes, ["[]", 0L, 1L]) })
        {
            const int detail = 3;
            var plan = await channel.QueryAsync("EXPLAIN QUERY PLAN " + sql, row => row.GetString(detail)!, arguments);
            plan.Should().Contain(step => step.Contains("ix_index_token (parameter=? AND code=?"))
                .And.NotContain(step => step.Contains("ix_index_token (parameter=?)"))
                .And.NotContain(step => step.StartsWith("SCAN t") || step.StartsWith("SCAN st"));
        }
    }

    /// <summary>To plan a search costs SQLite as much as to answer it.</summary>
    [Fact]
    public async Task Search_with_other_values_is_not_planned_anew()
    {
        const int timesPlannedAnew = 5;
        await using var test = await TestStore.OpenAsync(DatabaseEngine.Sqlite);
        await AddAsync(test, 0, 3);
        await using var connection = (SqliteConnection)await test.Database.OpenConnectionAsync(canWrite: false);
        connection.Handle!.enable_sqlite3_next_stmt(true);
        var channel = new SqliteChannel(connection, new SqliteDialect(), new CountedKeys(0, 0));

        foreach (var id in new[] { "p", "q", "r" })
            await SearchReader.ReadAsync(channel, Parse($"Slot?schedule.actor=Practitioner/{id}&start=ge2026-11-23&status=free"), null);

        var statements = new List<sqlite3_stmt>();
        for (var next = raw.sqlite3_next_stmt(connection.Handle, null); next is not null;
            next = raw.sqlite3_next_stmt(connection.Handle, next))
            statements.Add(next);
        statements.Should().NotBeEmpty();
        statements.Should().OnlyContain(s => raw.sqlite3_stmt_status(s, timesPlannedAnew, 0) == 0);
    }

    [Fact]
    public async Task Compartment_of_all_types_is_one_look_at_the_index_of_references()
    {
        await using var test = await TestStore.OpenAsync(DatabaseEngine.Sqlite);
        var members = R4.Definitions.Compartment("Patient")!;
        var operands = members.SelectMany(type => type.Value.Select(code =>
            (SearchExpression)new ReferenceExpression(Registry.Find(type.Key, code)!, "Patient", "p"))).ToList();
        var query = new SearchQuery
        {
            ResourceTypes = [.. members.Keys], Count = 50, Expression = new OrExpression([.. operands]),
        };

        var plan = await PlanAsync(test, query);

        operands.Should().HaveCountGreaterThan(60);
        plan.Count(step => step.Contains("ix_index_reference")).Should().Be(1);
        plan.Should().Contain("SEARCH r USING INTEGER PRIMARY KEY (rowid=?)");
    }

    private static async Task AddAsync(TestStore test, int from, int to)
    {
        string[] all =
        [
            """{"resourceType":"Practitioner","id":"p"}""",
            .. Enumerable.Range(from, to - from).SelectMany(n => (string[])
            [
                $$"""{"resourceType":"Schedule","id":"s{{n}}","actor":[{"reference":"Practitioner/p"}]}""",
                $$"""
                {"resourceType":"Slot","id":"t{{n}}","schedule":{"reference":"Schedule/s{{n}}"},"status":"free",
                 "text":{"status":"generated","div":"<div>Hei</div>"},
                 "start":"2026-11-23T09:00:00Z","end":"2026-11-23T10:00:00Z"}
                """,
            ]),
        ];
        foreach (var json in all)
        {
            var node = TestStore.Prepared(json).Node;
            await test.PutAsync(new PreparedResource(node, Indexer.Index(node)));
        }
    }

    private static async Task<(int Statements, int Rows)> CountAsync(DbConnection connection, string search)
    {
        SqlDialect dialect = connection switch
        {
            SqliteConnection => new SqliteDialect(),
            NpgsqlConnection => new PostgreSqlDialect(),
            _ => new SqlServerDialect(),
        };
        var channel = new ReadingChannel(connection, dialect);
        var page = await SearchReader.ReadAsync(channel, Parse(search), cursor: null);
        return (channel.TakeStatements(), page.Matches.Length + page.Included.Length);
    }

    private static async Task<List<string>> PlanAsync(TestStore test, SearchQuery query)
    {
        await using var connection = await test.Database.OpenConnectionAsync(canWrite: false);
        var channel = new SqliteChannel((SqliteConnection)connection, new SqliteDialect(), new CountedKeys(0, 0));
        var page = SearchStatement.Page(channel.Dialect, query, SortColumn.Of(channel.Dialect, query), after: null);
        const int detail = 3;
        return await channel.QueryAsync("EXPLAIN QUERY PLAN " + page.Text, row => row.GetString(detail)!, page.Arguments);
    }

    private static SearchQuery Parse(string search)
    {
        var parts = search.Split('?', 2);
        var parameters = parts[1].Split('&').Select(p => p.Split('=', 2)).Select(p => KeyValuePair.Create(p[0], p[1]));
        return new SearchQueryParser(Registry, new SearchSettings()).Parse([parts[0]], [.. parameters]).Value!;
    }

    private sealed class ReadingChannel(DbConnection connection, SqlDialect dialect)
        : SqlChannel(connection, dialect, new CountedKeys(0, 0))
    {
        public override async ValueTask<List<T>> QueryAsync<T>(
            string sql, Func<SqlRow, T> map, params object?[] arguments)
        {
            var rows = new List<T>();
            await EachAsync(
                sql,
                row =>
                {
                    rows.Add(map(row));
                    return ValueTask.CompletedTask;
                },
                arguments);
            return rows;
        }

        public override async ValueTask<T?> FirstAsync<T>(string sql, Func<SqlRow, T> map, params object?[] arguments)
            where T : default => (await QueryAsync(sql, map, arguments)).FirstOrDefault();

        public override ValueTask<int> ExecuteAsync(string sql, params object?[] arguments) =>
            throw new InvalidOperationException("A search writes nothing.");

        public override ValueTask WriteAsync(string sql, params object?[] arguments) =>
            throw new InvalidOperationException("A search writes nothing.");
    }
}
