using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Persistence.PostgreSql;
using Ajanvaraus.Fhir.Persistence.Sqlite;
using Ajanvaraus.Fhir.Persistence.SqlServer;

namespace Ajanvaraus.Fhir.Server;

/// <summary>Opens the database that an option names.</summary>
public static class Database
{
    /// <param name="option"><c>sqlite:PATH</c>, <c>postgres:CONNECTION</c> or <c>sqlserver:CONNECTION</c>.</param>
    /// <exception cref="StorageNotReadyException">The option names no database, or it cannot be served from.</exception>
    public static Task<ResourceStore> OpenAsync(string option, TimeProvider clock, CancellationToken cancel)
    {
        var colon = option.IndexOf(':');
        var (kind, rest) = colon < 0 ? ("sqlite", option) : (option[..colon], option[(colon + 1)..]);
        return kind switch
        {
            "sqlite" => SqliteStore.OpenAsync(rest, clock, cancel),
            "postgres" => PostgreSqlStore.OpenAsync(rest, clock, cancel),
            "sqlserver" => SqlServerStore.OpenAsync(rest, clock, cancel),
            _ => throw new StorageNotReadyException(
                "The database is named sqlite:PATH, postgres:CONNECTION or sqlserver:CONNECTION."),
        };
    }
}
