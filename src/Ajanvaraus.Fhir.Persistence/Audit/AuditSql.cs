using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Audit;

/// <summary>The statements of the log.</summary>
internal sealed class AuditSql
{
    private const int ChainsOfManyWriters = 32;

    public AuditSql(SqlDialect dialect)
    {
        var p = dialect.Placeholder;
        Chains = dialect.LocksRows ? ChainsOfManyWriters : 1;
        AwaitChain = $"SELECT {SqlDialect.AuditEnd} FROM audit_chain{dialect.LockHint} WHERE chain = {p(1)}{dialect.ForUpdate}";
        Ends = $"SELECT {SqlDialect.AuditEnd}, mac FROM audit_chain ORDER BY chain";
        MoveEnd = $"UPDATE audit_chain SET seq = {p(1)}, hash = {p(2)}, mac = {p(3)} WHERE chain = {p(4)}";
        InsertChain = $"INSERT INTO audit_chain (chain, seq, hash, mac) VALUES ({p(1)}, 0, {p(2)}, {p(3)})";
        Secret = "SELECT secret FROM audit_secret";
        InsertSecret = $"INSERT INTO audit_secret (secret_id, secret) VALUES (1, {p(1)})";
        InsertEntry = "INSERT INTO audit_entry (chain, seq, recorded_us, hash, body) "
            + $"VALUES ({p(1)}, {p(2)}, {p(3)}, {p(4)}, {p(5)})";
        InsertLine = "INSERT INTO audit_line (chain, seq, line, recorded_us, client, entity, agent) "
            + $"VALUES ({p(1)}, {p(2)}, {p(3)}, {p(4)}, {p(5)}, {p(6)}, {p(7)})";
    }

    /// <summary>How many chains there are to be.</summary>
    public int Chains { get; }

    /// <summary>As <see cref="SqlDialect.FreeAuditChain"/>, of one chain, however long its holder needs.</summary>
    public string AwaitChain { get; }

    /// <summary>Chain, number and hash of its last entry, and the MAC over them.</summary>
    public string Ends { get; }

    public string MoveEnd { get; }

    public string InsertChain { get; }

    public string Secret { get; }

    public string InsertSecret { get; }

    public string InsertEntry { get; }

    public string InsertLine { get; }
}
