using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Persistence.Sql;

using Microsoft.EntityFrameworkCore;

namespace Ajanvaraus.Fhir.Persistence.Model;

/// <summary>Brings a database to the newest tables, and tells whether it still has them.</summary>
public static class DatabaseMigration
{
    /// <returns>The id of the newest migration.</returns>
    public static async Task<string> RunAsync(FhirDbContext context, CancellationToken cancellation)
    {
        await context.Database.MigrateAsync(cancellation);
        return context.Database.GetMigrations().Last();
    }

    /// <exception cref="StorageNotReadyException">Another version of the server has migrated the database.</exception>
    public static async ValueTask CheckAsync(SqlChannel channel, string latestMigration)
    {
        var migration = await channel.FirstAsync(
            """SELECT MAX("MigrationId") FROM "__EFMigrationsHistory" """, r => r.GetString(0));
        if (migration != latestMigration)
            throw new StorageNotReadyException($"The database is at {migration}: run migrate.")
            {
                Reason = "not-migrated",
            };
    }
}
