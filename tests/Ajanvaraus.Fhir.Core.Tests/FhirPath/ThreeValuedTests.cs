using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Tests.Json;

namespace Ajanvaraus.Fhir.Core.Tests.FhirPath;

/// <summary>http://hl7.org/fhirpath/N1/#boolean-logic: the tables for true, false and empty.</summary>
public sealed class ThreeValuedTests
{
    private static readonly string[] Values = ["true", "false", "{}"];

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var left in Values)
            foreach (var right in Values)
                pairs.Add(left, right);
        return pairs;
    }

    [Theory]
    [InlineData("true and {}", null)]
    [InlineData("false and {}", false)]
    [InlineData("{} and false", false)]
    [InlineData("true or {}", true)]
    [InlineData("{} or true", true)]
    [InlineData("false or {}", null)]
    [InlineData("true xor {}", null)]
    [InlineData("true xor false", true)]
    [InlineData("true implies {}", null)]
    [InlineData("{} implies true", true)]
    [InlineData("{} implies false", null)]
    [InlineData("false implies {}", true)]
    public void Operator_with_an_unknown_side_follows_the_table(string text, bool? expected) =>
        Truth(text).Should().Be(expected);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void And_and_or_are_symmetric_and_de_morgan_holds(string left, string right)
    {
        Truth($"{left} and {right}").Should().Be(Truth($"{right} and {left}"));
        Truth($"{left} or {right}").Should().Be(Truth($"{right} or {left}"));
        Truth($"({left} and {right}).not()").Should().Be(Truth($"{left}.not() or {right}.not()"));
        Truth($"{left} implies {right}").Should().Be(Truth($"{left}.not() or {right}"));
    }

    /// <summary>All 27 triples: grouping and distribution do not change a truth, known or not.</summary>
    [Theory]
    [MemberData(nameof(Pairs))]
    public void And_or_and_xor_are_associative_and_and_distributes_over_or(string left, string right)
    {
        foreach (var third in Values)
        {
            foreach (var name in new[] { "and", "or", "xor" })
                Truth($"({left} {name} {right}) {name} {third}").Should().Be(Truth($"{left} {name} ({right} {name} {third})"));
            Truth($"{left} and ({right} or {third})").Should().Be(Truth($"({left} and {right}) or ({left} and {third})"));
            Truth($"{left} or ({right} and {third})").Should().Be(Truth($"({left} or {right}) and ({left} or {third})"));
        }
    }

    private static bool? Truth(string text) =>
        FhirPathExpression.Parse(text).Expression!.EvaluateBoolean(Parsed.Resource("""{ "resourceType": "Patient" }"""));
}
