using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.FhirPath.Expressions;

namespace Ajanvaraus.Fhir.Core.Tests.FhirPath;

public sealed class FhirPathParserTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("a.", 2)]
    [InlineData("a b", 2)]
    [InlineData("a.nothing()", 2)]
    [InlineData("a.where()", 2)]
    [InlineData("'open", 0)]
    [InlineData("'\\q'", 1)]
    [InlineData("@2026-13", 0)]
    [InlineData("$that", 0)]
    [InlineData("(a", 2)]
    [InlineData("a.ofType('x')", 9)]
    [InlineData("a ? b", 2)]
    [InlineData("99999999999999999999999999999999", 0)]
    [InlineData("19999999999999999999999999901.00000001", 0)]
    [InlineData("2147483648", 0)]
    public void Text_that_is_no_fhirpath_is_refused_at_its_position(string text, int position)
    {
        var result = FhirPathExpression.Parse(text);

        result.Expression.Should().BeNull();
        result.Error!.Position.Should().Be(position);
    }

    [Fact]
    public void Operators_bind_as_the_grammar_says()
    {
        var tree = FhirPathExpression.Parse("a implies b or c and d = e | f is G").Expression!.Tree;

        var implies = tree.Should().BeOfType<BinaryExpression>().Subject;
        implies.Operator.Should().Be(BinaryOperator.Implies);
        var or = implies.Right.Should().BeOfType<BinaryExpression>().Subject;
        or.Operator.Should().Be(BinaryOperator.Or);
        var and = or.Right.Should().BeOfType<BinaryExpression>().Subject;
        var equal = and.Right.Should().BeOfType<BinaryExpression>().Subject;
        equal.Operator.Should().Be(BinaryOperator.Equal);
        var union = equal.Right.Should().BeOfType<BinaryExpression>().Subject;
        union.Operator.Should().Be(BinaryOperator.Union);
        union.Right.Should().BeOfType<TypeExpression>();
    }

    [Fact]
    public void Garbage_of_any_kind_never_throws()
    {
        const int Seed = 20261122;
        string[] pieces =
            ["a", ".", "(", ")", "[", "]", "'", "`", "@20", "T1", "%", "$this", "where(", "is", " as ", "|", "+", "-",
             "1.5", "{}", "and ", "not()", "\\u00", "//", "/*", "ä", ",", "resolve()", "=", "~", "!", "\0"];
        var random = new Random(Seed);

        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var parse = () => FhirPathExpression.Parse(text);
            parse.Should().NotThrow($"seed {Seed}, text {text}");
        }
    }

    [Theory]
    [InlineData("(")]
    [InlineData("-")]
    [InlineData("a[")]
    [InlineData("a.where(")]
    [InlineData("a and ")]
    [InlineData("a.")]
    [InlineData("a is b | ")]
    public void Deep_nesting_is_refused_before_the_stack_ends(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 50_000)) + "a";

        var result = FhirPathExpression.Parse(text);

        result.Expression?.Tree.Should().BeNull();
        result.Error.Should().NotBeNull();
    }

    [Fact]
    public void Every_invariant_of_r4_parses()
    {
        var expressions = R4.Definitions.Types.Values
            .SelectMany(type => type.Constraints.Concat(type.Elements.SelectMany(element => element.Constraints)))
            .Select(constraint => constraint.Expression).Distinct().ToList();

        var failures = expressions
            .Select(text => (Text: text, FhirPathExpression.Parse(text).Error))
            .Where(result => result.Error is not null)
            .ToList();

        expressions.Should().HaveCountGreaterThan(100);
        failures.Should().BeEmpty();
    }
}
