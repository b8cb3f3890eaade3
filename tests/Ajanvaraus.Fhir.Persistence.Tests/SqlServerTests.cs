using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Persistence.Tests;

public sealed class SqlServerTests
{
    /// <summary>Says by being skipped that nothing ran on SQL Server; with a server every storage test has a row of it besides.</summary>
    [DatabaseTheory]
    [InlineData(DatabaseEngine.SqlServer)]
    public async Task Resource_is_read_as_it_was_written(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);

        await test.PutAsync("""{"resourceType":"Patient","id":"p1","active":true}""");

        (await test.Store.ReadAsync("Patient", "p1", default))!.Json().Should().Contain("\"active\":true");
    }
}
