using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Json;

/// <summary>What the JSON reader says: http://hl7.org/fhir/R4/json.html.</summary>
internal static class JsonIssues
{
    public static Issue Syntax(string path, long line, long column) =>
        Of("AJV-1001", IssueType.Invalid, $"The body is not valid JSON: line {line}, byte {column}.", path) with
        {
            Severity = IssueSeverity.Fatal,
            Diagnostics = $"line {line}, byte {column}",
        };

    public static Issue TooDeep(string path, int limit) =>
        Of("AJV-1002", IssueType.TooLong, $"Objects and arrays are nested deeper than {limit} levels.", path) with
        {
            Severity = IssueSeverity.Fatal,
        };

    public static Issue BadText(string path, long offset) =>
        Of("AJV-1003", IssueType.Invalid, "A string is not valid Unicode text.", path) with
        {
            Severity = IssueSeverity.Fatal,
            Diagnostics = $"byte {offset}",
        };

    public static Issue NotAnObject() =>
        Of("AJV-1004", IssueType.Structure, "A resource is a JSON object.", "");

    public static Issue MissingResourceType(string path) =>
        Of("AJV-1005", IssueType.Structure, "A resource needs a resourceType, a string.", path);

    public static Issue UnknownResourceType(string path) =>
        Of("AJV-1006", IssueType.Structure, "The resourceType is not one of FHIR R4.", path);

    public static Issue UnknownProperty(string path, string name, string type) =>
        Of("AJV-1007", IssueType.Structure,
            name.Length == 0
                ? $"{type} has a property with an impossibly long name."
                : $"{type} has no element '{name}'.",
            path.Length == 0 || name.Length == 0 ? path : $"{path}.{name}");

    public static Issue RepeatedProperty(string path, string name) =>
        Of("AJV-1008", IssueType.Structure, $"The property '{name}' stands twice in one object.", $"{path}.{name}");

    public static Issue SecondChoice(string path, string name) =>
        Of("AJV-1009", IssueType.Structure, $"Only one type of {name}[x] may be given.", $"{path}.{name}");

    public static Issue ArrayNotAllowed(string path) =>
        Of("AJV-1010", IssueType.Structure, "The element does not repeat: give the value without an array.", path);

    public static Issue ArrayExpected(string path) =>
        Of("AJV-1011", IssueType.Structure, "The element repeats: give an array, also for one value.", path);

    public static Issue EmptyArray(string path) =>
        Of("AJV-1012", IssueType.Structure, "An array must not be empty: leave the property out.", path);

    public static Issue EmptyObject(string path) =>
        Of("AJV-1013", IssueType.Structure, "An object must not be empty: leave the property out.", path);

    public static Issue ObjectExpected(string path) =>
        Of("AJV-1014", IssueType.Structure, "The element is an object.", path);

    public static Issue NullNotAllowed(string path) =>
        Of("AJV-1015", IssueType.Structure,
            "null stands only in an array of primitives, for a value or extensions that are given beside it.", path);

    public static Issue WrongKind(string path, JsonForm form, string type) =>
        Of("AJV-1016", IssueType.Structure, $"A {type} is a JSON {form.ToString().ToLowerInvariant()}.", path);

    private static Issue Of(string id, IssueType code, string text, string path) =>
        new(id, code, text, path.Length == 0 ? null : path);
}
