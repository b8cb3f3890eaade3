using Ajanvaraus.Fhir.Testing;

using Npgsql;

namespace Ajanvaraus.Fhir.Architecture.Tests.Testing;

public sealed class TestDatabaseTests
{
    [DatabaseTheory, EachDatabase]
    public async Task Database_of_a_test_is_its_own(DatabaseEngine engine)
    {
        await using var one = await TestDatabase.CreateAsync(engine);

        await using var other = await TestDatabase.CreateAsync(engine);

        other.ConnectionString.Should().NotBe(one.ConnectionString);
        other.Option.Should().StartWith(engine == DatabaseEngine.Sqlite ? "sqlite:" : "postgres:");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Database_after_its_test_is_gone(DatabaseEngine engine)
    {
        var database = await TestDatabase.CreateAsync(engine);
        if (engine == DatabaseEngine.Sqlite)
            await File.WriteAllTextAsync(database.FilePath!, "");
        var existed = await ExistsAsync(database);

        await database.DisposeAsync();

        existed.Should().BeTrue();
        (await ExistsAsync(database)).Should().BeFalse();
    }

    private static async Task<bool> ExistsAsync(TestDatabase database)
    {
        if (database.Engine == DatabaseEngine.Sqlite)
            return File.Exists(database.FilePath);
        try
        {
            await using var connection = new NpgsqlConnection(database.ConnectionString);
            await connection.OpenAsync();
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return false;
        }
    }
}
