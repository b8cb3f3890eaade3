using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Json;

/// <summary>What the JSON reader says: http://hl7.org/fhir/R4/json.html.</summary>
internal static class JsonIssues
{
    public static Issue Syntax(string path, long line, long column) =>
        SyntaxMessages.NotJson.At(path, $"{line}", $"{column}") with { Diagnostics = $"line {line}, byte {column}" };

    public static Issue TooDeep(string path, int limit) => SyntaxMessages.TooDeep.At(path, $"{limit}");

    public static Issue BadText(string path, long offset) =>
        SyntaxMessages.BadText.At(path) with { Diagnostics = $"byte {offset}" };

    public static Issue NotAnObject() => SyntaxMessages.NotAnObject.At(null);

    public static Issue MissingResourceType(string path) => SyntaxMessages.MissingResourceType.At(path);

    public static Issue UnknownResourceType(string path) => SyntaxMessages.UnknownResourceType.At(path);

    public static Issue UnknownProperty(string path, string name, string type) =>
        name.Length == 0
            ? SyntaxMessages.LongPropertyName.At(path, type)
            : SyntaxMessages.UnknownProperty.At(path.Length == 0 ? path : $"{path}.{name}", type, name);

    public static Issue RepeatedProperty(string path, string name) =>
        SyntaxMessages.RepeatedProperty.At($"{path}.{name}", name);

    public static Issue SecondChoice(string path, string name) =>
        SyntaxMessages.SecondChoice.At($"{path}.{name}", name);

    public static Issue ArrayNotAllowed(string path) => SyntaxMessages.ArrayNotAllowed.At(path);

    public static Issue ArrayExpected(string path) => SyntaxMessages.ArrayExpected.At(path);

    public static Issue EmptyArray(string path) => SyntaxMessages.EmptyArray.At(path);

    public static Issue EmptyObject(string path) => SyntaxMessages.EmptyObject.At(path);

    public static Issue ObjectExpected(string path) => SyntaxMessages.ObjectExpected.At(path);

    public static Issue NullNotAllowed(string path) => SyntaxMessages.NullNotAllowed.At(path);

    public static Issue WrongKind(string path, JsonForm form, string type) =>
        SyntaxMessages.WrongKind.At(path, type, form.ToString().ToLowerInvariant());
}
