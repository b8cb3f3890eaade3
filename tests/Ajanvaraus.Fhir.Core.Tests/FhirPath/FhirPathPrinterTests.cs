using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.FhirPath.Expressions;
using Ajanvaraus.Fhir.Testing;

using FsCheck;
using FsCheck.Fluent;

namespace Ajanvaraus.Fhir.Core.Tests.FhirPath;

public sealed class FhirPathPrinterTests
{
    private static readonly string[] Names = ["name", "given", "value", "is", "div", "true", "day", "a b", "Patient"];

    private static readonly FhirPathValue[] Literals =
    [
        FhirPathValue.Of("it's \\ \n ä"), FhirPathValue.Of(42L), FhirPathValue.Of(1.50m), FhirPathValue.Of(true),
        FhirPathValue.Of(new FhirPathQuantity(4, "mg")), FhirPathValue.Of(new FhirPathQuantity(2, "weeks")),
        FhirPathValue.Of(FhirPathTemporal.ParseDateTime("2026-10")!),
        FhirPathValue.Of(FhirPathTemporal.ParseDateTime("2026-10-25T03:30:00.5+03:00")!),
        FhirPathValue.Of(FhirPathTemporal.ParseTime("14:30")!),
    ];

    private static Gen<Expression> Trees { get; } = Gen.Sized(size => Tree(Math.Min(size, 12)));

    [Theory]
    [InlineData("a.b[0].where(x=1 and(y or z))", "a.b[0].where(x = 1 and (y or z))")]
    [InlineData("(a)+(b*c)-(d-e)", "a + b * c - (d - e)")]
    [InlineData("-(-1).abs()", "-(-1).abs()")]
    [InlineData("(1 > 2) is Boolean", "(1 > 2) is Boolean")]
    [InlineData("%'vs-x' | %resource | %`my var`", "%`vs-x` | %resource | %`my var`")]
    [InlineData("'\\u00e4\\'' & \"x\"", null)]
    [InlineData("x.sort(a desc, b asc, -c)", "x.sort(-a, b, -c)")]
    [InlineData("`div`.`a b` // note", "`div`.`a b`")]
    public void Expression_is_printed_in_one_form(string text, string? expected)
    {
        var parsed = FhirPathExpression.Parse(text);

        var printed = parsed.Expression is null ? null : FhirPathPrinter.Print(parsed.Expression.Tree);

        printed.Should().Be(expected);
    }

    [Fact]
    public void Reading_a_printed_tree_gives_the_same_tree() =>
        Prop.ForAll(Trees.ToArbitrary(), tree =>
        {
            var printed = FhirPathPrinter.Print(tree);
            var read = FhirPathExpression.Parse(printed);
            return (TreeForms.Of(read.Expression?.Tree) == TreeForms.Of(tree))
                .Label($"{printed}: {read.Error}");
        }).QuickCheckThrowOnFailure();

    [SharedDataFact(OfficialSuite.Folder)]
    public void Reading_a_printed_case_of_the_official_suite_gives_the_same_tree()
    {
        foreach (var @case in OfficialSuite.Cases)
            if (FhirPathExpression.Parse(@case.Expression).Expression is { } expression)
                TreeForms.Of(FhirPathExpression.Parse(FhirPathPrinter.Print(expression.Tree)).Expression?.Tree)
                    .Should().Be(TreeForms.Of(expression.Tree), @case.Expression);
    }

    private static Gen<Expression> Tree(int size)
    {
        if (size <= 0)
            return Gen.OneOf(
                Gen.Elements(Names).Select(Expression (name) => new MemberExpression(null, name, 0)),
                Gen.Elements(Literals).Select(Expression (value) => new LiteralExpression(value, 0)),
                Gen.Elements("this", "index", "total").Select(Expression (name) => new SpecialExpression(name, 0)),
                Gen.Elements("resource", "vs-x", "my var").Select(
                    Expression (name) => new ExternalConstantExpression(name, 0)),
                Gen.Constant<Expression>(new EmptyExpression(0)));
        var part = Tree(size / 2);
        return Gen.OneOf(
            part.SelectMany(target => Gen.Elements(Names), Expression (target, name) =>
                new MemberExpression(target, name, 0)),
            part.SelectMany(_ => part, Expression (target, argument) =>
                new FunctionExpression(target, "where", [argument], 0)),
            part.Select(Expression (argument) => new FunctionExpression(null, "exists", [argument], 0)),
            part.SelectMany(_ => part, Expression (target, index) => new IndexerExpression(target, index, 0)),
            part.Select(Expression (operand) => new NegationExpression(operand, 0)),
            Gen.Elements(Enum.GetValues<BinaryOperator>()).SelectMany(_ => part, (name, left) => (name, left))
                .SelectMany(_ => part, Expression (pair, right) =>
                    new BinaryExpression(pair.name, pair.left, right, 0)),
            part.SelectMany(_ => Gen.Elements(true, false), Expression (operand, isCast) =>
                new TypeExpression(operand, isCast, new TypeSpecifier(isCast ? "FHIR" : null, "Quantity"), 0)));
    }
}
