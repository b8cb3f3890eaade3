using System.Diagnostics;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>Whether a value is written as its primitive type asks.</summary>
internal sealed class PrimitiveCheck : ICheck
{
    private readonly Func<string, bool> _isValid;
    private readonly Message _message;
    private readonly bool _isText;

    private PrimitiveCheck(Func<string, bool> isValid, Message message, bool isText = false)
    {
        _isValid = isValid;
        _message = message;
        _isText = isText;
    }

    /// <summary>The rule of the type, or of the nearest type it specialises that has one.</summary>
    public static PrimitiveCheck Of(TypeSchema type)
    {
        for (var current = type; current is not null; current = current.Base)
            if (ByName(current.Name) is { } check)
                return check;
        throw new UnreachableException($"No rule for the primitive type {type.Name}");
    }

    public void Check(ElementNode node, Findings findings)
    {
        if (node.Value is not { } value)
            return;
        if (value.Length > PrimitiveText.MaxStringLength && _isText)
            findings.Add(PrimitiveMessages.TextTooLong, node, $"{PrimitiveText.MaxStringLength}");
        else if (!_isValid(value) && !IsEmptyDescription(value, findings))
            findings.Add(_message, node);
        else if (_isText && string.IsNullOrWhiteSpace(value))
            findings.Add(PrimitiveMessages.BlankText, node);
    }

    /// <summary>Published profiles carry empty descriptions: nothing is lost by them, and the profile can be used.</summary>
    private bool IsEmptyDescription(string value, Findings findings) =>
        _isText && value.Length == 0 && findings.Resource.Type.Name == "StructureDefinition";

    private static PrimitiveCheck? ByName(string type) => type switch
    {
        "boolean" => new(v => PrimitiveText.IsBoolean(v), PrimitiveMessages.Boolean),
        "integer" => new(v => PrimitiveText.IsInteger(v), PrimitiveMessages.Integer),
        "unsignedInt" => new(v => PrimitiveText.IsUnsignedInt(v), PrimitiveMessages.UnsignedInt),
        "positiveInt" => new(v => PrimitiveText.IsPositiveInt(v), PrimitiveMessages.PositiveInt),
        "decimal" => new(v => PrimitiveText.IsDecimal(v), PrimitiveMessages.Decimal),
        "string" or "markdown" => new(v => PrimitiveText.IsString(v), PrimitiveMessages.String, isText: true),
        "id" => new(v => PrimitiveText.IsId(v), PrimitiveMessages.Id),
        "code" => new(v => PrimitiveText.IsCode(v), PrimitiveMessages.Code),
        "uri" or "url" or "canonical" => new(v => PrimitiveText.IsUri(v), PrimitiveMessages.Uri),
        "oid" => new(v => PrimitiveText.IsOid(v), PrimitiveMessages.Oid),
        "uuid" => new(v => PrimitiveText.IsUuid(v), PrimitiveMessages.Uuid),
        "date" => new(v => PrimitiveText.IsDate(v), PrimitiveMessages.Date),
        "dateTime" => new(v => PrimitiveText.IsDateTime(v), PrimitiveMessages.DateTime),
        "instant" => new(v => PrimitiveText.IsInstant(v), PrimitiveMessages.Instant),
        "time" => new(v => PrimitiveText.IsTime(v), PrimitiveMessages.Time),
        "base64Binary" => new(v => PrimitiveText.IsBase64Binary(v), PrimitiveMessages.Base64Binary),
        _ => null,
    };
}
