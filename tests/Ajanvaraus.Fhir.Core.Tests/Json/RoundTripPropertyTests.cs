using System.Text.Json;

using Ajanvaraus.Fhir.Testing;

using FsCheck;
using FsCheck.Fluent;

namespace Ajanvaraus.Fhir.Core.Tests.Json;

/// <summary>The law of reading and writing, over generated resources of every type.</summary>
public sealed class RoundTripPropertyTests
{
    [Fact]
    public void Any_resource_written_and_read_is_the_same_tree()
    {
        var seeds = ArbMap.Default.ArbFor<int>();

        var law = Prop.ForAll(seeds, seed =>
        {
            var resource = new RandomResource(seed).Next();
            return TreeText.Of(Parsed.Resource(Parsed.Json(resource))) == TreeText.Of(resource);
        });

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), law);
    }

    [Fact]
    public void Pretty_and_compact_json_say_the_same()
    {
        var random = new RandomResource(20261122);

        for (var i = 0; i < 50; i++)
        {
            var resource = random.Next();
            var pretty = new System.Buffers.ArrayBufferWriter<byte>();
            Core.Json.FhirJson.Write(pretty, resource, pretty: true);

            using var expected = JsonDocument.Parse(Parsed.Json(resource));
            using var actual = JsonDocument.Parse(pretty.WrittenMemory);
            JsonDifference.Of(expected.RootElement, actual.RootElement).Should().BeNull();
        }
    }
}
