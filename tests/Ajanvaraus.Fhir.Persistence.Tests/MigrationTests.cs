using Ajanvaraus.Fhir.Persistence.Model;
using Ajanvaraus.Fhir.Persistence.PostgreSql;
using Ajanvaraus.Fhir.Persistence.Sqlite;
using Ajanvaraus.Fhir.Persistence.SqlServer;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ajanvaraus.Fhir.Persistence.Tests;

public sealed class MigrationTests
{
    public static TheoryData<string> Providers => ["SQLite", "PostgreSQL", "SQL Server"];

    [Theory]
    [MemberData(nameof(Providers))]
    public void Migrations_cover_the_whole_model(string provider)
    {
        using var context = Context(provider);

        context.Database.HasPendingModelChanges().Should().BeFalse();
        context.Database.GetMigrations().Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("SQLite", "RAISE(ABORT, 'claims of one seat overlap')")]
    [InlineData("PostgreSQL", "EXCLUDE USING gist (target WITH =, seat WITH =, int8range(start_us, end_us) WITH &&)")]
    [InlineData("PostgreSQL", "target character varying(128) COLLATE \"C\" NOT NULL")]
    [InlineData("SQL Server", "CREATE TRIGGER claim_no_overlap ON claim AFTER INSERT, UPDATE")]
    [InlineData("SQL Server", "[target] nvarchar(128) COLLATE Latin1_General_BIN2 NOT NULL")]
    [InlineData("SQL Server", "CREATE SEQUENCE [resource_key_seq]")]
    public void Script_holds_the_second_lock_and_compares_by_code_point(string provider, string expected)
    {
        using var context = Context(provider);

        var script = context.GetService<IMigrator>().GenerateScript();

        script.Should().Contain(expected);
    }

    [Fact]
    public void SqlServer_statements_use_its_own_forms()
    {
        var dialect = new SqlServerDialect();

        dialect.Placeholder(2).Should().Be("@p2");
        dialect.Limit("@p1").Should().Be("OFFSET 0 ROWS FETCH NEXT @p1 ROWS ONLY");
        dialect.InList("r.id", "@p1", Sql.ColumnType.Text).Should().Contain("OPENJSON(@p1)");
        dialect.NewKeys(2).Should().Contain("NEXT VALUE FOR resource_key_seq").And.Contain("(1), (2)");
    }

    private static FhirDbContext Context(string provider) => provider switch
    {
        "SQLite" => SqliteStore.Context("unused.db"),
        "PostgreSQL" => PostgreSqlStore.Context("Host=127.0.0.1;Database=unused"),
        _ => SqlServerStore.Context("Server=127.0.0.1;Database=unused"),
    };
}
