namespace Ajanvaraus.Fhir.Core.Tests.Validation;

/// <summary>
/// Limits that an item of a questionnaire sets by extensions, with the verdict of HL7's reference validator on the kinds
/// of its public cases of questionnaires.
/// </summary>
public sealed class AnswerLimitTests
{
    private const string Of = "http://hl7.org/fhir/StructureDefinition/";

    private const string Answer = "QuestionnaireResponse.item[0].answer[0].value";

    private static string Extension(string name, string value) => $$"""{"url":"{{Of}}{{name}}",{{value}}}""";

    private static string Errors(string type, string limits, string answers, string more = "", string status = "completed") =>
        VerdictCase.Errors(
            $$$"""
            {"resourceType":"QuestionnaireResponse","questionnaire":"http://example.org/Questionnaire/q","status":"{{{status}}}",
             "item":[{"linkId":"1","answer":[{{{answers}}}]}]}
            """,
            $$$"""
            {"resourceType":"Questionnaire","url":"http://example.org/Questionnaire/q","status":"active","item":[
              {"linkId":"1","type":"{{{type}}}","repeats":true,{{{more}}}{{{(limits.Length == 0 ? "" : $"\"extension\":[{limits}],")}}}"text":"?"}]}
            """);

    [Theory]
    [InlineData("integer", "minValue", "\"valueInteger\":5", "\"valueInteger\":5", "")]
    [InlineData("integer", "minValue", "\"valueInteger\":5", "\"valueInteger\":4", Answer)]
    [InlineData("integer", "maxValue", "\"valueInteger\":5", "\"valueInteger\":6", Answer)]
    [InlineData("decimal", "maxValue", "\"valueDecimal\":1.5", "\"valueDecimal\":1.50", "")]
    [InlineData("decimal", "maxValue", "\"valueDecimal\":1.5", "\"valueDecimal\":1.51", Answer)]
    [InlineData("date", "minValue", "\"valueDate\":\"2020\"", "\"valueDate\":\"1998\"", Answer)]
    [InlineData("date", "minValue", "\"valueDate\":\"2020\"", "\"valueDate\":\"2020-05-01\"", "")]
    [InlineData("dateTime", "maxValue", "\"valueDateTime\":\"2022\"", "\"valueDateTime\":\"2023-01-01\"", Answer)]
    [InlineData("decimal", "maxDecimalPlaces", "\"valueInteger\":2", "\"valueDecimal\":-5.12", "")]
    [InlineData("decimal", "maxDecimalPlaces", "\"valueInteger\":2", "\"valueDecimal\":-5.12340", Answer)]
    [InlineData("attachment", "maxSize", "\"valueDecimal\":50", "\"valueAttachment\":{\"contentType\":\"image/gif\",\"url\":\"http://a.org/b\",\"size\":50}", "")]
    [InlineData("attachment", "maxSize", "\"valueDecimal\":50", "\"valueAttachment\":{\"contentType\":\"image/gif\",\"url\":\"http://a.org/b\",\"size\":500}", Answer)]
    [InlineData("attachment", "mimeType", "\"valueCode\":\"image/gif\"", "\"valueAttachment\":{\"contentType\":\"image/gif\",\"url\":\"http://a.org/b\"}", "")]
    [InlineData("attachment", "mimeType", "\"valueCode\":\"image/gif\"", "\"valueAttachment\":{\"contentType\":\"application/pdf\",\"url\":\"http://a.org/b\"}", Answer)]
    [InlineData("string", "minLength", "\"valueInteger\":5", "\"valueString\":\"abcd\"", Answer)]
    [InlineData("string", "minLength", "\"valueInteger\":5", "\"valueString\":\"abcde\"", "")]
    [InlineData("string", "regex", "\"valueString\":\"[^@]+@[^@]+\"", "\"valueString\":\"a@b.fi\"", "")]
    [InlineData("string", "regex", "\"valueString\":\"[^@]+@[^@]+\"", "\"valueString\":\"a@@b.fi\"", Answer)]
    [InlineData("string", "regex", "\"valueString\":\"[\"", "\"valueString\":\"a\"", "")]
    [InlineData("quantity", "questionnaire-unitOption", "\"valueCoding\":{\"system\":\"http://unitsofmeasure.org\",\"code\":\"km\"}", "\"valueQuantity\":{\"value\":1,\"system\":\"http://unitsofmeasure.org\",\"code\":\"km\"}", "")]
    [InlineData("quantity", "questionnaire-unitOption", "\"valueCoding\":{\"system\":\"http://unitsofmeasure.org\",\"code\":\"km\"}", "\"valueQuantity\":{\"value\":1,\"system\":\"http://unitsofmeasure.org\",\"code\":\"kg\"}", Answer)]
    [InlineData("quantity", "questionnaire-unitValueSet", "\"valueCanonical\":\"http://hl7.org/fhir/ValueSet/age-units\"", "\"valueQuantity\":{\"value\":1,\"system\":\"http://unitsofmeasure.org\",\"code\":\"a\"}", "")]
    [InlineData("quantity", "questionnaire-unitValueSet", "\"valueCanonical\":\"http://hl7.org/fhir/ValueSet/age-units\"", "\"valueQuantity\":{\"value\":1,\"system\":\"http://unitsofmeasure.org\",\"code\":\"km\"}", Answer)]
    [InlineData("reference", "questionnaire-referenceResource", "\"valueCode\":\"Patient\"", "\"valueReference\":{\"reference\":\"Patient/1\"}", "")]
    [InlineData("reference", "questionnaire-referenceResource", "\"valueCode\":\"Patient\"", "\"valueReference\":{\"reference\":\"http://a.org/fhir/Group/1\"}", Answer)]
    [InlineData("reference", "hidden", "\"valueBoolean\":true", "\"valueReference\":{\"reference\":\"https://a.org/Chicken/1\"}", Answer)]
    public void Limit_of_one_answer(string type, string name, string limit, string answer, string expected)
    {
        var limits = name == "hidden" ? Extension("questionnaire-hidden", limit) : Extension(name, limit);

        Errors(type, limits, "{" + answer + "}").Should().Be(expected);
    }

    private const string SdcQuantity = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-minQuantity";

    [Theory]
    [InlineData("""{"value":60000,"system":"http://unitsofmeasure.org","code":"m"}""", "")]
    [InlineData("""{"value":10000,"system":"http://unitsofmeasure.org","code":"m"}""", Answer)]
    [InlineData("""{"value":60000,"system":"http://unitsofmeasure.org","code":"kg"}""", Answer)]
    [InlineData("""{"value":60000,"unit":"m"}""", Answer)]
    public void Quantity_is_compared_across_units(string quantity, string expected) => Errors("quantity",
        $$$"""{"url":"{{{SdcQuantity}}}","valueQuantity":{"value":50,"system":"http://unitsofmeasure.org","code":"km"}}""",
        $$"""{"valueQuantity":{{quantity}}}""").Should().Be(expected);

    /// <summary>Who answered chose the text: another one than the code has is another answer.</summary>
    [Theory]
    [InlineData("Female", "")]
    [InlineData("female ", "")]
    [InlineData("Male", Answer + ".display")]
    [InlineData("Australia", Answer + ".display")]
    public void Text_of_an_answer_is_that_of_its_code(string text, string expected) => Errors(
        "choice", "",
        $$$"""{"valueCoding":{"system":"http://hl7.org/fhir/administrative-gender","code":"female","display":"{{{text}}}"}}""",
        "\"answerValueSet\":\"http://hl7.org/fhir/ValueSet/administrative-gender\",").Should().Be(expected);

    [Theory]
    [InlineData("a b", "completed", "")]
    [InlineData("a", "completed", "QuestionnaireResponse.item[0]")]
    [InlineData("a", "in-progress", "")]
    [InlineData("a b c d", "in-progress", "QuestionnaireResponse.item[0]")]
    public void Number_of_answers(string answers, string status, string expected) => Errors(
        "string",
        $"{Extension("questionnaire-minOccurs", "\"valueInteger\":2")},{Extension("questionnaire-maxOccurs", "\"valueInteger\":3")}",
        string.Join(',', answers.Split(' ').Select(text => $$"""{"valueString":"{{text}}"}""")), status: status).Should().Be(expected);

    [Theory]
    [InlineData("c1 c3", "")]
    [InlineData("c2", "")]
    [InlineData("c1 c2", "QuestionnaireResponse.item[0].answer[1]")]
    public void Exclusive_option_stands_alone(string codes, string expected) => Errors(
        "choice", Extension("questionnaire-hidden", "\"valueBoolean\":false"),
        string.Join(',', codes.Split(' ').Select(code => $$$"""{"valueCoding":{"system":"http://example.org","code":"{{{code}}}"}}""")),
        $$$"""
        "answerOption":[{"valueCoding":{"system":"http://example.org","code":"c1"}},
          {"extension":[{{{Extension("questionnaire-optionExclusive", "\"valueBoolean\":true")}}}],"valueCoding":{"system":"http://example.org","code":"c2"}},
          {"valueCoding":{"system":"http://example.org","code":"c3"}}],
        """).Should().Be(expected);

    [Theory]
    [InlineData("abc", "")]
    [InlineData("abcd", Answer)]
    public void Longest_answer(string text, string expected) => Errors(
        "string", Extension("questionnaire-hidden", "\"valueBoolean\":false"), $$"""{"valueString":"{{text}}"}""",
        "\"maxLength\":3,").Should().Be(expected);
}
