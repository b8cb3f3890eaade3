using System.Globalization;

using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Patch;

internal enum FhirPathPatchKind { Add, Insert, Delete, Replace, Move }

/// <summary>One operation of a FHIRPath Patch: http://hl7.org/fhir/R4/fhirpatch.html#concept.</summary>
/// <param name="Name">Of add only: the element to add.</param>
/// <param name="Value">Of add, insert and replace: the part that holds it as <c>value[x]</c>, <c>resource</c> or parts.</param>
/// <param name="Index">Of insert: where to; of move: from where.</param>
/// <param name="Destination">Of move: where to.</param>
/// <param name="Location">FHIRPath in the Parameters: <c>Parameters.parameter[2]</c>.</param>
internal sealed record FhirPathPatchOperation(
    FhirPathPatchKind Kind, FhirPathExpression Path, string? Name, ElementNode? Value, int Index, int Destination,
    string Location)
{
    public static Outcome<FhirPathPatchOperation> Read(ElementNode parameter, string location)
    {
        if (Kinds(Text(parameter, "type")) is not { } kind)
            return Faulty(location, "type");
        if (Text(parameter, "path") is not { } text)
            return Faulty(location, "path");
        var path = FhirPathExpression.Parse(text);
        if (path.Expression is not { } expression)
            return new Problem(ProblemKind.Invalid, [path.Error!.ToIssue(text, location)]);
        var name = Text(parameter, "name");
        if (kind == FhirPathPatchKind.Add && string.IsNullOrEmpty(name))
            return Faulty(location, "name");
        var value = Part(parameter, "value");
        if (kind is FhirPathPatchKind.Add or FhirPathPatchKind.Insert or FhirPathPatchKind.Replace && value is null)
            return Faulty(location, "value");
        var from = kind == FhirPathPatchKind.Move ? "source" : "index";
        var index = Number(parameter, from);
        if (kind is FhirPathPatchKind.Insert or FhirPathPatchKind.Move && index is null)
            return Faulty(location, from);
        var destination = Number(parameter, "destination");
        if (kind == FhirPathPatchKind.Move && destination is null)
            return Faulty(location, "destination");
        return new FhirPathPatchOperation(kind, expression, name, value, index ?? 0, destination ?? 0, location);
    }

    public Problem Refuse(Message message, params ImmutableArray<string> arguments) =>
        message.As(ProblemKind.Unprocessable, Location, arguments);

    internal static Problem Faulty(string location, string part) =>
        PatchMessages.PartFaulty.As(ProblemKind.Invalid, location, part);

    private static FhirPathPatchKind? Kinds(string? type) => type switch
    {
        "add" => FhirPathPatchKind.Add,
        "insert" => FhirPathPatchKind.Insert,
        "delete" => FhirPathPatchKind.Delete,
        "replace" => FhirPathPatchKind.Replace,
        "move" => FhirPathPatchKind.Move,
        _ => null,
    };

    private static ElementNode? Part(ElementNode parameter, string name) =>
        parameter.All("part").FirstOrDefault(p => p.Text("name") == name);

    private static string? Text(ElementNode parameter, string name) => Part(parameter, name)?["value"]?.Value;

    private static int? Number(ElementNode parameter, string name) =>
        int.TryParse(Text(parameter, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
