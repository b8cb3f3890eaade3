using System.Data.Common;

using Ajanvaraus.Fhir.Testing;

using Microsoft.Data.SqlClient;

using Npgsql;

namespace Ajanvaraus.Fhir.Architecture.Tests.Testing;

public sealed class TestDatabaseTests
{
    /// <summary>Cannot open database requested by the login.</summary>
    private const int NoSuchDatabase = 4060;

    [DatabaseTheory, EachDatabase]
    public async Task Database_of_a_test_is_its_own(DatabaseEngine engine)
    {
        await using var one = await TestDatabase.CreateAsync(engine);

        await using var other = await TestDatabase.CreateAsync(engine);

        other.ConnectionString.Should().NotBe(one.ConnectionString);
        other.Option.Should().StartWith(engine.ToString()[..6].ToLowerInvariant());
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
            await using var connection = await database.OpenConnectionAsync();
            return true;
        }
        catch (DbException e) when (e is PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } or SqlException { Number: NoSuchDatabase })
        {
            return false;
        }
    }
}
