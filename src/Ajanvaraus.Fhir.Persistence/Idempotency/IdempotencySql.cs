using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Idempotency;

/// <summary>The statements of the table of Idempotency-Keys.</summary>
internal sealed class IdempotencySql
{
    public IdempotencySql(SqlDialect dialect)
    {
        var p = dialect.Placeholder;
        const string table = "idempotency_key";
        Find = $"SELECT request_hash, created_us, versions, status, body FROM {table} WHERE key_hash = {p(1)}";
        Insert = $"INSERT INTO {table} (key_hash, request_hash, created_us, status, versions) "
            + $"VALUES ({p(1)}, {p(2)}, {p(3)}, 0, {p(4)})";
        Begin = $"INSERT INTO {table} (key_hash, request_hash, created_us, status) VALUES ({p(1)}, {p(2)}, {p(3)}, 0)";
        Answer = $"UPDATE {table} SET status = {p(1)}, body = {p(2)} WHERE key_hash = {p(3)}";
        Delete = $"DELETE FROM {table} WHERE key_hash = {p(1)}";
        DeleteBefore = $"DELETE FROM {table} WHERE created_us < {p(1)}";
    }

    public string Find { get; }

    public string Insert { get; }

    public string Begin { get; }

    public string Answer { get; }

    public string Delete { get; }

    public string DeleteBefore { get; }
}
