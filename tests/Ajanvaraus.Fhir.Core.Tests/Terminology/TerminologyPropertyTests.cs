using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Tests.Json;

using FsCheck;
using FsCheck.Fluent;

namespace Ajanvaraus.Fhir.Core.Tests.Terminology;

/// <summary>Laws over code systems and value sets made at random: several parents, properties, circles of parents too.</summary>
public sealed class TerminologyPropertyTests
{
    private const int Codes = 12;

    private static readonly string[] Operators =
        ["is-a", "descendent-of", "is-not-a", "generalizes", "=", "in", "not-in", "regex", "exists"];

    private static void Holds(Action<Random> law) => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => law(new Random(seed)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact]
    public void Pages_together_are_the_whole()
    {
        Holds(random =>
        {
            var service = Service(random);
            var whole = Expanded(service, new ExpansionRequest());
            var size = random.Next(1, 6);

            var pages = Enumerable.Range(0, (whole.Count / size) + 1)
                .SelectMany(page => Expanded(service, new ExpansionRequest { Offset = page * size, Count = size }));

            pages.Should().Equal(whole);
            whole.Should().OnlyHaveUniqueItems();
        });
    }

    [Fact]
    public void Asking_for_a_code_agrees_with_the_expansion()
    {
        Holds(random =>
        {
            var service = Service(random);
            var expanded = Expanded(service, new ExpansionRequest()).ToHashSet();

            foreach (var code in Enumerable.Range(0, Codes + 2).Select(i => $"c{i}"))
            {
                var isMember = expanded.Contains(code);
                service.Contains("urn:set", "urn:cs", code).Should().Be(isMember);
                service.Contains("urn:set", null, code).Should().Be(isMember);
                service.ValidateInSet("urn:set", [new("urn:cs", null, code, null)], ValidationRequest.Default)
                    .Value!.IsValid.Should().Be(isMember);
            }
        });
    }

    [Fact]
    public void Nested_and_active_expansions_have_the_codes_of_the_whole()
    {
        Holds(random =>
        {
            var service = Service(random);
            var whole = Expanded(service, new ExpansionRequest());

            Expanded(service, new ExpansionRequest { IsNested = true }).Should().BeEquivalentTo(whole);
            Expanded(service, new ExpansionRequest { IsActiveOnly = true }).Should().BeSubsetOf(whole);
        });
    }

    [Fact]
    public void Subsumption_is_reflexive_and_turns_round_and_goes_on()
    {
        Holds(random =>
        {
            var service = Service(random);
            Subsumption Compare(int a, int b) => service.Subsumes(
                new("urn:cs", null, $"c{a}", null), new("urn:cs", null, $"c{b}", null)).Value;
            bool IsBelow(int a, int b) => Compare(a, b) is Subsumption.SubsumedBy or Subsumption.Equivalent;

            for (var a = 0; a < Codes; a++)
            {
                Compare(a, a).Should().Be(Subsumption.Equivalent);
                for (var b = 0; b < Codes; b++)
                {
                    Turned(Compare(a, b)).Should().Be(Compare(b, a));
                    var c = random.Next(Codes);
                    if (IsBelow(a, b) && IsBelow(b, c))
                        IsBelow(a, c).Should().BeTrue();
                }
            }
        });
    }

    [Fact]
    public void Is_a_agrees_with_subsumption()
    {
        Holds(random =>
        {
            var root = $"c{random.Next(Codes)}";
            var set = Parsed.Resource(Services.Set($$"""{"system":"urn:cs","filter":[{"property":"concept","op":"is-a","value":"{{root}}"}]}""", url: "urn:set"));
            var service = new TerminologyService(
                new ConformanceSet([Parsed.Resource(CodeSystem(random)), set]), Services.Clock);

            var below = Enumerable.Range(0, Codes).Select(i => $"c{i}").Where(code => service.Subsumes(
                new("urn:cs", null, root, null), new("urn:cs", null, code, null)).Value
                is Subsumption.Subsumes or Subsumption.Equivalent);

            Expanded(service, new ExpansionRequest()).Should().BeEquivalentTo(below);
        });
    }

    private static Subsumption Turned(Subsumption subsumption) => subsumption switch
    {
        Subsumption.Subsumes => Subsumption.SubsumedBy,
        Subsumption.SubsumedBy => Subsumption.Subsumes,
        _ => subsumption,
    };

    private static List<string> Expanded(TerminologyService service, ExpansionRequest request) =>
        Services.Codes(service.Expand("urn:set", request));

    private static TerminologyService Service(Random random)
    {
        var include = string.Join(',', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Part(random, mayImport: true)));
        var exclude = random.Next(2) == 0 ? "" : $",\"exclude\":[{Part(random, mayImport: true)}]";
        var inactive = random.Next(3) == 0 ? ",\"inactive\":false" : "";
        return new TerminologyService(
            new ConformanceSet(
            [
                Parsed.Resource(CodeSystem(random)),
                Parsed.Resource(Services.Set(include, inactive + exclude, "urn:set")),
                Parsed.Resource(Services.Set(Part(random, mayImport: false), random.Next(2) == 0 ? ",\"inactive\":false" : "", "urn:a")),
                Parsed.Resource(Services.Set(Part(random, mayImport: false), url: "urn:b")),
            ]), Services.Clock);
    }

    private static string CodeSystem(Random random) => $$"""
        {"resourceType":"CodeSystem","url":"urn:cs","status":"active","content":"complete",
         "property":[{"code":"p","type":"code"}],"concept":[{{string.Join(',', Enumerable.Range(0, Codes).Select(i => Concept(i, random)))}}]}
        """;

    private static string Concept(int i, Random random)
    {
        var properties = new List<string>();
        for (var parents = random.Next(3); parents > 0; parents--)
            properties.Add($$"""{"code":"parent","valueCode":"c{{random.Next(random.Next(4) == 0 ? Codes : i + 1)}}"}""");
        if (random.Next(2) == 0)
            properties.Add($$"""{"code":"p","valueCode":"c{{random.Next(3)}}"}""");
        if (random.Next(4) == 0)
            properties.Add("""{"code":"inactive","valueBoolean":true}""");
        var all = properties.Count == 0 ? "" : $",\"property\":[{string.Join(',', properties)}]";
        return $$"""{"code":"c{{i}}"{{all}}}""";
    }

    private static string Part(Random random, bool mayImport) => random.Next(mayImport ? 6 : 4) switch
    {
        0 => """{"system":"urn:cs"}""",
        1 => $$"""{"system":"urn:cs","concept":[{"code":"c{{random.Next(Codes)}}"},{"code":"c{{random.Next(Codes)}}"}]}""",
        2 or 3 => $$"""{"system":"urn:cs","filter":[{{string.Join(',', Enumerable.Range(0, random.Next(1, 3)).Select(_ => Filter(random)))}}]}""",
        4 => """{"valueSet":["urn:a","urn:b"]}""",
        _ => $$"""{"system":"urn:cs","filter":[{{Filter(random)}}],"valueSet":["urn:{{(random.Next(2) == 0 ? 'a' : 'b')}}"]}""",
    };

    private static string Filter(Random random)
    {
        var op = Operators[random.Next(Operators.Length)];
        var property = op is "in" or "not-in" or "regex" or "exists" && random.Next(2) == 0 ? "p" : "concept";
        var code = $"c{random.Next(Codes)}";
        var value = op switch { "in" or "not-in" => $"{code},c1", "regex" => "c[0-4]", "exists" => "true", _ => code };
        return Services.Filter(property, op, value);
    }
}
