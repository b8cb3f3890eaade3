using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>Answers fit their questionnaire, where that is known: items, types, options, and what must be answered.</summary>
/// <remarks>What is missing is an error only in a response that says that it is complete.
/// Source: http://hl7.org/fhir/R4/questionnaireresponse.html#link .</remarks>
internal sealed class QuestionnaireResponseCheck(IConformanceSource source) : ICheck
{
    public void Check(ElementNode node, Findings findings)
    {
        if (node["questionnaire"] is not { Value: { Length: > 0 } canonical } at)
            return;
        var questionnaire = canonical[0] == '#'
            ? findings.Container.All("contained").FirstOrDefault(c => c.Id == canonical[1..])
            : source.Find("Questionnaire", canonical);
        if (questionnaire is null)
        {
            findings.Add(AnswerMessages.QuestionnaireUnknown, at, canonical);
            return;
        }
        var isComplete = node.Text("status") is "completed" or "amended";
        new Response(isComplete, findings).CheckItems(node, questionnaire, []);
    }

    /// <summary>One response under check.</summary>
    private sealed class Response(bool isComplete, Findings findings)
    {
        /// <param name="answers">What holds the items of the response: it, an item or an answer.</param>
        /// <param name="questions">What holds those of the questionnaire.</param>
        /// <param name="around">What holds <paramref name="answers"/>, from the response on.</param>
        public void CheckItems(ElementNode answers, ElementNode questions, ImmutableArray<ElementNode> around)
        {
            var known = questions.All("item").ToList();
            foreach (var item in answers.All("item"))
                if (item["linkId"] is { Value: { } linkId } at && known.TrueForAll(q => q.Text("linkId") != linkId))
                    findings.Add(AnswerMessages.NoSuchQuestion, at, linkId);
            around = around.Add(answers);
            foreach (var question in known)
                CheckQuestion(answers, question, around);
        }

        private void CheckQuestion(ElementNode answers, ElementNode question, ImmutableArray<ElementNode> around)
        {
            var linkId = question.Text("linkId") ?? "";
            var items = answers.All("item").Where(item => item.Text("linkId") == linkId).ToList();
            var isEnabled = EnableWhen.IsEnabled(question, around);
            if (isComplete && isEnabled && question.Text("required") == "true" && !items.Exists(IsAnswered))
                findings.AddChild(AnswerMessages.AnswerMissing, answers, "item", linkId);
            foreach (var item in items)
            {
                if (!isEnabled && IsAnswered(item))
                    findings.Add(AnswerMessages.NotEnabled, item, linkId);
                CheckItem(item, question, linkId, around);
            }
            if (question.Text("repeats") != "true" && items.Count > 1)
                findings.Add(AnswerMessages.TooManyAnswers, items[1], linkId);
        }

        private void CheckItem(ElementNode item, ElementNode question, string linkId, ImmutableArray<ElementNode> around)
        {
            var type = question.Text("type") ?? "";
            var given = item.All("answer").ToList();
            if (type is "group" or "display")
            {
                if (given.Count > 0)
                    findings.Add(AnswerMessages.AnswerNotAllowed, given[0], linkId, type);
                CheckItems(item, question, around);
                return;
            }
            if (given.Count > 1 && question.Text("repeats") != "true")
                findings.Add(AnswerMessages.TooManyAnswers, given[1], linkId);
            AnswerLimits.CheckNumber(item, question, given, linkId, isComplete, findings);
            foreach (var answer in given)
            {
                if (answer["value"] is { } value)
                    AnswerValue.Check(value, question, type, linkId, findings);
                CheckItems(answer, question, around.Add(item));
            }
        }

        /// <summary>An answer here or further in.</summary>
        private static bool IsAnswered(ElementNode item) =>
            item["answer"] is not null || item.All("item").Any(IsAnswered);
    }
}

/// <summary>Whether one answer is of the type and among the options that its item allows.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/valueset-item-type.html .</remarks>
internal static class AnswerValue
{
    public static void Check(ElementNode value, ElementNode question, string type, string linkId, Findings findings)
    {
        var options = question.All("answerOption").Select(option => option["value"]).OfType<ElementNode>().ToList();
        var allowed = Types(type, options);
        if (allowed.Length > 0 && !allowed.Any(value.Type.Is))
            findings.Add(AnswerMessages.AnswerOfOtherType, value, linkId, value.Type.Name, string.Join(", ", allowed));
        else if (IsExcluded(value, type, options) || IsOutside(value, question.Text("answerValueSet"), findings))
            findings.Add(AnswerMessages.NotAnOption, value, linkId);
        else
        {
            CheckText(value, question.Text("answerValueSet"), findings);
            AnswerLimits.Check(value, question, linkId, findings);
        }
    }

    private static string[] Types(string type, List<ElementNode> options) => type switch
    {
        "text" => ["string"],
        "url" => ["uri"],
        "choice" => options.Count == 0 ? ["Coding"] : [.. options.Select(option => option.Type.Name).Distinct()],
        "open-choice" => ["Coding", "string", .. options.Select(option => option.Type.Name).Distinct()],
        "attachment" => ["Attachment"],
        "reference" => ["Reference"],
        "quantity" => ["Quantity"],
        _ => [type],
    };

    private static bool IsExcluded(ElementNode value, string type, List<ElementNode> options) =>
        options.Count > 0 && !(type == "open-choice" && value.Type.Name == "string")
        && !options.Exists(option => EnableWhen.AreSame(value, option));

    /// <summary>What stands as the text of an answer was the choice: another text than the code's is another answer.</summary>
    /// <remarks>Not asked of a response that is in another language than HL7's terms.</remarks>
    private static void CheckText(ElementNode value, string? valueSet, Findings findings)
    {
        if (value.Type.Name == "Coding" && valueSet is { Length: > 0 } and not ['#', ..]
            && (findings.Container.Text("language") is not { } language || language.StartsWith("en", StringComparison.Ordinal))
            && value.Text("system") is { } system && value.Text("code") is { } code
            && value["display"] is { Value: { Length: > 0 } text } at
            && findings.Scope.Terminology?.RightDisplay(valueSet, system, code, text) is { } right)
            findings.Add(TerminologyMessages.WrongDisplay, at, text, code, right);
    }

    /// <summary>A code that is known not to be in the value set.</summary>
    private static bool IsOutside(ElementNode value, string? valueSet, Findings findings) =>
        value.Type.Name == "Coding" && value.Text("code") is { } code && valueSet is { Length: > 0 } and not ['#', ..]
        && findings.Scope.Terminology?.Contains(valueSet, value.Text("system"), code) == false;
}

/// <summary>Whether other answers leave an item of a questionnaire in.</summary>
/// <remarks>The question is sought nearest first: among what stands in the same group, then further out.
/// Source: http://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen .</remarks>
internal static class EnableWhen
{
    /// <param name="around">What holds the item in the response, from the response on.</param>
    public static bool IsEnabled(ElementNode question, ImmutableArray<ElementNode> around)
    {
        var conditions = question.All("enableWhen").ToList();
        if (conditions.Count == 0)
            return true;
        return question.Text("enableBehavior") == "any"
            ? conditions.Exists(condition => IsMet(condition, around))
            : conditions.TrueForAll(condition => IsMet(condition, around));
    }

    /// <summary>The same code of the same system, or the same value.</summary>
    public static bool AreSame(ElementNode left, ElementNode right) => left.Type.Name == "Coding"
        ? left.Text("code") == right.Text("code") && left.Text("system") == right.Text("system")
        : left.IsPrimitive ? left.Value == right.Value || Profiles.ValueMatch.Compare(left, right) == 0
        : Profiles.ValueMatch.HasPattern(left, right);

    private static bool IsMet(ElementNode condition, ImmutableArray<ElementNode> around)
    {
        var values = Answers(condition.Text("question") ?? "", around);
        if (condition["answer"] is not { } expected)
            return true;
        return condition.Text("operator") switch
        {
            "exists" => values.Count > 0 == (expected.Value == "true"),
            "=" => values.Exists(value => AreSame(value, expected)),
            "!=" => values.Count > 0 && values.TrueForAll(value => !AreSame(value, expected)),
            ">" => values.Exists(value => Profiles.ValueMatch.Compare(value, expected) > 0),
            "<" => values.Exists(value => Profiles.ValueMatch.Compare(value, expected) < 0),
            ">=" => values.Exists(value => Profiles.ValueMatch.Compare(value, expected) >= 0),
            "<=" => values.Exists(value => Profiles.ValueMatch.Compare(value, expected) <= 0),
            _ => true,
        };
    }

    private static List<ElementNode> Answers(string linkId, ImmutableArray<ElementNode> around)
    {
        for (var i = around.Length - 1; i >= 0; i--)
        {
            var items = Items(around[i]).Where(item => item.Text("linkId") == linkId).ToList();
            if (items.Count > 0)
                return [.. items.SelectMany(item => item.All("answer")).Select(a => a["value"]).OfType<ElementNode>()];
        }
        return [];
    }

    private static IEnumerable<ElementNode> Items(ElementNode node)
    {
        foreach (var child in node.Children)
        {
            if (child.Name == "item")
                yield return child;
            if (child.Name is "item" or "answer")
                foreach (var inner in Items(child))
                    yield return inner;
        }
    }
}
