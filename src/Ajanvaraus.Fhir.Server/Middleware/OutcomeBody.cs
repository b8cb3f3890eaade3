using System.Text.Json;

using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Writes issues as the JSON of an OperationOutcome.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/operationoutcome.html.</remarks>
public static class OutcomeBody
{
    public static void Write(PooledBuffer output, ImmutableArray<Issue> issues, string? language)
    {
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteString("resourceType", "OperationOutcome");
        writer.WriteStartArray("issue");
        foreach (var issue in issues)
            WriteIssue(writer, issue);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteIssue(Utf8JsonWriter writer, Issue issue)
    {
        writer.WriteStartObject();
        writer.WriteString("severity", issue.Severity.ToString().ToLowerInvariant());
        writer.WriteString("code", JsonNamingPolicy.KebabCaseLower.ConvertName(issue.Code.ToString()));
        writer.WriteStartObject("details");
        writer.WriteString("text", issue.Text);
        writer.WriteEndObject();
        if (issue.Diagnostics is not null)
            writer.WriteString("diagnostics", issue.Diagnostics);
        if (issue.Expression is not null)
        {
            writer.WriteStartArray("expression");
            writer.WriteStringValue(issue.Expression);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }
}
