using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.FhirPath.Functions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.FhirPath;

/// <summary>What the official suite does not ask.</summary>
public sealed class FhirPathFunctionTests
{
    private static readonly ElementNode Patient = Parsed.Resource("""
        {
          "resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1974-12-25",
          "contained": [{ "resourceType": "Organization", "id": "org", "name": "Koti" }],
          "modifierExtension": [{ "url": "http://example.org/m", "valueBoolean": true }],
          "name": [{ "given": ["Aino", "Maria"], "family": "Virtanen" }, { "given": ["Ainikki"] }],
          "managingOrganization": { "reference": "#org" },
          "maritalStatus": { "coding": [{ "system": "urn:s", "code": "M" }, { "system": "urn:t", "code": "x" }] },
          "text": { "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">Aino</div>" }
        }
        """);

    /// <summary>Expression and the texts of its items; the reason stands where it is not plain.</summary>
    public static TheoryData<string, string> Values => new()
    {
        { "'a,b,c'.lastIndexOf(',')", "3" },
        { "'abc'.split('').join('-')", "a-b-c" },
        // A character that takes two units of UTF-16 is one, and never cut.
        { "'a\U0001F600b'.length()", "3" },
        { "'\\ud83d\\ude00'.length()", "1" },
        { "'a\U0001F600b'.substring(1, 1)", "\U0001F600" },
        { "'a\U0001F600b'.substring(2)", "b" },
        { "'a\U0001F600b'.indexOf('b')", "2" },
        { "'a\U0001F600b'.toChars().join('-')", "a-\U0001F600-b" },
        { "'\U0001F600'.replaceMatches('^.', '')", "\uFFFD" },
        { "'ab'.encode('nothing')", "" },
        { "'zz'.decode('hex')", "" },
        { "'a<b>&\"'.escape('html')", "a&lt;b&gt;&amp;&quot;" },
        { "'a\\\\u0041\\\\n'.unescape('json').length()", "3" },
        { "'aXbX'.replaceMatches('(?<l>[ab])X', '${l}-')", "a-b-" },
        { "'foobar'.matches('foo(?=bar)')", "true" },
        { "birthDate.matches('1974')", "true" },
        { "name.given.sort()", "Ainikki,Aino,Maria" },
        { "name.given.sort($this desc)", "Maria,Aino,Ainikki" },
        { "name.sort(family desc).given.first()", "Ainikki" },
        { "(3 | 1).sort().combine(2).aggregate($total + $this, 0)", "6" },
        { "name.select(coalesce({}, family, 'x'))", "Virtanen,x" },
        { "defineVariable('n', name.first().family).name.given.select($this & ' ' & %n)",
            "Aino Virtanen,Maria Virtanen,Ainikki Virtanen" },
        { "name.defineVariable('n').select(%n.count())", "2,2" },
        { "(defineVariable('a', 1).select(%a)) | (defineVariable('a', 2).select(%a))", "1,2" },
        { "name.given.where($index > 0)", "Maria,Ainikki" },
        { "name.select(given.select($index))", "0,1,0" },
        { "name.repeatAll(given)", "Aino,Maria,Ainikki" },
        { "7.5 'h'.toQuantity('min').value", "" },
        { "90 'min'.toQuantity('h') = 1.5 'h'", "true" },
        { "2 years.toQuantity('months')", "24 months" },
        { "1 year.toQuantity('d')", "365 'd'" },
        { "37 'Cel' = 310.15 'K'", "true" },
        { "212 '[degF]' ~ 100 'Cel'", "true" },
        { "1 '[in_i]' = 25.4 'mm'", "true" },
        { "1 year = 12 months", "true" },
        { "1 year = 365 days", "" },
        { "1 year ~ 1 'a'", "true" },
        { "1 'a' > 364 'd'", "true" },
        { "24 hours = 1 day", "true" },
        { "5 'mg' = 5 'foo'", "" },
        { "5 'mg' + 1 'g'", "1005 'mg'" },
        { "5 'mg' + 1 's'", "" },
        { "6 'm' / 2 's' = 3 'm/s'", "true" },
        { "1 'kg.m/s2' = 1 'N'", "true" },
        { "5 '1' = 5", "true" },
        { "@2024-01-31 + 1 month", "2024-02-29" },
        { "@2024-02-29 + 1 year", "2025-02-28" },
        { "@2014 + 24 months", "2016" },
        { "@2014 + 11 months", "2014" },
        { "@2014-03 - 31 days", "2014-02" },
        { "@T23:30 + 45 minutes", "00:15" },
        { "@T10:00:00 - 1.5 seconds", "09:59:58.500" },
        { "@2026-10-25T03:30:00+03:00 + 1 hour", "2026-10-25T04:30:00+03:00" },
        { "@9999-12-31 + 1 day", "" },
        { "@2026-01-01T10:00:00Z < @2026-01-03T10:00:00", "true" },
        { "@2026-01-01T10:00:00Z < @2026-01-01T12:00:00", "" },
        { "@2026-01-01 < @2026-01-02T00:30:00+02:00", "true" },
        { "@T10 = @T10:00", "" },
        { "now() = now() and today() = today()", "true" },
        { "now()", "2026-11-23T08:00:00.000+02:00" },
        { "today() | timeOfDay()", "2026-11-23,08:00:00.000" },
        { "@2026-05-06T07:08:09.010+02:00.select(yearOf() | monthOf() | dayOf() | hourOf() | minuteOf())", "2026,5,6,7,8" },
        { "@2026-05-06T07:08+02:00.timezoneOffsetOf()", "2" },
        { "@2026-05-06T07:08:09.dateOf() | @2026-05-06T07:08:09.timeOf()", "2026-05-06,07:08:09" },
        { "'2026-05'.toDateTime().is(DateTime)", "true" },
        { "@2026-05-06T07:08.toDate()", "2026-05-06" },
        { "'25:00'.toTime()", "" },
        { "2147483647 + 1", "" },
        { "-7 div 2 | -7 mod 2", "-3,-1" },
        { "2.5.round() | (-2.5).round()", "3,-3" },
        { "0.ln() | (-4).sqrt() | 10.power(40)", "" },
        { "2.power(-1)", "0.5" },
        { "memberOf('urn:vs') = true", "" },
        { "gender.memberOf('urn:vs')", "true" },
        { "gender.memberOf('urn:unknown')", "" },
        { "maritalStatus.memberOf('urn:vs')", "true" },
        { "maritalStatus.coding.first().memberOf('urn:vs')", "false" },
        { "maritalStatus.coding.first().subsumes(maritalStatus.coding.first())", "true" },
        { "managingOrganization.resolve().name", "Koti" },
        { "contained.first().managingOrganization.resolve()", "" },
        { "checkModifiers('http://example.org/m').id", "p1" },
        { "text.div.htmlChecks()", "true" },
        { "gender.getValue().is(System.String)", "true" },
        { "id.type().name", "id" },
        { "conformsTo('http://hl7.org/fhir/StructureDefinition/DomainResource')", "true" },
        { "('a' | 'b').trace('t').count()", "2" },
        { "name.first().elementDefinition().select(path & ' ' & min.toString() & '..' & max)", "Patient.name 0..*" },
        { "name.given.elementDefinition().type.code", "string,string,string" },
        { "gender.elementDefinition().binding.select(strength & ' ' & valueSet)",
            "required http://hl7.org/fhir/ValueSet/administrative-gender" },
        { "managingOrganization.elementDefinition().type.targetProfile",
            "http://hl7.org/fhir/StructureDefinition/Organization" },
        { "elementDefinition().where(constraint.key.exists($this = 'dom-2')).path", "Patient" },
        { "1.elementDefinition()", "" },
        { "maritalStatus.subsumes(%resource.maritalStatus.coding[1])", "true" },
        { "maritalStatus.coding[0].subsumedBy(%resource.maritalStatus.coding[1])", "" },
        { "{}.all(false) and {}.allTrue() and {}.subsetOf({})", "true" },
        { "'A  b' ~ ' a B '", "true" },
        { "1.04 ~ 1.0", "true" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Expression_on_a_patient_gives_these_values(string text, string expected)
    {
        var parsed = FhirPathExpression.Parse(text);
        parsed.Error.Should().BeNull();

        var result = parsed.Expression!.Evaluate(Patient, Context());

        result.Error.Should().BeNull();
        string.Join(',', result.Values).Should().Be(expected);
    }

    /// <summary>Expression, the id of the message, and the character where it goes wrong.</summary>
    [Theory]
    [InlineData("name.given.single()", "AJV-5030", 11)]
    [InlineData("1 < 'a'", "AJV-5031", 2)]
    [InlineData("true + 1", "AJV-5032", 5)]
    [InlineData("-'a'", "AJV-5033", 0)]
    [InlineData("name.first().upper()", "AJV-5034", 13)]
    [InlineData("'a'.substring('b')", "AJV-5035", 4)]
    [InlineData("%heard", "AJV-5036", 0)]
    [InlineData("defineVariable('resource')", "AJV-5037", 0)]
    [InlineData("defineVariable('a').defineVariable('a')", "AJV-5037", 20)]
    [InlineData("'a'.matches('(')", "AJV-5038", 4)]
    [InlineData("@2024 + 1 'mo'", "AJV-5039", 6)]
    [InlineData("slice('http://example.org/p', 's')", "AJV-5040", 0)]
    [InlineData("conformsTo('http://example.org/none')", "AJV-5041", 0)]
    [InlineData("checkModifiers('')", "AJV-5042", 0)]
    [InlineData("gender.ofType(Nothing)", "AJV-5022", 7)]
    [InlineData("(true | 1).allTrue()", "AJV-5034", 11)]
    public void Rule_that_the_data_breaks_is_told_with_its_place(string text, string id, int position)
    {
        var result = FhirPathExpression.Parse(text).Expression!.Evaluate(Patient, Context());

        result.Error!.Message.Id.Should().Be(id);
        result.Error.Position.Should().Be(position);
        result.Error.Kind.Should().Be(FhirPathErrorKind.Execution);
    }

    [Theory]
    [InlineData("(1).repeat($this + 1)", "AJV-5051")]
    [InlineData("('x').repeatAll($this)", "AJV-5051")]
    [InlineData("descendants().select(%resource.descendants().select(%resource.descendants()))", null)]
    [InlineData("(1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|19|20).aggregate($total & $total, 'abcdefgh')", "AJV-5052")]
    [InlineData("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'.matches('^(?=(a+)+$)')", "AJV-5053")]
    [InlineData("'x'.replace('', 'xxxxxxxxxxxxxxxx').select($this.repeatAll($this.replace('', $this)))", "AJV-5052")]
    public void Evaluation_beyond_its_budget_is_stopped(string text, string? id)
    {
        var context = new FhirPathContext
        {
            Budget = new FhirPathBudget { Steps = 20_000, Items = 5000, PatternTime = TimeSpan.FromMilliseconds(50) },
        };

        var result = FhirPathExpression.Parse(text).Expression!.Evaluate(Patient, context);

        result.Values.Should().BeEmpty();
        result.Error!.Kind.Should().Be(FhirPathErrorKind.Budget);
        if (id is not null)
            result.Error.Message.Id.Should().BeOneOf(id, "AJV-5050");
    }

    [Fact]
    public void Traces_are_told_and_too_many_are_refused()
    {
        var traces = new List<string>();
        FhirPathContext Traced(int most) => new()
        {
            Tracer = (name, items) => traces.Add($"{name}:{string.Join('+', items)}"),
            Budget = new FhirPathBudget { Traces = most },
        };
        var expression = FhirPathExpression.Parse("name.given.select(trace('g', length()))").Expression!;

        var told = expression.Evaluate(Patient, Traced(3));
        var refused = expression.Evaluate(Patient, Traced(2));

        told.Error.Should().BeNull();
        traces.Take(3).Should().Equal("g:4", "g:5", "g:7");
        refused.Error!.Message.Id.Should().Be("AJV-5054");
    }

    /// <summary>A new function must say what it does to types, or be treated by the visitor itself.</summary>
    [Fact]
    public void Every_function_is_known_to_the_analysis()
    {
        string[] treated = ["select", "union", "combine", "coalesce", "iif", "extension", "as", "ofType"];

        FunctionTable.Names.Where(name => Core.FhirPath.Analysis.FunctionType.Find(name) is null)
            .Should().BeEquivalentTo(treated);
    }

    private static FhirPathContext Context() => new()
    {
        Clock = new FakeClock("2026-11-23T08:00:00+02:00"),
        Zone = TimeZones.Default,
        Terminology = new Codes(),
    };

    private sealed class Codes : ITerminology
    {
        public bool? Contains(string valueSet, string? system, string code) =>
            valueSet == "urn:vs" ? code is "female" or "x" : null;
    }
}
