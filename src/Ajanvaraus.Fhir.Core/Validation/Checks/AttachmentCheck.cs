using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>The stated size of an Attachment is that of its data, before they were encoded.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/datatypes-definitions.html#Attachment.size .</remarks>
internal sealed class AttachmentCheck : ICheck
{
    public static readonly AttachmentCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        if (node["size"] is not { Value: { } stated } size || node.Text("data") is not { } data
            || !PrimitiveText.IsBase64Binary(data))
            return;
        var actual = SizeOf(data);
        if (long.TryParse(stated, CultureInfo.InvariantCulture, out var number) && number != actual)
            findings.Add(ContentMessages.SizeDiffers, size, stated, $"{actual}");
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
