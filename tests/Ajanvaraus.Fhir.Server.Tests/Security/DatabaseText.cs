using System.Text;

using Npgsql;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>All that a database holds, as somebody who has its files sees it.</summary>
internal static class DatabaseText
{
    /// <summary>Of SQLite the bytes of all its files; of PostgreSQL every row of every table, binary columns as text too.</summary>
    /// <param name="option">As <c>--database</c> takes it.</param>
    public static async Task<string> OfAsync(string option) => Database.FileOf(option) is { } path
        ? await OfFilesAsync(path)
        : await OfTablesAsync(option["postgres:".Length..]);

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

    private static async Task<string> OfTablesAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var tables = await ValuesAsync(connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
        var text = new StringBuilder();
        foreach (var table in tables)
        {
            foreach (var row in await ValuesAsync(connection, $"SELECT t::text FROM \"{table}\" t"))
                text.AppendLine(row);
            foreach (var column in await ValuesAsync(
                connection, $"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' AND data_type = 'bytea'"))
                foreach (var value in await ValuesAsync(connection, $"SELECT encode({column}, 'escape') FROM \"{table}\" WHERE {column} IS NOT NULL"))
                    text.AppendLine(value);
        }
        return text.ToString();
    }

    private static async Task<List<string>> ValuesAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await reader.ReadAsync())
            values.Add(reader.GetString(0));
        return values;
    }
}
