using System.Text;
using System.Text.Json;

using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Core.Tests.Search;
using Ajanvaraus.Fhir.Core.Xml;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Fuzz;

/// <summary>Inputs that are built to trip a reader, or that once did: each gets the answer that was reviewed.</summary>
/// <remarks>An input on which a fuzz run fails is added here, as the run prints it.</remarks>
public sealed class KeptInputTests
{
    private static readonly string[] Json =
    [
        "", " ", "\0", "null", "[]", "{", "{}", "{\"resourceType\":1}", "{\"resourceType\":\"Patient\"", "\uFEFF{\"resourceType\":\"Patient\"}",
        "{\"resourceType\":\"Patient\"}x", "{\"resourceType\":\"Patient\",}", "{\"resourceType\":\"Patient\",\"active\":null}",
        "{\"resourceType\":\"Patient\",\"active\":true,\"active\":false}", "{\"resourceType\":\"Patient\",\"active\":\"true\"}",
        "{\"resourceType\":\"Patient\",\"id\":\"\\ud800\"}", "{\"resourceType\":\"Patient\",\"id\":\"\\u0000\"}",
        "{\"resourceType\":\"Patient\",\"name\":[]}", "{\"resourceType\":\"Patient\",\"name\":{}}", "{\"resourceType\":\"Patient\",\"name\":[null]}",
        "{\"resourceType\":\"Patient\",\"_name\":[{}]}", "{\"resourceType\":\"Patient\",\"_birthDate\":[]}", "{\"resourceType\":\"Patient\",\"_active\":{}}",
        "{\"resourceType\":\"Patient\",\"name\":[{\"given\":[null],\"_given\":[null]}]}",
        "{\"resourceType\":\"Patient\",\"name\":[{\"given\":[\"a\"],\"_given\":[null,{\"id\":\"x\"}]}]}",
        "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":1e999}}", "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":-0.0E-0}}",
        "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":1.}}", "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":NaN}}",
        "{\"resourceType\":\"Observation\",\"valueString\":\"a\",\"valueBoolean\":true}", "{\"resourceType\":\"Patient\",\"contained\":[{}]}",
        "{\"resourceType\":\"Patient\",\"contained\":[{\"resourceType\":\"\"}]}", "{\"resourceType\":\"Patient\",\"resourceType\":\"Slot\"}",
        "{\"__proto__\":{},\"resourceType\":\"Patient\"}", "{\"resourceType\":\"Patient\",\"\":1}", "{\"resourceType\":\"Element\"}",
        $"{{\"resourceType\":\"Patient\",\"extension\":{Nested("[{\"url\":\"u\",\"extension\":", "[]", "}]", 100)}}}",
    ];

    private static readonly string[] Xml =
    [
        "", "<", "<Patient", "<Patient/>", "<Patient xmlns=\"http://hl7.org/fhir\"/>", "<Patient xmlns=\"http://hl7.org/fhir\"></Slot>",
        "<?xml version=\"1.1\"?><Patient xmlns=\"http://hl7.org/fhir\"/>", "<?xml version=\"1.0\" encoding=\"utf-7\"?><Patient xmlns=\"http://hl7.org/fhir\"/>",
        "<!DOCTYPE a><Patient xmlns=\"http://hl7.org/fhir\"/>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><Patient xmlns=\"http://hl7.org/fhir\"><id value=\"&b;\"/></Patient>",
        "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"&#0;\"/></Patient>", "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"&#xD800;\"/></Patient>",
        "<Patient xmlns=\"http://hl7.org/fhir\"><id/></Patient>", "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"\"/></Patient>",
        "<Patient xmlns=\"http://hl7.org/fhir\"><active value=\"true\"/><active value=\"true\"/></Patient>",
        "<Patient xmlns=\"http://hl7.org/fhir\"><gender value=\"male\"/><active value=\"true\"/></Patient>",
        "<Patient xmlns=\"http://hl7.org/fhir\">text</Patient>", "<Patient xmlns=\"http://hl7.org/fhir\"><![CDATA[x]]></Patient>",
        "<Patient xmlns=\"http://hl7.org/fhir\"><text><div xmlns=\"http://www.w3.org/1999/xhtml\"><p></div></text></Patient>",
        "<p:Patient xmlns:p=\"http://hl7.org/fhir\"><p:id p:value=\"a\"/></p:Patient>",
        "<Patient xmlns=\"http://hl7.org/fhir\"><contained/></Patient>", "<Patient xmlns=\"http://hl7.org/fhir\"><contained><Slot/><Slot/></contained></Patient>",
        "<Patient xmlns=\"http://hl7.org/fhir\">" + Nested("<extension url=\"u\">", "", "</extension>", 100) + "</Patient>",
    ];

    private static readonly string[] Paths =
    [
        "", " ", "\0", ".", "(", "()", "{}", "'", "'\\", "'\\u12", "'\\ud800'", "`", "``", "%", "%``", "$", "$that", "@", "@T", "@2026-13",
        "@2026-02-30", "@T24:00", "1.", "1..2", "01", "99999999999999999999999999999", "1e3", "-", "--1", "+-+1", "1 'mg", "1 days days", "a.b.",
        "a[", "a[]", "a[-1]", "is", "a is", "a is 1", "as as as", "a as (b)", "and", "a and", "not", "a!b", "a?b", "a;b", "/*", "/* */ 1", "// x",
        "iif()", "iif(1,2,3,4)", "where()", "nothing()", "'a'.matches('(a+)+$')", "'a'.matches('[')", "1 / 0", "1 mod 0", "2147483647 + 1",
        "9999999999999999999999999999 * 9999999999999999999999999999", "(-1).sqrt()", "0.ln()", "10.power(1000)", "1.round(-1)", "'x'.toQuantity('')",
        "@9999-12-31 + 1 day", "@0001-01-01 - 1 year", "today() + 1e9 days", "%resource.descendants().descendants()", "(1|2).single()",
        Nested("(", "1", ")", 200), Nested("-", "1", "", 200), Nested("a.", "b", "", 2000), Nested("1 + ", "1", "", 1200),
    ];

    private static readonly string[] Queries =
    [
        "", "&", "=", "=a", "_id", "_id=", "_id=,", "_id=a,", "_id=\\", "_id=\\,\\", "status=|", "status=||", "status=a|b|c", "status:=a", "status:not:not=a",
        "status:x=a", "date=", "date=2026-13-45", "date=xx2026", "date=ge", "date=ge2026,lt2027", "date:missing=maybe", "patient=", "patient=Patient/",
        "patient=Patient/a/b/c", "patient=http://", "patient:Slot=a", "patient.", "patient..name=a", "patient.name.family.x=a", "_has=a", "_has:=a", "_has:Slot:=a",
        "_has:Slot:schedule:=a", "_has:Nothing:a:b=c", "_count=", "_count=-1", "_count=99999999999", "_sort=", "_sort=-", "_sort=nothing", "_include=", "_include=*:*:*",
        "_include=Appointment:nothing", "_include:iterate:iterate=Appointment:slot", "_summary=maybe", "_elements=", "_total=exact", "_format=\0", "_filter=(", "near=1|2|3|4|5",
        "\0=\0", "\ud83d\ude00=\ud83d\ude00",
    ];

    private static readonly string[] Moments =
    [
        "", " ", "2026 ", "2026-", "202", "20260", "2026-00", "2026-13", "2026-02-29", "2024-02-29", "0000-01-01", "9999-12-31", "2026-11-22T", "2026-11-22T09",
        "2026-11-22T09:00", "2026-11-22T09:00:00", "2026-11-22T24:00:00Z", "2026-11-22T23:59:60Z", "2026-11-22T09:00:00.Z", "2026-11-22T09:00:00z",
        "2026-11-22T09:00:00+14:00", "2026-11-22T09:00:00+14:01", "2026-11-22T09:00:00+2:00", "2026-11-22T09:00:00.12345678901234567890Z", "\u0662\u0660\u0662\u0666", "-2026", "2026-11-22Z",
    ];

    [Fact]
    public void Every_kept_input_gets_the_answer_that_was_reviewed()
    {
        var text = new StringBuilder();
        Tell(text, "JSON", Json, input => IssuesOf(FhirJson.Parse(Encoding.UTF8.GetBytes(input))));
        Tell(text, "XML", Xml, input => IssuesOf(FhirXml.Parse(Encoding.UTF8.GetBytes(input))));
        Tell(text, "FHIRPath", Paths, ResultOf);
        Tell(text, "Search", Queries, QueryOf);
        Tell(text, "Moments", Moments, MomentOf);

        Golden.Match("kept-inputs.txt", text.ToString());
    }

    private static void Tell(StringBuilder text, string name, string[] inputs, Func<string, string> answer)
    {
        text.Append("# ").Append(name).Append('\n');
        foreach (var input in inputs)
        {
            var shown = JsonEncodedText.Encode(input.Replace('\ud800', '?')).ToString();
            text.Append(shown.Length > 160 ? shown[..160] + "…" : shown).Append(" -> ").Append(answer(input)).Append('\n');
        }
    }

    private static string IssuesOf(ParseResult result) => result is { HasErrors: false, Resource: { } resource }
        ? $"read: {resource.Type.Name}"
        : string.Join(", ", result.Issues.Select(issue => $"{issue.Id} {issue.Expression}".Trim()).Distinct());

    private static string ResultOf(string expression)
    {
        var parsed = FhirPathExpression.Parse(expression);
        if (parsed.Expression is null)
            return $"{parsed.Error!.Message.Id} at {parsed.Error.Position}";
        var result = parsed.Expression.Evaluate((ElementNode?)null, new FhirPathContext { Clock = new FakeClock("2026-11-23T08:00:00+02:00") });
        return result.Error is { } error ? $"{error.Message.Id} at {error.Position}" : $"[{string.Join(", ", result.Values)}]";
    }

    private static string QueryOf(string query)
    {
        KeyValuePair<string, string>[] pairs =
        [
            .. query.Split('&').Select(pair => pair.Split('=', 2))
                .Select(pair => KeyValuePair.Create(pair[0], pair.Length > 1 ? pair[1] : "")),
        ];
        var outcome = Searching.Parser.Parse(["Appointment"], pairs, SearchHandling.Strict);
        return outcome.Failed ? string.Join(", ", outcome.Problem.Issues.Select(issue => issue.Id).Distinct()) : "read";
    }

    private static string MomentOf(string text) => string.Join(' ', new[]
    {
        PrimitiveText.IsDate(text) ? "date" : null, PrimitiveText.IsDateTime(text) ? "dateTime" : null,
        PrimitiveText.IsInstant(text) ? "instant" : null,
        FhirInstant.TryParse(text, Searching.Helsinki, out var moment) ? $"{moment:O}" : null,
    }.OfType<string>().DefaultIfEmpty("none"));

    private static string Nested(string open, string inner, string close, int depth) =>
        string.Concat(Enumerable.Repeat(open, depth)) + inner + string.Concat(Enumerable.Repeat(close, depth));
}
