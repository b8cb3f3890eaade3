using Ajanvaraus.Fhir.Persistence.PostgreSql;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Persistence.Tests;

public sealed class PlanModeTests
{
    [DatabaseTheory]
    [InlineData(DatabaseEngine.PostgreSql, "", "force_generic_plan")]
    [InlineData(DatabaseEngine.PostgreSql, ";Options=-c work_mem=8MB", "force_generic_plan")]
    [InlineData(DatabaseEngine.PostgreSql, ";Options=-c plan_cache_mode=auto", "auto")]
    public async Task PostgreSQL_keeps_one_plan_for_each_statement_unless_it_is_told_otherwise(
        DatabaseEngine engine, string options, string mode)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var store = await PostgreSqlStore.OpenAsync(database.ConnectionString + options, TimeProvider.System);

        // The second connection is one that was given back, and reset.
        for (var use = 0; use < 2; use++)
        {
            var set = await store.WriteAsync<string>(
                async session => (await session.Channel.FirstAsync("SHOW plan_cache_mode", row => row.GetString(0)))!, default);

            set.Value.Should().Be(mode);
        }
    }
}
