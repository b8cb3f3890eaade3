using System.Runtime.InteropServices;

namespace Ajanvaraus.Fhir.Persistence.Sqlite;

/// <summary>How SQLite takes memory for pages: one by one, as they are needed.</summary>
/// <remarks>
/// By itself it takes twenty at once (87 kB) for every table that it makes for the length of a statement, as for a list or a union.
/// With two of them in a statement the C library gives that back to the system each time, and the next has it zeroed anew: 30 µs a statement.
/// Source: https://sqlite.org/c3ref/c_config_covering_index_scan.html#sqliteconfigpagecache.
/// </remarks>
internal static class SqlitePages
{
    /// <summary>SQLITE_CONFIG_PAGECACHE.</summary>
    private const int PageCache = 7;

    /// <summary>Before the first database is opened. Where it cannot be said all works as well, only slower.</summary>
    public static void TakeOneByOne()
    {
        // On Apple's processors functions with any number of arguments are called in another way.
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
            _ = Configure(PageCache, 0, 0, 0);
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_config", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int Configure(int option, nint memory, int size, int pages);
}
