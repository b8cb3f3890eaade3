using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Core.Validation;

namespace Ajanvaraus.Fhir.Core.Tests.Issues;

public sealed class OperationOutcomesTests
{
    [Fact]
    public void Issue_is_told_with_its_codes_its_text_and_its_place()
    {
        var issue = StructureMessages.MissingElement.At("Slot.status", "status") with
        {
            Details = [new IssueDetail("http://other", "INVALID_RESOURCE")],
            Diagnostics = "line 3, byte 7",
        };

        var outcome = OperationOutcomes.From(new Problem(ProblemKind.Unprocessable, [issue]), "sv");

        Parsed.Json(outcome).Should().Be("""
            {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"required","details":{"coding":[
            {"system":"https://ajanvaraus.example/fhir/CodeSystem/message","code":"AJV-1101"},
            {"system":"http://other","code":"INVALID_RESOURCE"}],
            "text":"Det obligatoriska elementet status saknas."},"diagnostics":"line 3, byte 7",
            "expression":["Slot.status"]}]}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public void No_issues_are_told_as_one_of_information()
    {
        var outcome = OperationOutcomes.From([], "fi");

        var issue = outcome["issue"]!;
        issue.Text("severity").Should().Be("information");
        issue["details"]!.Text("text").Should().Be("Huomautettavaa ei löytynyt.");
    }

    [Fact]
    public void Every_code_and_severity_is_one_of_the_specification()
    {
        var validator = new StructuralValidator(R4.Definitions);
        var issues = Enum.GetValues<IssueType>()
            .SelectMany(_ => Enum.GetValues<IssueSeverity>(), (code, severity) =>
                new Issue("AJV-9999", code, "x") { Severity = severity })
            .ToImmutableArray();

        var outcome = OperationOutcomes.From(issues, "en");

        validator.Validate(outcome).Should().BeEmpty();
    }
}
