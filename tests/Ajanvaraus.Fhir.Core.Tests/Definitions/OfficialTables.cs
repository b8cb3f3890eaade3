using System.Text.Json;

namespace Ajanvaraus.Fhir.Core.Tests.Definitions;

/// <summary>R4 4.0.1 as published, as tables beside the checkout: <c>shared/data/r4-official</c>.</summary>
internal static class OfficialTables
{
    public static string? Folder { get; } = Find();

    public static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder!, file)));
        return document.RootElement.Clone();
    }

    private static string? Find()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && root.GetFiles("*.sln").Length == 0)
            root = root.Parent;
        return new[] { root?.Parent, root?.Parent?.Parent }
            .Select(beside => beside is null ? "" : Path.Combine(beside.FullName, "shared", "data", "r4-official"))
            .FirstOrDefault(Directory.Exists);
    }
}

/// <summary>A test that needs the official tables; shown as skipped where they are absent.</summary>
internal sealed class OfficialFactAttribute : FactAttribute
{
    public OfficialFactAttribute()
    {
        if (OfficialTables.Folder is null)
            Skip = "shared/data/r4-official is not beside the checkout";
    }
}
