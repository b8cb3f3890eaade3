using System.Data.Common;
using System.Reflection;

using Microsoft.EntityFrameworkCore.Migrations;

namespace Ajanvaraus.Fhir.Persistence.Engine;

/// <summary>Tells whether a database is up to date without building EF's model: the usual start is quick.</summary>
public static class MigrationHistory
{
    /// <summary>Ids of the migrations in an assembly, in order.</summary>
    public static ImmutableArray<string> Of(Assembly migrations) =>
    [
        .. migrations.GetTypes().Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>True when exactly these have been applied; false also when it cannot be told.</summary>
    /// <remarks>Whatever is in the way (no database, no table, no connection) shows in the migration that follows.</remarks>
    public static async Task<bool> IsAsync(
        DbConnection connection, ImmutableArray<string> migrations, CancellationToken cancellation)
    {
        try
        {
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = """SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY "MigrationId" """;
            var applied = new List<string>();
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                applied.Add(reader.GetString(0));
            return applied.SequenceEqual(migrations);
        }
        catch (DbException)
        {
            return false;
        }
    }
}
