using Microsoft.Data.Sqlite;

using SQLitePCL;

namespace Ajanvaraus.Fhir.Persistence.Sqlite;

/// <summary>Folds the log into the file beside the writer: those who book do not wait while pages are copied and the disk is flushed.</summary>
/// <remarks>
/// The first passes run on a connection of its own while the writer goes on; the last, of what little came meanwhile, on the writer's between two
/// of its groups, so that all is folded and the next group begins the log anew. Passes never run at once, and none runs while the log may be begun
/// anew, which is where SQLite before 3.51.3 can lose pages (sqlite.org/wal.html#walresetbug); with such a one the writer does it all.
/// </remarks>
internal sealed class SqliteCheckpointer(SqliteConnection connection, SqliteConnection writer) : IAsyncDisposable
{
    /// <summary>12 MB: pages of the indexes are written by almost every booking, and what has been overwritten in the log need not be copied.</summary>
    public const int PagesToFold = 3000;

    /// <summary>So few are left to the writer.</summary>
    private const int PagesForWriter = 300;

    private const int MostPasses = 5;
    private const int Passive = 0;
    private const int OnlyTell = -1;

    private Task _passes = Task.CompletedTask;
    private bool _isRestLeft;

    /// <summary>The first without the fault of the log.</summary>
    public static readonly Version Safe = new(3, 51, 3);

    /// <summary>Called by the writer between two transactions.</summary>
    public void Look()
    {
        if (!_passes.IsCompleted)
            return;
        if (_isRestLeft)
        {
            _isRestLeft = false;
            Run(writer, Passive);
        }
        else if (Run(writer, OnlyTell) >= PagesToFold)
        {
            _isRestLeft = true;
            _passes = Task.Run(Fold);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _passes;
        await connection.DisposeAsync();
    }

    private void Fold()
    {
        for (var pass = 0; pass < MostPasses; pass++)
        {
            Run(connection, Passive);
            if (Run(connection, OnlyTell) < PagesForWriter)
                return;
        }
    }

    /// <returns>Pages in the log that are not in the file. A pass that fails, on a full disk say, leaves them there for the next.</returns>
    private static int Run(SqliteConnection connection, int mode)
    {
        _ = raw.sqlite3_wal_checkpoint_v2(connection.Handle, "main", mode, out var pages, out var folded);
        return pages - folded;
    }
}
