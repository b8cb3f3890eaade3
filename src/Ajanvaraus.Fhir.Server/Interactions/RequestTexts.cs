using System.Buffers;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Operations;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>Keeps texts that no database takes away from all interactions: http://hl7.org/fhir/R4/datatypes.html#string.</summary>
/// <remarks>"Strings SHALL NOT contain Unicode character points below 32, except for tab, CR and LF."</remarks>
internal static class RequestTexts
{
    private static readonly SearchValues<char> ControlCharacters = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(i => (char)i).Except(['\t', '\r', '\n'])]);

    /// <summary>Null when the URL, the parameters and the conditions of a request are texts.</summary>
    public static Problem? Check(FhirRequest request)
    {
        foreach (var (name, value) in request.Parameters)
        {
            if (IsFaulty(name))
                return RestIssues.ControlCharacter(null);
            if (IsFaulty(value))
                return RestIssues.ControlCharacter(name);
        }
        if (IsFaulty(request.Cursor))
            return RestIssues.ControlCharacter("_cursor");
        var (target, conditions) = (request.Target, request.Conditions);
        return IsFaulty(target.Id) || IsFaulty(target.VersionId) || IsFaulty(target.Operation)
            || IsFaulty(conditions.IfMatch) || IsFaulty(conditions.IfNoneMatch) || IsFaulty(conditions.IfNoneExist)
            ? RestIssues.ControlCharacter(null)
            : null;
    }

    /// <summary>Null when all values that an operation is given are texts; what it stores is validated besides.</summary>
    public static Problem? Check(OperationParameters parameters)
    {
        foreach (var parameter in parameters.Items)
        {
            if (IsFaulty(parameter.Text) || (parameter.Value is { } value && IsFaulty(value)))
                return RestIssues.ControlCharacter(parameter.Expression);
            if (parameter.Resource is { } resource && IsFaulty(resource))
                return RestIssues.ControlCharacter(parameter.Expression + ".resource");
            if (Check(parameter.Parts) is { } problem)
                return problem;
        }
        return parameters.RawResource is { } raw && IsFaulty(raw) ? RestIssues.ControlCharacter(raw.Name) : null;
    }

    private static bool IsFaulty(ElementNode node)
    {
        if (IsFaulty(node.Value))
            return true;
        foreach (var child in node.Children)
            if (IsFaulty(child))
                return true;
        return false;
    }

    private static bool IsFaulty(string? text) => text is not null && text.AsSpan().ContainsAny(ControlCharacters);
}
