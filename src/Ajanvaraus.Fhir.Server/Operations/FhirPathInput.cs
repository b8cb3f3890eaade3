using System.Text;

using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Xml;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <param name="Place">The parameter that holds it, for issues.</param>
internal sealed record GivenExpression(string Text, FhirPathExpression Expression, string Place);

/// <summary>What a caller gave <c>$fhirpath</c>.</summary>
/// <param name="Context">Selects the items that the expression is evaluated on; null: the resource.</param>
/// <param name="Resource">Null: the expression is evaluated on nothing.</param>
/// <param name="Validates">Whether what can never be, by the definitions, is an error.</param>
/// <param name="Given">Parts to be told again: the variables as they came.</param>
internal sealed record FhirPathInput(
    GivenExpression Expression, GivenExpression? Context, ElementNode? Resource, bool Validates,
    IReadOnlyDictionary<string, FhirPathValue> Variables, ImmutableArray<OperationParameter> Given)
{
    public static readonly ImmutableArray<string> Names =
        ["expression", "context", "resource", "validate", "variables", "terminologyserver"];

    private const string JsonValue = "http://fhir.forms-lab.com/StructureDefinition/json-value";
    private const string XmlValue = "http://fhir.forms-lab.com/StructureDefinition/xml-value";

    /// <remarks>Errors: no expression; a text that is no FHIRPath; a resource in a text that cannot be read.</remarks>
    public static Outcome<FhirPathInput> Read(OperationParameters parameters, FhirPathCache expressions)
    {
        if (parameters.First("expression") is not { Text: not null } given)
            return ParameterProblems.Missing("expression");
        var expression = Parse(given, expressions);
        if (expression.Failed)
            return expression.Problem;
        GivenExpression? context = null;
        if (parameters.First("context") is { Text: { Length: > 0 } } selected)
        {
            var parsed = Parse(selected, expressions);
            if (parsed.Failed)
                return parsed.Problem;
            context = parsed.Value;
        }
        var resource = ReadResource(parameters.First("resource"));
        if (resource.Failed)
            return resource.Problem;
        var variables = parameters.All("variables");
        return new FhirPathInput(
            expression.Value, context, resource.Value,
            parameters.First("validate")?.Text == "true", Values(variables), variables);
    }

    /// <summary>The resource as it is, or as a text in an extension: so the Lab sends XML in JSON.</summary>
    private static Outcome<ElementNode?> ReadResource(OperationParameter? given)
    {
        if (given is null || given.Resource is not null)
            return given?.Resource;
        foreach (var extension in given.Extensions)
        {
            if (extension.Text("url") is not (JsonValue or XmlValue) || extension.Text("value") is not { } text)
                continue;
            var bytes = Encoding.UTF8.GetBytes(text);
            var parsed = extension.Text("url") == JsonValue ? FhirJson.Parse(bytes) : FhirXml.Parse(bytes);
            if (parsed.Resource is { } resource)
                return resource;
            return new Problem(ProblemKind.Invalid,
                [.. parsed.Issues.Select(issue => issue with { Expression = given.Expression })]);
        }
        return default(ElementNode);
    }

    /// <summary>The semantic errors of an expression on a node, as a problem; null for none.</summary>
    public static Problem? Check(GivenExpression given, ElementNode? root, ElementNode? resource)
    {
        var errors = FhirPathAnalysis.Check(
            given.Expression, root?.Type, new FhirPathAnalysisOptions { Resource = resource?.Type });
        return errors.IsEmpty
            ? null
            : new Problem(ProblemKind.Invalid, [.. errors.Select(error => error.ToIssue(given.Text, given.Place))]);
    }

    public static Problem Faulty(FhirPathError error, GivenExpression given) => Faulty(error, given.Text, given.Place);

    private static Problem Faulty(FhirPathError error, string text, string place) => new(
        error.Kind == FhirPathErrorKind.Budget ? ProblemKind.Unprocessable : ProblemKind.Invalid,
        [error.ToIssue(text, place)]);

    private static Outcome<GivenExpression> Parse(OperationParameter given, FhirPathCache expressions)
    {
        var parsed = expressions.Parse(given.Text!);
        return parsed.Expression is { } expression
            ? new GivenExpression(given.Text!, expression, given.Expression)
            : Faulty(parsed.Error!, given.Text!, given.Expression);
    }

    /// <summary>Each part of <c>variables</c> is one, by its name; one without value is empty.</summary>
    private static Dictionary<string, FhirPathValue> Values(ImmutableArray<OperationParameter> variables)
    {
        var values = new Dictionary<string, FhirPathValue>();
        foreach (var part in variables.SelectMany(variable => variable.Parts.Items))
            values[part.Name] = (part.Value ?? part.Resource) is { } node ? FhirPathValue.Of(node) : default;
        return values;
    }
}
