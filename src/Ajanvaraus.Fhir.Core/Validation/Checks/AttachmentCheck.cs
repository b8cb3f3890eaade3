using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>The stated size and hash of an Attachment are those of its data, before they were encoded.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/datatypes-definitions.html#Attachment.size , #Attachment.hash .</remarks>
internal sealed class AttachmentCheck : ICheck
{
    public static readonly AttachmentCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        if (node.Text("data") is not { } data || !PrimitiveText.IsBase64Binary(data))
            return;
        if (node["size"] is { Value: { } stated } size && SizeOf(data) is var actual
            && long.TryParse(stated, CultureInfo.InvariantCulture, out var number) && number != actual)
            findings.Add(ContentMessages.SizeDiffers, size, stated, $"{actual}");
        if (node["hash"] is { Value: { } told } hash && Bytes(told) is { } expected && Bytes(data) is { } content
            && HashOf(content) is var summed && !summed.AsSpan().SequenceEqual(expected))
            findings.Add(ConsistencyMessages.HashDiffers, hash, Convert.ToBase64String(summed));
    }

    [SuppressMessage("Security", "CA5350", Justification = "R4 says that the hash is SHA-1; it guards nothing here.")]
    private static byte[] HashOf(byte[] content) => SHA1.HashData(content);

    private static byte[]? Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    /// <summary>Four symbols are three bytes; each padding is one less.</summary>
    private static long SizeOf(string base64)
    {
        var (symbols, padding) = (0L, 0);
        foreach (var c in base64)
        {
            if (c is ' ' or '\t' or '\r' or '\n')
                continue;
            symbols++;
            padding += c == '=' ? 1 : 0;
        }
        return (symbols / 4 * 3) - padding;
    }
}
