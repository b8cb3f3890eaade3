using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Json;

/// <summary>Writes an element tree as FHIR JSON: http://hl7.org/fhir/R4/json.html.</summary>
internal static class JsonResourceWriter
{
    // Text beyond ASCII is written as it is; the media type is never HTML.
    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonWriterOptions Pretty = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
    };

    private static readonly JsonEncodedText ResourceType = JsonEncodedText.Encode("resourceType");

    public static void Write(IBufferWriter<byte> output, ElementNode resource, bool pretty)
    {
        using var writer = new Utf8JsonWriter(output, pretty ? Pretty : Compact);
        WriteObject(writer, resource);
    }

    private static void WriteObject(Utf8JsonWriter writer, ElementNode node)
    {
        writer.WriteStartObject();
        if (node.IsResource)
            writer.WriteString(ResourceType, node.Type.Name);
        WriteChildren(writer, node.Children.AsSpan());
        writer.WriteEndObject();
    }

    private static void WriteChildren(Utf8JsonWriter writer, ReadOnlySpan<ElementNode> children)
    {
        for (var i = 0; i < children.Length;)
        {
            var property = children[i].Property!;
            var end = i + 1;
            while (end < children.Length && children[end].Property == property)
                end++;
            var run = children[i..end];
            if (property.Type.Kind == TypeKind.Primitive)
                WritePrimitives(writer, property, run);
            else
                WriteComplex(writer, property, run);
            i = end;
        }
    }

    private static void WriteComplex(Utf8JsonWriter writer, PropertySchema property, ReadOnlySpan<ElementNode> run)
    {
        writer.WritePropertyName(property.EncodedName);
        if (!property.Element.IsArray)
        {
            WriteObject(writer, run[0]);
            return;
        }
        writer.WriteStartArray();
        foreach (var node in run)
            WriteObject(writer, node);
        writer.WriteEndArray();
    }

    private static void WritePrimitives(Utf8JsonWriter writer, PropertySchema property, ReadOnlySpan<ElementNode> run)
    {
        var hasValue = false;
        var hasShadow = false;
        foreach (var node in run)
        {
            hasValue |= node.Value is not null;
            hasShadow |= !node.Children.IsEmpty;
        }
        if (hasValue)
        {
            writer.WritePropertyName(property.EncodedName);
            WriteRun(writer, property, run, static (w, n) => WriteValue(w, n));
        }
        if (hasShadow)
        {
            writer.WritePropertyName(property.EncodedShadowName);
            WriteRun(writer, property, run, static (w, n) => WriteShadow(w, n));
        }
    }

    private static void WriteRun(
        Utf8JsonWriter writer, PropertySchema property, ReadOnlySpan<ElementNode> run,
        Action<Utf8JsonWriter, ElementNode> write)
    {
        if (!property.Element.IsArray)
        {
            write(writer, run[0]);
            return;
        }
        writer.WriteStartArray();
        foreach (var node in run)
            write(writer, node);
        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, ElementNode node)
    {
        if (node.Value is null)
            writer.WriteNullValue();
        else if (node.Type.Form == JsonForm.String)
            writer.WriteStringValue(node.Value);
        else
            writer.WriteRawValue(node.Value, skipInputValidation: true);
    }

    private static void WriteShadow(Utf8JsonWriter writer, ElementNode node)
    {
        if (node.Children.IsEmpty)
        {
            writer.WriteNullValue();
            return;
        }
        writer.WriteStartObject();
        WriteChildren(writer, node.Children.AsSpan());
        writer.WriteEndObject();
    }
}
