using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.FhirPath;

/// <summary>HL7's suite: each case passes, but for those that contradict the specification.</summary>
public sealed class OfficialSuiteTests
{
    /// <summary>Cases where the suite, not this engine, is wrong, each with what we answer and why.</summary>
    private static readonly Dictionary<string, string> Contested = new()
    {
        ["testPlusDate19"] = "N1 ignores fractions of units above seconds only; 0.1 's' is 100 milliseconds.",
        ["testLiteralTimeUTC"] = "The grammar gives a time no offset: a syntax error, found before execution.",
        ["testLiteralTimeTimezoneOffset"] = "As testLiteralTimeUTC.",
    };

    public static TheoryData<int, string> Rows()
    {
        var rows = new TheoryData<int, string>();
        for (var i = 0; i < OfficialSuite.Cases.Length; i++)
            rows.Add(i, OfficialSuite.Cases[i].Name);
        return rows;
    }

    [SharedDataTheory(OfficialSuite.Folder)]
    [MemberData(nameof(Rows))]
    public void Case_of_the_official_suite_gives_the_expected_answer(int index, string name)
    {
        var @case = OfficialSuite.Cases[index];

        var difference = Difference(@case);

        if (Contested.TryGetValue(name, out var reason))
            difference.Should().NotBeNull($"it is contested: {reason}");
        else
            difference.Should().BeNull(@case.Expression);
    }

    private static string? Difference(OfficialCase @case)
    {
        var parsed = FhirPathExpression.Parse(@case.Expression);
        if (@case.Invalid == "syntax")
            return parsed.Error is { Kind: FhirPathErrorKind.Syntax } ? null : "no syntax error";
        var input = OfficialSuite.InputOf(@case);
        if (parsed.Expression is not { } expression)
            return @case.Invalid is null || parsed.Error!.Kind == FhirPathErrorKind.Syntax
                ? parsed.Error!.ToString()
                : null;
        var findings = FhirPathAnalysis.Check(expression, input?.Type, new FhirPathAnalysisOptions
        {
            ChecksOrder = @case.ChecksOrder,
        });
        if (@case.Invalid == "semantic")
            return findings.IsEmpty ? "no semantic error" : null;
        if (@case.Invalid is null && !findings.IsEmpty)
            return $"semantic error: {findings[0]}";
        var result = expression.Evaluate(input, new FhirPathContext { CastsOneItem = true });
        if (@case.Invalid == "execution")
            return result.Error is { Kind: FhirPathErrorKind.Execution } ? null : "no execution error";
        return result.Error?.ToString() ?? Difference(@case, result.Values);
    }

    private static string? Difference(OfficialCase @case, IReadOnlyList<FhirPathValue> values)
    {
        if (@case.IsPredicate)
            values = [FhirPathValue.Of(values.Count > 0 && (values.Count > 1 || values[0].Boolean != false))];
        var open = values.ToList();
        foreach (var (type, text) in @case.Output)
        {
            var found = open.FindIndex(value => Matches(value, type, text));
            if (found < 0 || (@case.IsOrdered && found > 0))
                return $"expected {type} {text}, found [{string.Join(", ", values)}]";
            open.RemoveAt(found);
        }
        return open.Count == 0 ? null : $"unexpected [{string.Join(", ", open)}]";
    }

    private static bool Matches(FhirPathValue value, string? type, string text)
    {
        if (type is not null && !string.Equals(value.Type.Name, type, StringComparison.OrdinalIgnoreCase))
            return false;
        var expected = text.TrimStart('@');
        if (value.System is FhirPathTemporal { Kind: TemporalKind.Time })
            expected = expected.TrimStart('T');
        // A decimal has no negative zero.
        return value.ToString() == (expected == "-0.0" ? "0.0" : expected);
    }
}
