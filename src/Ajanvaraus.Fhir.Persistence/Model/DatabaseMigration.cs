using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Persistence.Sql;

using Microsoft.EntityFrameworkCore;

namespace Ajanvaraus.Fhir.Persistence.Model;

/// <summary>Brings a database to the newest tables, and tells whether it still has them.</summary>
/// <remarks>
/// While servers are updated one after another, old and new share the tables: a migration only adds (expand), and what nobody
/// reads any more is taken away by a later version, in a migration whose name ends with <see cref="Contract"/>. ADR 0035.
/// </remarks>
public static class DatabaseMigration
{
    /// <returns>The id of the newest migration.</returns>
    public static async Task<string> RunAsync(FhirDbContext context, CancellationToken cancellation)
    {
        await context.Database.MigrateAsync(cancellation);
        return context.Database.GetMigrations().Last();
    }

    /// <summary>Ends the names of migrations after which older servers cannot go on.</summary>
    public const string Contract = "Contract";

    /// <exception cref="StorageNotReadyException">It is older than this server, or has gone on without it.</exception>
    public static async ValueTask CheckAsync(SqlChannel channel, string latestMigration) => Check(
        await channel.QueryAsync("""SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY "MigrationId" """, r => r.GetString(0)),
        latestMigration);

    /// <inheritdoc cref="CheckAsync"/>
    public static void Check(IReadOnlyList<string> applied, string latestMigration)
    {
        if (!applied.Contains(latestMigration))
            throw new StorageNotReadyException($"The database is at {(applied.Count == 0 ? "no version" : applied[^1])}: run migrate.")
            {
                Reason = "not-migrated",
            };
        if (applied.FirstOrDefault(id => string.CompareOrdinal(id, latestMigration) > 0 && id.EndsWith(Contract, StringComparison.Ordinal)) is { } newer)
            throw new StorageNotReadyException($"The database is at {newer}, which this version cannot share: update the server.")
            {
                Reason = "outdated",
            };
    }
}
