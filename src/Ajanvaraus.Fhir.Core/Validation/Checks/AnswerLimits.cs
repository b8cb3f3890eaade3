using System.Globalization;
using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using ValueMatch = Ajanvaraus.Fhir.Core.Validation.Profiles.ValueMatch;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>The limits that an item of a questionnaire sets by extensions: to one answer, and to their number.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/questionnaire-profiles.html (minValue, maxDecimalPlaces, regex, unitOption …);
/// limits to quantities as the guide SDC has them.</remarks>
internal static class AnswerLimits
{
    private const string Of = "http://hl7.org/fhir/StructureDefinition/";

    private const string Sdc = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";

    private const int MaxPattern = 1_000;

    /// <summary>Far more than a pattern without backtracking needs, also on a busy machine: a verdict does not depend on it.</summary>
    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    /// <param name="question">The item of the questionnaire.</param>
    /// <param name="given">The answers to it, in one item of the response.</param>
    public static void CheckNumber(
        ElementNode item, ElementNode question, List<ElementNode> given, string linkId, bool isComplete, Findings findings)
    {
        if (isComplete && Number(question, "questionnaire-minOccurs") is { } least && given.Count < least)
            findings.Add(AnswerLimitMessages.TooFewAnswers, item, linkId, $"{least}");
        if (Number(question, "questionnaire-maxOccurs") is { } most && given.Count > most)
            findings.Add(AnswerLimitMessages.MoreAnswers, item, linkId, $"{most}");
        if (given.Count < 2)
            return;
        var exclusive = question.All("answerOption")
            .Where(option => Values(option, Of + "questionnaire-optionExclusive").Any(value => value.Value == "true"))
            .Select(option => option["value"]).OfType<ElementNode>().ToList();
        foreach (var answer in given)
            if (answer["value"] is { } value && exclusive.Exists(option => EnableWhen.AreSame(value, option)))
                findings.Add(AnswerLimitMessages.Exclusive, answer, linkId);
    }

    public static void Check(ElementNode value, ElementNode question, string linkId, Findings findings)
    {
        CheckRange(value, question, linkId, findings);
        switch (value.Type.Name)
        {
            case "decimal":
                if (Number(question, "maxDecimalPlaces") is { } places && Decimals(value.Value ?? "") > places)
                    findings.Add(AnswerLimitMessages.TooManyDecimals, value, linkId, $"{places}");
                break;
            case "Attachment":
                CheckAttachment(value, question, linkId, findings);
                break;
            case "Quantity":
                CheckUnit(value, question, linkId, findings);
                break;
            case "Reference":
                CheckReference(value, question, linkId, findings);
                break;
        }
        if (value is { IsPrimitive: true, Value: { } text })
            CheckText(value, text, question, linkId, findings);
    }

    private static void CheckRange(ElementNode value, ElementNode question, string linkId, Findings findings)
    {
        foreach (var least in Values(question, Of + "minValue", Sdc + "minQuantity"))
            Compare(value, least, AnswerLimitMessages.TooLittle, -1);
        foreach (var most in Values(question, Of + "maxValue", Sdc + "maxQuantity"))
            Compare(value, most, AnswerLimitMessages.TooMuch, 1);

        void Compare(ElementNode answer, ElementNode limit, Message message, int wrong)
        {
            var isQuantity = answer.Type.Name == "Quantity";
            var order = isQuantity && !(HasUnit(answer) && HasUnit(limit)) ? null : ValueMatch.Compare(answer, limit);
            if (order is null && isQuantity)
                findings.Add(AnswerLimitMessages.NotComparable, answer, linkId, ValueMatch.Describe(limit));
            else if (order is { } sign && Math.Sign(sign) == wrong)
                findings.Add(message, answer, linkId, ValueMatch.Describe(limit));
        }
    }

    private static bool HasUnit(ElementNode quantity) => quantity["system"] is not null && quantity["code"] is not null;

    private static void CheckText(
        ElementNode value, string text, ElementNode question, string linkId, Findings findings)
    {
        if (Number(question, "minLength") is { } least && text.Length < least)
            findings.Add(AnswerLimitMessages.TooShort, value, linkId, $"{least}");
        if (Number(question.Text("maxLength")) is { } most && text.Length > most)
            findings.Add(AnswerLimitMessages.TooLong, value, linkId, $"{most}");
        foreach (var pattern in Values(question, Of + "regex"))
            if (pattern.Value is { } form && !Matches(text, form))
                findings.Add(AnswerLimitMessages.OfOtherForm, value, linkId, form);
    }

    private static void CheckAttachment(ElementNode value, ElementNode question, string linkId, Findings findings)
    {
        foreach (var most in Values(question, Of + "maxSize"))
            if (value.Text("size") is { } size && decimal.TryParse(size, CultureInfo.InvariantCulture, out var bytes)
                && decimal.TryParse(most.Value, CultureInfo.InvariantCulture, out var limit) && bytes > limit)
                findings.Add(AnswerLimitMessages.AttachmentTooLarge, value, linkId, most.Value!);
        var types = Values(question, Of + "mimeType").Select(type => type.Value).OfType<string>().ToList();
        if (types.Count > 0 && value.Text("contentType") is { } type && !types.Contains(type))
            findings.Add(AnswerLimitMessages.AttachmentOfOtherType, value, linkId, string.Join(", ", types));
    }

    private static void CheckUnit(ElementNode value, ElementNode question, string linkId, Findings findings)
    {
        var units = Values(question, Of + "questionnaire-unitOption").ToList();
        if (units.Count > 0 && !units.Exists(unit =>
            unit.Text("code") == value.Text("code") && unit.Text("system") == value.Text("system")))
            findings.Add(AnswerLimitMessages.UnitNotAllowed, value, linkId,
                string.Join(", ", units.Select(unit => unit.Text("code"))));
        foreach (var set in Values(question, Of + "questionnaire-unitValueSet"))
            if (set.Value is { Length: > 0 } canonical && (value.Text("code") is not { } code
                || findings.Scope.Terminology?.Contains(canonical, value.Text("system"), code) == false))
                findings.Add(AnswerLimitMessages.UnitNotAllowed, value, linkId, canonical);
    }

    private static void CheckReference(ElementNode value, ElementNode question, string linkId, Findings findings)
    {
        if (ReferenceText.TypeOf(value.Text("reference")) is not { } type)
            return;
        var types = Values(question, Of + "questionnaire-referenceResource").Select(t => t.Value).OfType<string>().ToList();
        if (types.Count > 0 && !types.Contains(type))
            findings.Add(AnswerLimitMessages.ReferenceNotAllowed, value, linkId, string.Join(", ", types));
        else if (Definitions.R4.Definitions.Resource(type) is null)
            findings.Add(ConsistencyMessages.TypeOfNoResource, value, type);
    }

    /// <summary>True also where the pattern is none or takes too long: that is not the fault of the answer.</summary>
    private static bool Matches(string text, string pattern)
    {
        if (pattern.Length > MaxPattern)
            return true;
        try
        {
            // Without backtracking the time is linear, whoever wrote the pattern.
            var regex = new Regex(
                $@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternTime);
            return regex.IsMatch(text);
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static int Decimals(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
            return 0;
        var end = text.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length - point - 1 : end;
    }

    private static int? Number(ElementNode question, string extension) =>
        Number(Values(question, Of + extension).FirstOrDefault()?.Value);

    private static int? Number(string? text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IEnumerable<ElementNode> Values(ElementNode holder, params string[] urls) => holder.All("extension")
        .Where(extension => extension.Text("url") is { } url && urls.Contains(url))
        .Select(extension => extension["value"]).OfType<ElementNode>();
}
