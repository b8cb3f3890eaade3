using System.Collections.Frozen;

namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary>All messages by id: what a caller may look up, and what is told in Finnish and Swedish.</summary>
public static class MessageCatalogue
{
    /// <summary>Every catalogued message, in the order of the ids.</summary>
    public static ImmutableArray<Message> All { get; } =
    [
        .. SyntaxMessages.All,
        .. StructureMessages.All,
        .. PrimitiveMessages.All,
        .. XmlMessages.All,
        .. ProfileMessages.All,
        .. AnswerMessages.All,
        .. ContentMessages.All,
        .. ConsistencyMessages.All,
        .. AnswerLimitMessages.All,
        .. WriteMessages.All,
        .. SearchMessages.All,
        .. SearchTerminologyMessages.All,
        .. SearchFilterMessages.All,
        .. RestMessages.All,
        .. PreconditionMessages.All,
        .. PatchMessages.All,
        .. CommandMessages.All,
        .. JobMessages.All,
        .. SchedulingMessages.All,
        .. OperationMessages.All,
        .. BookingRuleMessages.All,
        .. FindExplanationMessages.All,
        .. SeriesMessages.All,
        .. BookingChangeMessages.All,
        .. FhirPathMessages.All,
        .. TerminologyMessages.All,
        .. TokenMessages.All,
        .. IdentityMessages.All,
        .. AuditMessages.All,
        .. ServerMessages.All,
    ];

    private static readonly FrozenDictionary<string, Message> ById = All.ToFrozenDictionary(m => m.Id);

    public static Message? Find(string id) => ById.GetValueOrDefault(id);

    /// <summary>The issue's text in <c>fi</c>, <c>sv</c> or <c>en</c>.</summary>
    /// <remarks>
    /// An issue whose id is not catalogued, or whose text was written by hand instead of by its message, keeps
    /// <see cref="Issue.Text"/>: a wrong translation would be worse than English.
    /// </remarks>
    public static string Text(Issue issue, string language)
    {
        if (language is not ("fi" or "sv") || Find(issue.Id) is not { } message
            || message.ArgumentCount > issue.Arguments.Length
            || message.Text("en", issue.Arguments) != issue.Text)
            return issue.Text;
        return message.Text(language, issue.Arguments);
    }
}
