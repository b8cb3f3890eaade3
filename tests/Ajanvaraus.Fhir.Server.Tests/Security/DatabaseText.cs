using System.Data.Common;
using System.Globalization;
using System.Text;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>All that a database holds, as somebody who has its files sees it.</summary>
internal static class DatabaseText
{
    /// <summary>Of SQLite the bytes of all its files; of a database server every value of every table, binary ones byte by byte.</summary>
    public static Task<string> OfAsync(TestDatabase database) =>
        database.FilePath is { } path ? OfFilesAsync(path) : OfTablesAsync(database);

    private static async Task<string> OfFilesAsync(string path)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*"))
        {
            if (file.EndsWith(".lock", StringComparison.Ordinal))
                continue;
            await using var input = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(input, Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync());
        }
        return text.ToString();
    }

    private static async Task<string> OfTablesAsync(TestDatabase database)
    {
        await using var connection = await database.OpenConnectionAsync(canWrite: false);
        var tables = await ValuesAsync(
            connection, "SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema IN ('public', 'dbo')");
        var text = new StringBuilder();
        foreach (var table in tables)
            foreach (var value in await ValuesAsync(connection, $"SELECT * FROM \"{table}\""))
                text.AppendLine(value);
        return text.ToString();
    }

    private static async Task<List<string>> ValuesAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await reader.ReadAsync())
            for (var column = 0; column < reader.FieldCount; column++)
                values.Add(reader.GetValue(column) is byte[] bytes
                    ? Encoding.Latin1.GetString(bytes)
                    : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture) ?? "");
        return values;
    }
}
