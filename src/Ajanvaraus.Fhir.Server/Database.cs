using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Persistence.Identities;
using Ajanvaraus.Fhir.Persistence.PostgreSql;
using Ajanvaraus.Fhir.Persistence.Sqlite;
using Ajanvaraus.Fhir.Persistence.SqlServer;
using Ajanvaraus.Fhir.Server.Rezoning;

namespace Ajanvaraus.Fhir.Server;

/// <summary>Opens the database that an option names.</summary>
public static class Database
{
    /// <param name="option"><c>sqlite:PATH</c>, <c>postgres:CONNECTION</c> or <c>sqlserver:CONNECTION</c>.</param>
    /// <exception cref="StorageNotReadyException">The option names no database, or it cannot be served from.</exception>
    /// <param name="identities">By what personal identity codes are hidden in it; null: by nothing.</param>
    /// <param name="isToBeFilled">All that it will hold is brought from elsewhere, its rules of time zones too.</param>
    public static async Task<ResourceStore> OpenAsync(
        string option, TimeProvider clock, CancellationToken cancel, IdentityKeys? identities = null, bool isToBeFilled = false)
    {
        var store = await (Split(option) switch
        {
            ("sqlite", var path) => SqliteStore.OpenAsync(path, clock, cancel),
            ("postgres", var connection) => PostgreSqlStore.OpenAsync(connection, clock, cancel),
            ("sqlserver", var connection) => SqlServerStore.OpenAsync(connection, clock, cancel),
            _ => throw Unknown(),
        });
        store.Identities = identities ?? IdentityKeys.None;
        if (!isToBeFilled)
            await DatabaseZones.KeepAsync(store, cancel);
        await DatabaseZones.AdoptAsync(store, cancel);
        return store;
    }

    /// <summary>As it is, also beside a process that serves from it; nothing is made, upgraded or written.</summary>
    /// <exception cref="StorageNotReadyException">There is no such database, or it is not up to date.</exception>
    public static async Task<ResourceStore> OpenForReadingAsync(
        string option, TimeProvider clock, CancellationToken cancel, IdentityKeys? identities = null)
    {
        var store = await (Split(option) switch
        {
            ("sqlite", var path) => SqliteStore.OpenForReadingAsync(path, clock, cancel),
            ("postgres", var connection) => PostgreSqlStore.OpenForReadingAsync(connection, clock, cancel),
            ("sqlserver", var connection) => SqlServerStore.OpenForReadingAsync(connection, clock, cancel),
            _ => throw Unknown(),
        });
        store.Identities = identities ?? IdentityKeys.None;
        await DatabaseZones.AdoptAsync(store, cancel);
        return store;
    }

    /// <summary>The file of an SQLite database; null for a database server.</summary>
    public static string? FileOf(string option) => Split(option) is ("sqlite", var path) ? path : null;

    private static (string Kind, string Address) Split(string option)
    {
        var colon = option.IndexOf(':');
        return colon < 0 ? ("sqlite", option) : (option[..colon], option[(colon + 1)..]);
    }

    private static StorageNotReadyException Unknown() =>
        new("The database is named sqlite:PATH, postgres:CONNECTION or sqlserver:CONNECTION.");
}
