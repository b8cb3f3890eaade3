using System.Buffers;
using System.Text;

using Ajanvaraus.Fhir.Benchmarks.Load;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Core.Xml;

using BenchmarkDotNet.Attributes;

namespace Ajanvaraus.Fhir.Benchmarks.Micro;

/// <summary>What each request does to one resource.</summary>
[MemoryDiagnoser]
public class CoreBenchmarks
{
    private readonly byte[] _json = Encoding.UTF8.GetBytes(Calendars.Appointment("a1", 1, 2, 3));
    private readonly byte[] _xml;
    private readonly ArrayBufferWriter<byte> _output = new(4096);
    private readonly StructuralValidator _validator = new(R4.Definitions);
    private readonly SearchIndexer _indexer;
    private readonly SearchQueryParser _queries;
    private readonly FhirPathExpression _path =
        FhirPathExpression.Parse("participant.where(status = 'accepted').actor.reference").Expression!;

    private readonly KeyValuePair<string, string>[] _query =
    [
        new("schedule.actor", "Practitioner/p1"), new("start", "ge2031-03-03T06:00:00Z"),
        new("start", "lt2031-03-06"), new("status", "free"),
    ];

    private readonly ElementNode _appointment;

    public CoreBenchmarks()
    {
        var registry = new SearchParameterRegistry(R4.Definitions);
        _indexer = new SearchIndexer(registry);
        _queries = new SearchQueryParser(registry, new SearchSettings());
        _appointment = FhirJson.Parse(_json).Resource!;
        _xml = FhirXml.ToBytes(_appointment);
    }

    [Benchmark]
    public ElementNode Parse() => FhirJson.Parse(_json).Resource!;

    [Benchmark]
    public int Write()
    {
        _output.ResetWrittenCount();
        FhirJson.Write(_output, _appointment);
        return _output.WrittenCount;
    }

    [Benchmark]
    public ElementNode ParseXml() => FhirXml.Parse(_xml).Resource!;

    [Benchmark]
    public int WriteXml()
    {
        _output.ResetWrittenCount();
        FhirXml.Write(_output, _appointment);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int Validate() => _validator.Validate(_appointment).Length;

    [Benchmark]
    public int FhirPath() => _path.Evaluate(_appointment).Values.Count;

    [Benchmark]
    public IndexEntries Index() => _indexer.Index(_appointment);

    [Benchmark]
    public Outcome<SearchQuery> ParseSearch() => _queries.Parse(["Slot"], [.. _query], SearchHandling.Strict);
}
