using Ajanvaraus.Fhir.Benchmarks.Load;
using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Validation;

using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;

namespace Ajanvaraus.Fhir.Benchmarks.Micro;

/// <summary>From bytes to what is stored: one Appointment, and a Bundle of a megabyte of them.</summary>
/// <remarks>The first way of each is that of a write; the second also evaluates invariants and all of <c>$validate</c>.</remarks>
[MemoryDiagnoser]
[Config(typeof(Sizes))]
public class ValidationBenchmarks
{
    private readonly byte[] _appointment = Samples.Appointment();
    private readonly byte[] _claiming = Samples.ClaimingAppointment();
    private readonly byte[] _bundle = Samples.Bundle();
    private readonly StructuralValidator _structure = new(R4.Definitions);
    private readonly ProfileValidator _profiles;
    private readonly ProfileValidator _social;
    private readonly SearchIndexer _indexer = new(new SearchParameterRegistry(R4.Definitions));

    public ValidationBenchmarks()
    {
        _social = SocialProfiles.Validator(_structure);
        var source = R4Profiles.Instance;
        _profiles = new ProfileValidator(
            _structure, R4.Definitions, source, new TerminologyService(source, TimeProvider.System, new TerminologyResources()));
    }

    [Benchmark]
    public int AppointmentAsWritten() => Structure(_appointment);

    [Benchmark]
    public int AppointmentByAllRules() => AllRules(_appointment);

    /// <summary>The one that claims a profile, without the checks of its claim.</summary>
    [Benchmark]
    public int ClaimingAppointmentByR4() => Structure(_claiming);

    [Benchmark]
    public int ClaimingAppointmentByItsClaim()
    {
        var resource = FhirJson.Parse(_claiming).Resource!;
        return _structure.Validate(resource).Length + _social.ValidateClaims(resource).Length + Index(resource);
    }

    [Benchmark]
    public int BundleAsWritten() => Structure(_bundle);

    [Benchmark]
    public int BundleByAllRules() => AllRules(_bundle);

    public static int AppointmentBytes => Samples.Appointment().Length;

    public static int BundleBytes => Samples.Bundle().Length;

    private static int SizeOf(string name) =>
        name.StartsWith("Bundle", StringComparison.Ordinal) ? BundleBytes
        : name.StartsWith("Claiming", StringComparison.Ordinal) ? Samples.ClaimingAppointment().Length
        : AppointmentBytes;

    private int Structure(byte[] json)
    {
        var resource = FhirJson.Parse(json).Resource!;
        return _structure.Validate(resource).Length + Index(resource);
    }

    private int AllRules(byte[] json)
    {
        var resource = FhirJson.Parse(json).Resource!;
        return _profiles.Validate(resource).Length + Index(resource);
    }

    private int Index(ElementNode resource)
    {
        var count = _indexer.Index(resource).Tokens.Length;
        foreach (var entry in resource.All("entry"))
            count += _indexer.Index(entry["resource"]!).Tokens.Length;
        return count;
    }

    private sealed class Sizes : ManualConfig
    {
        public Sizes() => AddColumn(new TagColumn(
            "Bytes read", name => SizeOf(name).ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
