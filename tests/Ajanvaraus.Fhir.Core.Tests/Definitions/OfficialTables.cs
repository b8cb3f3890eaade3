using System.Text.Json;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Definitions;

/// <summary>R4 4.0.1 as published, as tables beside the checkout.</summary>
internal static class OfficialTables
{
    public const string Folder = "r4-official";

    public static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Find(Folder, file)));
        return document.RootElement.Clone();
    }
}
