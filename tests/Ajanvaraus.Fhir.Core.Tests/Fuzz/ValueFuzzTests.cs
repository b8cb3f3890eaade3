using System.Text;

using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Core.Tests.Search;
using Ajanvaraus.Fhir.Testing;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Core.Tests.Fuzz;

/// <summary>Damaged search queries and dates: each is read or refused with a reason, whatever stands in it.</summary>
public sealed class ValueFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261123;

    private static readonly string[] Queries =
    [
        "schedule.actor:Practitioner.name=Virtanen&start=ge2026-11-23T09:00:00+02:00&start=lt2026-12-01&status=free",
        "patient=Patient/a&date=sa2026&_include=Appointment:slot&_revinclude:iterate=Provenance:target&_sort=-date,_id",
        "_has:Slot:schedule:start=eb2026-11&_id=a,b,c&_count=20&_total=accurate&_elements=id,status",
        "identifier=urn:oid:1.2.246|a\\|b,|c&service-type:not=x|y&specialty:missing=true&_lastUpdated=ne2026-11-22T00:00Z",
        "identifier:of-type=http://a|MR|123&appointment-type:text=tapaaminen&actor:identifier=http://s|v&_summary=true",
        "service-type:in=http://hl7.org/fhir/ValueSet/service-type&_tag:below=http://a&_profile:above=http://b/c",
        "end=ap2026-11-23T09:00&period=ge2026-11-23&_security=http://a|b&_source=http://c&_list=a&_type=Slot,Appointment",
    ];

    private static readonly string[] Quantities =
    [
        "value-quantity=lt5.40e-3|http://unitsofmeasure.org|g&value-quantity=ge-1||mg&combo-value-quantity=5,6,7&date=2026",
        "code=http://loinc.org|1-2&value-string:exact=\u00C5\u00E4&value-concept:missing=false&status:not=final,amended",
    ];

    private static readonly string[] Moments =
    [
        "2026", "2026-11", "2026-11-22", "2026-11-22T09:00:00Z", "2026-11-22T09:00:00.123456789+02:00", "0001-01-01",
        "9999-12-31T23:59:60-14:00", "2026-03-29T03:30:00+03:00", "09:00:00", "2026-11-22T24:00:00Z",
    ];

    [Fact]
    public void Damaged_queries_are_refused_with_issues_or_read()
    {
        var summary = FuzzRun.Of(Seed, Corpus([.. Queries, .. Quantities]), input =>
        {
            var text = Encoding.UTF8.GetString(input);
            var type = text.Contains("value-", StringComparison.Ordinal) ? "Observation" : "Appointment";
            var outcome = Searching.Parser.Parse([type], Pairs(text), (SearchHandling)(text.Length % 2));
            if (outcome.Failed && (outcome.Problem.Issues.IsEmpty || outcome.Problem.Issues.Any(IsUnknown)))
                outcome.Problem.Issues.Should().NotBeEmpty().And.NotContain(i => IsUnknown(i));
            return !outcome.Failed;
        });

        output.WriteLine(summary);
    }

    [Fact]
    public void Damaged_dates_are_refused_or_stand_for_a_span_of_time()
    {
        var summary = FuzzRun.Of(Seed, Corpus(Moments), input =>
        {
            var text = Encoding.UTF8.GetString(input);
            _ = FhirPathTemporal.ParseTime(text);
            _ = FhirPathTemporal.ParseDateTime(text);
            _ = FhirInstant.TryParse(text, Searching.Helsinki, out _);
            var isDateTime = PrimitiveText.IsDateTime(text);
            var isRead = DateTimeText.TryRead(text, out _);
            if (isDateTime && !isRead)
                isRead.Should().BeTrue("what is a dateTime can be read: {0}", text);
            if (PrimitiveText.IsInstant(text) && !isDateTime)
                isDateTime.Should().BeTrue("an instant is a dateTime: {0}", text);
            return isDateTime;
        });

        output.WriteLine(summary);
    }

    private static KeyValuePair<string, string>[] Pairs(string query) =>
    [
        .. query.Split('&').Select(pair => pair.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0], pair.Length > 1 ? pair[1] : "")),
    ];

    private static bool IsUnknown(Issue issue) => MessageCatalogue.Find(issue.Id) is null;

    private static List<byte[]> Corpus(IEnumerable<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
