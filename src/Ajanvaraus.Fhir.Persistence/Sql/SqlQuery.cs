namespace Ajanvaraus.Fhir.Persistence.Sql;

/// <summary>A query that may go to the database together with others: none of them waits for what another gives.</summary>
public abstract class SqlQuery(string sql, object?[] arguments)
{
    public string Sql => sql;

    public object?[] Arguments => arguments;

    /// <summary>Takes the row that stands.</summary>
    internal abstract void Take(SqlRow row);

    /// <summary>Runs it alone.</summary>
    internal abstract ValueTask RunAsync(SqlChannel channel);
}

/// <inheritdoc/>
/// <param name="sql">The statement.</param>
/// <param name="map">Of each row.</param>
/// <param name="arguments">In their order.</param>
public sealed class SqlQuery<T>(string sql, Func<SqlRow, T> map, params object?[] arguments) : SqlQuery(sql, arguments)
{
    /// <summary>What was found, when it has run.</summary>
    public List<T> Rows { get; private set; } = [];

    internal override void Take(SqlRow row) => Rows.Add(map(row));

    internal override async ValueTask RunAsync(SqlChannel channel) => Rows = await channel.QueryAsync(Sql, map, Arguments);
}
