using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Server.Conformance;

/// <summary>What a stored SearchParameter means for searches: http://hl7.org/fhir/R4/searchparameter.html .</summary>
internal static class StoredSearchParameter
{
    private static readonly string[] Types = ["number", "date", "string", "token", "reference", "quantity", "uri"];

    /// <summary>Null for one that is not active; a problem for one that cannot be searched by.</summary>
    /// <param name="known">The parameters that the server brings along.</param>
    public static Outcome<SearchParameterDefinition?> Read(ElementNode node, SearchParameterRegistry known)
    {
        if (node.Text("status") != "active")
            return Outcome<SearchParameterDefinition?>.Of(null);
        var (code, type, expression) = (node.Text("code") ?? "", node.Text("type") ?? "", node.Text("expression") ?? "");
        ImmutableArray<string> bases = [.. node.All("base").Select(b => b.Value!)];
        var definition = new SearchParameterDefinition(
            node.Text("url") ?? "", code, type, bases, expression, [.. node.All("target").Select(t => t.Value!)], []);
        return Fault(definition, known) is { } fault
            ? new Problem(
                ProblemKind.Unprocessable,
                [fault.At($"SearchParameter/{node.Id}") with { Severity = IssueSeverity.Warning }])
            : definition;
    }

    private static Message? Fault(SearchParameterDefinition definition, SearchParameterRegistry known)
    {
        if (!Types.Contains(definition.Type))
            return JobMessages.ParameterTypeUnserved;
        if (definition.Expression.Length == 0 || FhirPathExpression.Parse(definition.Expression).Expression is null)
            return JobMessages.ParameterExpressionFaulty;
        if (definition.Code.Length == 0 || definition.Code[0] == '_' || !definition.Code.All(IsCodeCharacter))
            return JobMessages.ParameterCodeFaulty;
        // What a client asks by that name today would find something else tomorrow.
        return TypesOf(definition, known).Any(type => known.Find(type, definition.Code) is not null)
            ? JobMessages.ParameterCodeTaken
            : null;
    }

    private static IEnumerable<string> TypesOf(SearchParameterDefinition definition, SearchParameterRegistry known) =>
        known.Definitions.ResourceTypes.Where(type => definition.Base.Any(known.Definitions.Types[type].Is));

    private static bool IsCodeCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
