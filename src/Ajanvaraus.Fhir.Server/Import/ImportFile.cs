using System.IO.Compression;
using System.Text;
using System.Text.Json;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Import;

/// <summary>A resource to import, or why there is none.</summary>
/// <param name="Place">File and line, or file and Bundle entry, for people.</param>
public sealed record ImportItem(string Place, Outcome<ElementNode> Resource);

/// <summary>A file of resources: a line each (NDJSON), or one JSON resource or Bundle; either may be gzipped.</summary>
/// <remarks>
/// The entries of a collection, searchset, batch or transaction are resources to import; any other Bundle is itself one.
/// </remarks>
internal sealed class ImportFile(string path, string name, int mostBytes)
{
    private static readonly string[] LineEndings = [".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz"];

    private static readonly string[] ListTypes = ["collection", "searchset", "batch", "transaction"];

    private bool? _hasLines;

    /// <summary>A bit for each stage that the file has resources of; known after a first reading.</summary>
    private int? _stages;

    /// <summary>The resources of one stage; what cannot be read is told in the first.</summary>
    public IEnumerable<ImportItem> Read(ImportStage stage)
    {
        if (_stages is { } known && (known & stage.Bit) == 0)
            yield break;
        var seen = 0;
        foreach (var item in HasLines() ? Lines(stage, s => seen |= s.Bit) : Document(stage, s => seen |= s.Bit))
            yield return item;
        _stages = seen;
    }

    /// <summary>Text lines are a resource each when the name says so, or when the first line is a whole JSON object and more follow.</summary>
    private bool HasLines()
    {
        if (_hasLines is { } known)
            return known;
        if (LineEndings.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
            return (_hasLines = true).Value;
        using var content = Open();
        var lines = new LineReader(content, mostBytes);
        var isObject = false;
        while (!isObject && lines.Read())
            if (!IsBlank(lines.Line.Span) && !(isObject = IsObject(lines.Line.Span)))
                break;
        var more = false;
        while (isObject && !more && lines.Read())
            more = !IsBlank(lines.Line.Span);
        return (_hasLines = isObject && more).Value;
    }

    private IEnumerable<ImportItem> Lines(ImportStage stage, Action<ImportStage> seen)
    {
        using var content = Open();
        var lines = new LineReader(content, mostBytes);
        while (lines.Read())
        {
            if (lines.IsTooLong)
            {
                if (stage.IsFirst)
                    yield return new ImportItem($"{name}:{lines.Number}", TooLong());
                continue;
            }
            var line = lines.Number == 1 ? WithoutMark(lines.Line) : lines.Line;
            if (IsBlank(line.Span))
                continue;
            var own = ImportStage.Of(TypeOf(line.Span));
            seen(own);
            if (own == stage)
                yield return new ImportItem($"{name}:{lines.Number}", Parse(line.Span));
        }
    }

    private IEnumerable<ImportItem> Document(ImportStage stage, Action<ImportStage> seen)
    {
        using var content = Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        var parsed = Parse(WithoutMark(bytes.GetBuffer().AsMemory(0, (int)bytes.Length)).Span);
        var items = parsed is { Failed: false, Value: var root } && IsList(root)
            ? root.All("entry").Select(Entry)
            : [new ImportItem(name, parsed)];
        foreach (var item in items.OfType<ImportItem>())
        {
            var own = item.Resource.Failed ? ImportStage.First : ImportStage.Of(item.Resource.Value.Type.Name);
            seen(own);
            if (own == stage)
                yield return item;
        }
    }

    /// <summary>Null for what a search says about itself.</summary>
    private ImportItem? Entry(ElementNode entry, int index)
    {
        if (entry["search"]?.Text("mode") == "outcome")
            return null;
        var place = $"{name}:entry[{index}]";
        return entry["resource"] is { } resource
            ? new ImportItem(place, resource.At(null))
            : new ImportItem(place, CommandMessages.NoResourceInEntry.As(ProblemKind.Invalid));
    }

    private static bool IsList(ElementNode root) =>
        root.Type.Name == "Bundle" && ListTypes.Contains(root.Text("type"));

    private static Outcome<ElementNode> Parse(ReadOnlySpan<byte> json)
    {
        var parsed = FhirJson.Parse(json);
        return parsed is { HasErrors: false, Resource: { } resource }
            ? resource
            : new Problem(ProblemKind.Invalid, parsed.Issues);
    }

    private Problem TooLong() => CommandMessages.TooLong.As(ProblemKind.TooLarge, null, $"{mostBytes}");

    /// <summary>The value of <c>resourceType</c>; empty where none is found.</summary>
    private static string TypeOf(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isType = reader.ValueTextEquals("resourceType"u8);
                reader.Read();
                if (isType)
                    return reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // The reader of resources says what is wrong with it.
        }
        return "";
    }

    private static bool IsObject(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \t\r"u8).IsEmpty;

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> text) =>
        text.Span.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text;

    private Stream Open()
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
