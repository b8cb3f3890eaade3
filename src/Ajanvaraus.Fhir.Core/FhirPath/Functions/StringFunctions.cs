using System.Text.RegularExpressions;

namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#string-manipulation.</summary>
/// <remarks>Patterns run under a time limit: they may come from a caller.</remarks>
internal static class StringFunctions
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromMilliseconds(100);

    public static readonly FunctionDefinition[] All =
    [
        new("indexOf", 1, 1, IndexOf),
        new("substring", 1, 2, Substring),
        new("startsWith", 1, 1, static (in FunctionCall call) =>
            Test(call, static (text, part) => text.StartsWith(part, StringComparison.Ordinal))),
        new("endsWith", 1, 1, static (in FunctionCall call) =>
            Test(call, static (text, part) => text.EndsWith(part, StringComparison.Ordinal))),
        new("contains", 1, 1, static (in FunctionCall call) =>
            Test(call, static (text, part) => text.Contains(part, StringComparison.Ordinal))),
        new("upper", 0, 0, static (in FunctionCall call) => Change(call, static text => text.ToUpperInvariant())),
        new("lower", 0, 0, static (in FunctionCall call) => Change(call, static text => text.ToLowerInvariant())),
        new("trim", 0, 0, static (in FunctionCall call) => Change(call, static text => text.Trim())),
        new("replace", 2, 2, Replace),
        new("matches", 1, 1, Matches),
        new("length", 0, 0, Length),
        new("toChars", 0, 0, ToChars),
    ];

    private static void IndexOf(in FunctionCall call)
    {
        if (call.Item?.Text is { } text && call.TextArgument(0) is { } part)
            call.Add((long)text.IndexOf(part, StringComparison.Ordinal));
    }

    private static void Substring(in FunctionCall call)
    {
        if (call.Item?.Text is not { } text || call.Argument(0)?.System is not long start
            || start < 0 || start >= text.Length)
            return;
        var rest = text.Length - start;
        var length = call.Arguments.Length == 2 && call.Argument(1)?.System is long wanted ? wanted : rest;
        call.Add(text.Substring((int)start, (int)Math.Clamp(length, 0, rest)));
    }

    private static void Test(in FunctionCall call, Func<string, string, bool> test)
    {
        if (call.Item?.Text is { } text && call.TextArgument(0) is { } part)
            call.Add(test(text, part));
    }

    private static void Change(in FunctionCall call, Func<string, string> change)
    {
        if (call.Item?.Text is { } text)
            call.Add(change(text));
    }

    private static void Replace(in FunctionCall call)
    {
        if (call.Item?.Text is not { } text || call.TextArgument(0) is not { } part
            || call.TextArgument(1) is not { } substitute)
            return;
        call.Add(part.Length > 0
            ? text.Replace(part, substitute, StringComparison.Ordinal)
            : substitute + string.Concat(text.Select(letter => letter + substitute)));
    }

    private static void Matches(in FunctionCall call)
    {
        if (call.Item?.Text is not { } text || call.TextArgument(0) is not { } pattern)
            return;
        try
        {
            call.Add(Regex.IsMatch(text, pattern, RegexOptions.Singleline, PatternLimit));
        }
        catch (Exception error) when (error is ArgumentException or RegexMatchTimeoutException)
        {
            call.Context.Fail("the pattern is wrong or takes too long");
        }
    }

    private static void Length(in FunctionCall call)
    {
        if (call.Item?.Text is { } text)
            call.Add((long)text.Length);
    }

    private static void ToChars(in FunctionCall call)
    {
        if (call.Item?.Text is not { } text)
            return;
        foreach (var letter in text)
            call.Add(letter.ToString());
    }
}
