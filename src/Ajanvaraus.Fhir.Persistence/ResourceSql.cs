using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence;

/// <summary>All statements of one dialect, made once.</summary>
internal sealed class StoreSql(SqlDialect dialect)
{
    public SqlDialect Dialect => dialect;

    public ResourceSql Resources { get; } = new(dialect);

    public Writing.RowSql Rows { get; } = new(dialect);

    public Booking.BookingSql Booking { get; } = new(dialect);

    public Idempotency.IdempotencySql Idempotency { get; } = new(dialect);

    public Audit.AuditSql Audit { get; } = new(dialect);
}

/// <summary>The statements of reading and writing single resources.</summary>
internal sealed class ResourceSql
{
    private const string CurrentColumns = "r.resource_key, r.version, r.deleted, r.index_mask, r.version_key";

    public ResourceSql(SqlDialect dialect)
    {
        var p = dialect.Placeholder;
        const string from = "FROM resource r JOIN resource_version v ON v.version_key = r.version_key";
        Read = $"SELECT {StoredResourceReader.Columns} {from} WHERE r.type = {p(1)} AND r.id = {p(2)}";
        // The plus keeps SQLite, which knows no statistics, from walking all resources of the type.
        ReadMany = $"SELECT {StoredResourceReader.Columns} {from} WHERE r.type = {p(1)} AND +r.deleted = 0 AND "
            + dialect.InList("r.id", p(2), ColumnType.Text);
        ReadVersion = $"SELECT {StoredResourceReader.Columns} FROM resource r "
            + "JOIN resource_version v ON v.resource_key = r.resource_key "
            + $"WHERE r.type = {p(1)} AND r.id = {p(2)} AND v.version = {p(3)}";
        ReadVersions = $"SELECT {StoredResourceReader.Columns} FROM resource r "
            + "JOIN resource_version v ON v.resource_key = r.resource_key WHERE "
            + dialect.InList("v.resource_key", p(1), ColumnType.Long) + " AND "
            + dialect.InList("v.version", p(2), ColumnType.Long);
        Current = $"SELECT {CurrentColumns} FROM resource r{dialect.LockHint} "
            + $"WHERE r.type = {p(1)} AND r.id = {p(2)}{dialect.ForUpdate}";
        CurrentWithBody = $"SELECT {StoredResourceReader.Columns}, {CurrentColumns} {from} "
            + $"WHERE r.type = {p(1)} AND r.id = {p(2)}";
        Insert = "INSERT INTO resource (resource_key, type, id, version, version_key, last_updated, deleted, index_mask) "
            + $"VALUES ({p(1)}, {p(2)}, {p(3)}, 1, {p(4)}, {p(5)}, 0, {p(6)})";
        InsertContained =
            "INSERT INTO resource (resource_key, type, id, version, version_key, last_updated, deleted, index_mask) "
            + $"VALUES ({p(1)}, {p(2)}, {p(3)}, {p(4)}, {p(5)}, {p(6)}, {Writing.ContainedRows.Contained}, {p(7)})";
        DeleteContained = $"DELETE FROM resource WHERE resource_key = {p(1)}";
        Update = $"UPDATE resource SET version = {p(1)}, version_key = {p(2)}, last_updated = {p(3)}, "
            + $"index_mask = {p(4)} WHERE resource_key = {p(5)}";
        UpdateDeleted = $"UPDATE resource SET version = {p(1)}, version_key = {p(2)}, last_updated = {p(3)}, "
            + $"index_mask = {p(4)}, deleted = {p(6)} WHERE resource_key = {p(5)}";
        UpdateMask = $"UPDATE resource SET index_mask = {p(1)} WHERE resource_key = {p(2)}";
        ReviseVersion = $"UPDATE resource_version SET body = {p(1)} WHERE version_key = {p(2)}";
        ReviseOldVersion = $"UPDATE resource_version SET body = {p(1)} WHERE resource_key = {p(2)} AND version = {p(3)}";
        DeleteVersionsBefore = $"DELETE FROM resource_version WHERE resource_key = {p(1)} AND version < {p(2)}";
        Referring = "SELECT DISTINCT r.type, r.id FROM index_reference i JOIN resource r ON r.resource_key = i.resource_key "
            + $"WHERE i.target_type = {p(1)} AND i.target_id = {p(2)} AND r.deleted = 0 ORDER BY r.type, r.id";
        InsertVersion = "INSERT INTO resource_version "
            + "(version_key, resource_key, type, version, last_updated, method, body) "
            + $"VALUES ({p(1)}, {p(2)}, {p(3)}, {p(4)}, {p(5)}, {p(6)}, {p(7)})";
    }

    public string Read { get; }

    public string ReadMany { get; }

    public string ReadVersion { get; }

    /// <summary>Arguments: keys of resources; numbers of versions.</summary>
    public string ReadVersions { get; }

    /// <summary>Key, version, deleted, mask and key of the version of the current row, locked until the transaction ends.</summary>
    public string Current { get; }

    /// <summary>The columns of a <see cref="StoredResource"/>, then those of <see cref="Current"/>; locks nothing.</summary>
    public string CurrentWithBody { get; }

    public string Insert { get; }

    public string InsertContained { get; }

    public string DeleteContained { get; }

    /// <summary>For a resource that stays, or stays deleted: the index of what there is of a type is not touched.</summary>
    public string Update { get; }

    /// <summary>As <see cref="Update"/>, with one argument more.</summary>
    public string UpdateDeleted { get; }

    public string UpdateMask { get; }

    public string ReviseVersion { get; }

    public string ReviseOldVersion { get; }

    /// <summary>Arguments: key of a resource; number of the first version that stays.</summary>
    public string DeleteVersionsBefore { get; }

    /// <summary>Type and id of what refers to a resource. Arguments: its type and id.</summary>
    public string Referring { get; }

    public string InsertVersion { get; }
}
