using System.Collections.Immutable;
using System.Reflection;

using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Ajanvaraus.Fhir.Testing;

/// <summary>Which databases this machine can run the tests on.</summary>
public static class TestDatabases
{
    /// <summary>Names the connection string of a PostgreSQL server where databases may be made and dropped.</summary>
    public const string PostgresVariable = "AJANVARAUS_TEST_POSTGRES";

    /// <summary>Names the connection string of a SQL Server where databases may be made and dropped, with its full text feature.</summary>
    public const string SqlServerVariable = "AJANVARAUS_TEST_SQLSERVER";

    /// <summary>Those that tests have rows of: few have a SQL Server, so without one nothing but one skipped test tells of it.</summary>
    public static ImmutableArray<DatabaseEngine> Asked { get; } = IsSet(SqlServerVariable)
        ? [DatabaseEngine.Sqlite, DatabaseEngine.PostgreSql, DatabaseEngine.SqlServer]
        : [DatabaseEngine.Sqlite, DatabaseEngine.PostgreSql];

    /// <summary>Why rows of that engine cannot run; null when they can.</summary>
    public static string? SkipReason(DatabaseEngine engine) => engine switch
    {
        DatabaseEngine.PostgreSql when !IsSet(PostgresVariable) => $"PostgreSQL: {PostgresVariable} names no server",
        DatabaseEngine.SqlServer when !IsSet(SqlServerVariable) => $"SQL Server: {SqlServerVariable} names no server",
        _ => null,
    };

    /// <summary>As the reports call it.</summary>
    public static string NameOf(DatabaseEngine engine) => engine switch
    {
        DatabaseEngine.Sqlite => "SQLite",
        DatabaseEngine.PostgreSql => "PostgreSQL",
        _ => "SQL Server",
    };

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}

/// <summary>A theory whose first argument is a <see cref="DatabaseEngine"/>; more may be.</summary>
/// <remarks>
/// The row of an engine that is not configured shows as skipped, with its name. Rows come from
/// <see cref="EachDatabaseAttribute"/> or any other data attribute:
/// <code>
/// [DatabaseTheory, EachDatabase]
/// public async Task Read_of_a_written_resource_returns_it(DatabaseEngine engine)
/// {
///     await using var database = await TestDatabase.CreateAsync(engine);
/// </code>
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Ajanvaraus.Fhir.Testing.DatabaseTheoryDiscoverer", "Ajanvaraus.Fhir.Testing")]
public sealed class DatabaseTheoryAttribute : TheoryAttribute;

/// <summary>One row per engine, each followed by the given values.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class EachDatabaseAttribute(params object[] values) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        TestDatabases.Asked.Select(engine => (object[])[engine, .. values]);
}

/// <summary>One row per engine for each row of a static property of the test's class.</summary>
/// <param name="rows">The property's name; its rows come as those of a <c>TheoryData</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachDatabaseOfAttribute(string rows) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        var property = testMethod.DeclaringType!.GetProperty(rows, BindingFlags.Static | BindingFlags.Public)
            ?? throw new ArgumentException($"{testMethod.DeclaringType} has no public static property {rows}");
        var given = ((IEnumerable<object[]>)property.GetValue(null)!).ToList();
        return TestDatabases.Asked
            .SelectMany(engine => given.Select(row => (object[])[engine, .. row]));
    }
}

/// <summary>Makes the test cases of a <see cref="DatabaseTheoryAttribute"/>; called by the test framework.</summary>
public sealed class DatabaseTheoryDiscoverer(IMessageSink diagnostics) : TheoryDiscoverer(diagnostics)
{
    protected override IEnumerable<IXunitTestCase> CreateTestCasesForDataRow(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute,
        object[] dataRow) =>
        dataRow.OfType<DatabaseEngine>().Select(TestDatabases.SkipReason).FirstOrDefault(r => r is not null) is { } reason
            ? CreateTestCasesForSkippedDataRow(discoveryOptions, testMethod, theoryAttribute, dataRow, reason)
            : base.CreateTestCasesForDataRow(discoveryOptions, testMethod, theoryAttribute, dataRow);
}
