using System.Diagnostics;
using System.Globalization;

using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Testing;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Core.Tests.FhirPath;

/// <summary>Mutated expressions of the official suite: never an exception, never more than a second or the budget.</summary>
/// <remarks><c>AJANVARAUS_FUZZ_COUNT</c> sets how many; the seed is printed.</remarks>
public sealed class FhirPathFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;
    private const int UsualCount = 20_000;

    /// <summary>A busy machine may stop the test for a while; the budget itself is far below.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", "{}", ".", ",", "'", "`", "@", "%", "$this", "$total", "$index", " and ", " or ", " | ", "-",
        "+", " * ", " / ", " div ", " mod ", " & ", " = ", " ~ ", " is ", " as ", "1", "0", "2147483647", "1.50",
        "99999999999999999999999999", "4 days", "7 'wk'", "1 'mo'", "@2014-02-29", "@9999-12-31", "@0001", "@T23:59",
        "@2016-12-31T23:59:60.5+14:00", ".repeat($this)", ".repeat(children())", ".select($this | $this)", ".children()",
        ".descendants()", ".combine($this)", ".aggregate($total & $this, 'x')", ".matches('(a+)+$')", ".replace('', 'xx')",
        ".where(true)", ".sort(-$this)", ".split('')", ".join('')", ".toQuantity('g')", ".lowBoundary(3)",
        ".highBoundary()", ".defineVariable('v')", "%v", ".trace('t')", ".ofType(string)", ".toString()", "\0", "\ud800",
        "ä", "/*", "*/", "//", "\\u0041", "%resource", "%`vs-x`", ".power(99)", ".round(-1)", ".exp()", ".first()",
    ];

    [SharedDataFact(OfficialSuite.Folder)]
    public void Mutated_expression_gives_a_result_or_an_error_in_time()
    {
        var count = int.TryParse(
            Environment.GetEnvironmentVariable("AJANVARAUS_FUZZ_COUNT"), CultureInfo.InvariantCulture, out var wanted)
            ? wanted : UsualCount;
        var random = new Random(Seed);
        var inputs = OfficialSuite.Cases.Select(OfficialSuite.InputOf).Distinct().ToArray();
        var tally = new Dictionary<string, int>();
        var slowest = (Time: TimeSpan.Zero, Text: "");

        for (var i = 0; i < count; i++)
        {
            var text = Mutate(OfficialSuite.Cases[random.Next(OfficialSuite.Cases.Length)].Expression, random);
            var start = Stopwatch.GetTimestamp();
            var outcome = Run(text, inputs[random.Next(inputs.Length)], i);
            var time = Stopwatch.GetElapsedTime(start);
            if (time > slowest.Time)
                slowest = (time, text);
            tally[outcome] = tally.GetValueOrDefault(outcome) + 1;
        }

        output.WriteLine($"seed {Seed}: {count} expressions, slowest {slowest.Time.TotalMilliseconds:0} ms: {slowest.Text}");
        output.WriteLine(string.Join(", ", tally.OrderByDescending(pair => pair.Value)));
        slowest.Time.Should().BeLessThan(Longest, slowest.Text);
    }

    private static string Run(string text, ElementNode? input, int number)
    {
        try
        {
            if (FhirPathExpression.Parse(text) is not { Expression: { } expression } parsed)
                return $"{FhirPathExpression.Parse(text).Error!.Kind}";
            FhirPathAnalysis.Check(expression, input?.Type);
            TreeForms.Of(FhirPathExpression.Parse(FhirPathPrinter.Print(expression.Tree)).Expression?.Tree)
                .Should().Be(TreeForms.Of(expression.Tree));
            var result = expression.Evaluate(input, new FhirPathContext { Budget = new() { Steps = 1_000_000 } });
            return result.Error is { } error ? $"{error.Kind}" : "result";
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"Seed {Seed}, number {number}: {text}", error);
        }
    }

    private static string Mutate(string text, Random random)
    {
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(text.Length + 1);
            var end = Math.Min(text.Length, at + random.Next(8));
            text = random.Next(14) switch
            {
                0 => text[..at] + text[end..],
                1 => text[..end] + text[at..],
                2 => Other(random) + text[..at],
                3 => text[..at] + Other(random)[random.Next(2)..],
                4 => $"({text}) | ({Other(random)})",
                5 => $"{Other(random)}.select({text})",
                6 => $"iif({text}, {Other(random)}, {{}})",
                > 9 => text + Pieces[random.Next(Pieces.Length)],
                _ => text[..at] + Pieces[random.Next(Pieces.Length)] + text[at..],
            };
        }
        return text.Length > 2000 ? text[..2000] : text;
    }

    private static string Other(Random random) =>
        OfficialSuite.Cases[random.Next(OfficialSuite.Cases.Length)].Expression;
}
