using System.Text.Json;

using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Json;

public sealed class ExampleRoundTripTests
{
    [SharedDataTheory]
    [MemberData(nameof(SharedExamples.Files), MemberType = typeof(SharedExamples))]
    public void Example_read_and_written_says_the_same(string file)
    {
        var source = SharedExamples.Read(file);

        var result = FhirJson.Parse(source);

        result.Issues.Should().BeEmpty();
        using var expected = JsonDocument.Parse(source);
        using var actual = JsonDocument.Parse(FhirJson.ToBytes(result.Resource!));
        JsonDifference.Of(expected.RootElement, actual.RootElement).Should().BeNull();
    }
}
