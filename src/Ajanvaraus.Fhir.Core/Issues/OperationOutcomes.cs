using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary>Tells issues as an OperationOutcome: http://hl7.org/fhir/R4/operationoutcome.html.</summary>
/// <remarks>
/// <c>details.text</c> is in the asked language; <c>details.coding</c> holds the message id, then the further codings
/// of the issue; personal identity codes become stars, whoever wrote the text. No issues at all become one of information, because an OperationOutcome must have one.
/// </remarks>
public static class OperationOutcomes
{
    private static readonly ImmutableArray<string> Codes =
        [.. Enum.GetNames<IssueType>().Select(KebabCase)];

    private static readonly ImmutableArray<string> Severities =
        [.. Enum.GetNames<IssueSeverity>().Select(KebabCase)];

    /// <param name="language"><c>fi</c>, <c>sv</c> or <c>en</c>.</param>
    public static ElementNode From(Problem problem, string language, FhirDefinitions? definitions = null) =>
        From(problem.Issues, language, definitions);

    /// <inheritdoc cref="From(Problem, string, FhirDefinitions?)"/>
    public static ElementNode From(
        ImmutableArray<Issue> issues, string language, FhirDefinitions? definitions = null)
    {
        var type = (definitions ?? R4.Definitions).Types["OperationOutcome"];
        var outcome = new ElementNode(null, type, null, []);
        var template = outcome.New("issue");
        ImmutableArray<Issue> told = issues.IsDefaultOrEmpty ? [RestMessages.AllOk.At(null)] : issues;
        return outcome.With([.. told.Select(issue => IssueNode(template, issue, language))]);
    }

    /// <summary>The code of the specification: <c>not-supported</c>.</summary>
    public static string CodeOf(IssueType type) => Codes[(int)type];

    /// <summary>The code of the specification: <c>warning</c>.</summary>
    public static string CodeOf(IssueSeverity severity) => Severities[(int)severity];

    private static ElementNode IssueNode(ElementNode template, Issue issue, string language)
    {
        var children = ImmutableArray.CreateBuilder<ElementNode>(5);
        children.Add(template.New("severity", CodeOf(issue.Severity)));
        children.Add(template.New("code", CodeOf(issue.Code)));
        children.Add(DetailsNode(template.New("details"), issue, language));
        if (issue.Diagnostics is not null)
            children.Add(template.New("diagnostics", Readable(HenkilotunnusText.Hidden(issue.Diagnostics))));
        if (issue.Expression is not null)
            children.Add(template.New("expression", Readable(HenkilotunnusText.Hidden(issue.Expression))));
        return template.With(children.DrainToImmutable());
    }

    private static ElementNode DetailsNode(ElementNode details, Issue issue, string language)
    {
        var coding = details.New("coding");
        var children = ImmutableArray.CreateBuilder<ElementNode>(issue.Details.Length + 2);
        children.Add(CodingNode(coding, Canonicals.MessageSystem, issue.Id));
        foreach (var detail in issue.Details)
            children.Add(CodingNode(coding, detail.System, detail.Code));
        children.Add(details.New("text", Readable(HenkilotunnusText.Hidden(MessageCatalogue.Text(issue, language)))));
        return details.With(children.DrainToImmutable());
    }

    private static ElementNode CodingNode(ElementNode coding, string system, string code) =>
        coding.With([coding.New("system", system), coding.New("code", code)]);

    /// <summary>Without the control characters that a caller's own words may bring: no text of FHIR may have them.</summary>
    private static string Readable(string text) => text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0
        ? text
        : string.Concat(text.Select(c => c < ' ' && c is not ('\t' or '\r' or '\n') ? '\ufffd' : c));

    private static string KebabCase(string name) => string.Concat(name.Select((c, i) =>
        char.IsUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : $"{c}"));
}
