using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Patch;

/// <summary>A JSON Patch, read and checked; immutable, to be applied any number of times.</summary>
/// <remarks>
/// <para>Works on the JSON text: what no operation touches keeps its text (<c>1.50</c> stays <c>1.50</c>).</para>
/// <para>Errors name the operation by its place, from 0, with a JSON Pointer into the patch as diagnostics: what is no
/// patch is <see cref="ProblemKind.Invalid"/>, what cannot be applied <see cref="ProblemKind.Unprocessable"/>.</para>
/// <para>Source: RFC 6902.</para>
/// </remarks>
public sealed class JsonPatch
{
    public const int MaxOperations = 1000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ImmutableArray<JsonPatchOperation> _operations;

    private JsonPatch(ImmutableArray<JsonPatchOperation> operations) => _operations = operations;

    public static Outcome<JsonPatch> Parse(ReadOnlySpan<byte> utf8)
    {
        if (ReadArray(utf8) is not { Count: <= MaxOperations } array)
            return PatchMessages.NotAPatch.As(ProblemKind.Invalid, null, $"{MaxOperations}");
        var operations = ImmutableArray.CreateBuilder<JsonPatchOperation>(array.Count);
        for (var i = 0; i < array.Count; i++)
        {
            var operation = JsonPatchOperation.Read(array[i], i);
            if (operation.Failed)
                return operation.Problem;
            operations.Add(operation.Value);
        }
        return new JsonPatch(operations.MoveToImmutable());
    }

    /// <summary>The document after all operations, or the first that cannot be done.</summary>
    /// <param name="json">A sound JSON document.</param>
    public Outcome<byte[]> Apply(ReadOnlySpan<byte> json)
    {
        var document = new PatchedDocument(JsonNode.Parse(json));
        foreach (var operation in _operations)
            if (document.Do(operation) is { } problem)
                return problem;
        var output = new ArrayBufferWriter<byte>(json.Length + 256);
        using (var writer = new Utf8JsonWriter(output, Plain))
        {
            if (document.Root is { } root)
                root.WriteTo(writer);
            else
                writer.WriteNullValue();
        }
        return output.WrittenSpan.ToArray();
    }

    private static JsonArray? ReadArray(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
            return null;
        try
        {
            var array = JsonNode.Parse(utf8, documentOptions: Strict) as JsonArray;
            Touch(array);
            return array;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // An escape that is half a surrogate pair: told only when the text is taken out.
            return null;
        }
    }

    /// <summary>Takes every text out once, so that a malformed one is met here and nowhere later.</summary>
    private static void Touch(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (_, value) in members)
                    Touch(value);
                break;
            case JsonArray items:
                foreach (var item in items)
                    Touch(item);
                break;
            case JsonValue value:
                _ = value.TryGetValue<string>(out _);
                break;
        }
    }
}
