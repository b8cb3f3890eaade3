using System.Collections.Immutable;

namespace Ajanvaraus.Fhir.Persistence.Sqlite;

/// <summary>The full text index, which learns of new and removed rows together, at the end of each group of writes.</summary>
/// <remarks>
/// FTS5 writes what it has gathered at every savepoint: with one for each piece of a group that would be a piece of index for each, which
/// others have to be merged with later. So triggers only note the rows, and <see cref="Settle"/> tells the index of them.
/// </remarks>
internal static class SqliteTexts
{
    /// <summary>In every statement that asks the index.</summary>
    public const string Table = "index_text_fts";

    /// <summary>Whether there is something to settle.</summary>
    public const string IsPending = "SELECT 1 FROM index_text_pending LIMIT 1";

    /// <summary>One after another. What was never in the index is deleted from it without effect.</summary>
    public static readonly ImmutableArray<string> Settle =
    [
        $"DELETE FROM {Table} WHERE rowid IN (SELECT key FROM index_text_pending)",
        $"INSERT INTO {Table} (rowid, body) SELECT p.key, t.body FROM index_text_pending p "
            + "JOIN index_text t ON t.resource_key = p.key / 2 AND t.is_content = p.key % 2",
        "DELETE FROM index_text_pending",
    ];
}
