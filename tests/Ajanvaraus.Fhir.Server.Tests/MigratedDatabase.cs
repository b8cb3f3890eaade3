namespace Ajanvaraus.Fhir.Server.Tests;

/// <summary>Databases that a server has opened once, with all tables and nothing in them.</summary>
internal static class MigratedDatabase
{
    private static readonly DatabaseTemplate Template = new(async database =>
    {
        await using var store = await Database.OpenAsync(database.Option, TimeProvider.System, CancellationToken.None);
    });

    public static Task<TestDatabase> CreateAsync(DatabaseEngine engine) => Template.CopyAsync(engine);
}
