using System.Globalization;
using System.Text;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Persistence.PostgreSql;
using Ajanvaraus.Fhir.Persistence.Search;
using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Sqlite;
using Ajanvaraus.Fhir.Persistence.SqlServer;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Persistence.Tests.Search;

/// <summary>The SQL of searches as reviewed in <c>Golden/Sql</c>: one file per kind of search and database.</summary>
public sealed class SqlTextTests
{
    private static readonly SearchParameterRegistry Registry = new(R4.Definitions);

    private static readonly Dictionary<string, string[]> Searches = new()
    {
        ["token"] =
        [
            "Patient?identifier=urn:a|1", "Patient?identifier=1", "Patient?identifier=urn:a|", "Patient?identifier=|1",
            "Patient?gender:not=male", "Observation?code:text=verenpaine", "Patient?gender:missing=true",
        ],
        ["string"] =
        [
            "Patient?family=virt", "Patient?family:contains=100%", "Patient?family:exact=Virtanen", "Patient?family=a,b",
        ],
        ["date"] = [.. Prefixed("Patient?birthdate=", "1950-06")],
        ["number"] = [.. Prefixed("RiskAssessment?probability=", "0.5")],
        ["quantity"] =
        [
            .. Prefixed("Observation?value-quantity=", "5.4|http://unitsofmeasure.org|mg"),
            "Observation?value-quantity=5.4||mg",
        ],
        ["uri"] = ["ValueSet?url=http://v.example/a"],
        ["reference"] =
        [
            "Patient?general-practitioner=p", "Patient?general-practitioner=Practitioner/p",
            "Patient?organization=http://muu.example/Organization/1",
            "Patient?general-practitioner:identifier=urn:a|1",
        ],
        ["chain"] =
        [
            "Observation?subject:Patient.family=virt", "Slot?schedule.actor:Practitioner.name=virt",
            "Patient?_has:Observation:patient:status=final",
        ],
        ["composite"] =
        [
            "Observation?code-value-quantity=http://loinc.org|8480-6$gt140|http://unitsofmeasure.org|mm[Hg]",
            "Observation?code-value-string=1$virt", "Observation?code-value-date=1$ge2026",
            "MolecularSequence?chromosome-window-coordinate=1$gt2$lt9",
            "Observation?status=final&combo-code-value-concept=a|1$b|2",
        ],
        ["special"] =
        [
            "Location?near=60.17|24.94|5|km", "Patient?_content=anna virta*", "Patient?_text=\"kaksi sanaa\" NOT muu",
            "Observation?subject:text=virt",
        ],
        ["filter"] =
        [
            "Patient?_filter=family eq \"Virtanen\" or given ew \"a\"", "Patient?_filter=gender ne male and birthdate po 1950",
            "Observation?_filter=subject:Patient[gender eq female].name co \"pet\"",
        ],
        ["scheduling"] =
        [
            "Slot?schedule=s&start=ge2026-11-23&start=lt2026-11-24&status=free",
            "Slot?schedule.actor=Practitioner/p&start=ge2026-11-23",
            "Slot?start=ge2026-11-23T09:00:00Z&start=lt2026-11-23T10:00:00Z&status=free",
            "Appointment?patient=p&date=ge2026-11-23", "Appointment?actor=Patient/p,Location/l&date=2026-11-23&status=booked",
        ],
        ["result"] =
        [
            "Patient?_id=a,b", "Patient?_lastUpdated=ge2026-11-23", "Patient?_sort=birthdate,-family",
            "Patient?_sort=-_lastUpdated",
            "Patient?gender=male&family=virt&birthdate=ge1950",
        ],
    };

    public static TheoryData<string, string> Files()
    {
        var rows = new TheoryData<string, string>();
        foreach (var dialect in Dialects)
            foreach (var kind in Searches.Keys)
                rows.Add(dialect.Name, kind);
        return rows;
    }

    [Theory, MemberData(nameof(Files))]
    public void Search_makes_the_reviewed_statement(string database, string kind)
    {
        var dialect = Dialects.Single(d => d.Name == database);
        var text = new StringBuilder();

        foreach (var search in Searches[kind])
            text.Append($"-- {search}\n").Append(Statement(dialect, Parse(search), null)).Append("\n\n");
        if (kind == "result")
            text.Append(Later(dialect));

        Golden.Match($"Sql/{database.Replace(" ", "")}/{kind}.sql", text.ToString());
    }

    /// <summary>Following pages and the total.</summary>
    private static string Later(SqlDialect dialect)
    {
        var plain = Parse("Patient?gender=male");
        var sorted = Parse("Patient?_sort=birthdate,-_lastUpdated");
        return $"""
            -- Patient?gender=male, page after key 5
            {Statement(dialect, plain, new PageCursor(9, 0, 5, []))}

            -- Patient?_sort=birthdate,-_lastUpdated, page after (100, 200) and key 5
            {Statement(dialect, sorted, new PageCursor(9, 12, 5, [100L, 200L]))}

            -- Patient?_sort=birthdate,-_lastUpdated, page after one without birth date
            {Statement(dialect, sorted, new PageCursor(9, 12, 5, [null, 200L]))}

            -- Slot?start=ge2026-11-23&start=lt2026-11-24, page after (100, 200) and key 5
            {Statement(dialect, Parse("Slot?start=ge2026-11-23&start=lt2026-11-24"), new PageCursor(9, 0, 5, [100L, 200L]))}

            -- Patient?gender=male, total
            {Shown(SearchStatement.Total(dialect, plain, null))}
            """;
    }

    private static IEnumerable<SqlDialect> Dialects => [new SqliteDialect(), new PostgreSqlDialect(), new SqlServerDialect()];

    private static IEnumerable<string> Prefixed(string name, string value) =>
        ((string[])["", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"]).Select(prefix => name + prefix + value);

    private static string Statement(SqlDialect dialect, SearchQuery query, PageCursor? after) =>
        Shown(SearchStatement.Page(dialect, query, SortColumn.Of(dialect, query), after));

    private static string Shown(SqlText sql) =>
        $"{sql.Text}\n-- {string.Join(", ", sql.Arguments.Select(Shown))}";

    private static string? Shown(object? argument) =>
        argument is string[] list ? string.Join("+", list) : Convert.ToString(argument, CultureInfo.InvariantCulture);

    private static SearchQuery Parse(string search)
    {
        var parts = search.Split('?');
        var settings = new SearchSettings { Clock = new FakeClock("2026-11-22T08:00:00Z") };
        return new SearchQueryParser(Registry, settings).Parse(
            [parts[0]],
            [.. parts[1].Split('&').Select(p => KeyValuePair.Create(p[..p.IndexOf('=')], p[(p.IndexOf('=') + 1)..]))]).Value!;
    }
}
