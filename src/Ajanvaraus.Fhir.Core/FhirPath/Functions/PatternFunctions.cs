using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#matchesregex-string-boolean and its kin.</summary>
/// <remarks>
/// A point matches line ends too. Patterns may come from a caller: they run in linear time where they can (not where
/// they look around or back), under a time limit, and their time is charged to the budget.
/// </remarks>
internal static class PatternFunctions
{
    private const int MaxPattern = 10_000;
    private const int PatternSteps = 1000;
    private const int StepsPerMicrosecond = 5;

    public static readonly FunctionDefinition[] All =
    [
        new("matches", 1, 1, FunctionTable.CompiledInPlace),
        new("matchesFull", 1, 1, FunctionTable.CompiledInPlace),
        new("replaceMatches", 2, 2, FunctionTable.CompiledInPlace),
    ];

    /// <summary>The body for one place in an expression, which keeps the pattern that it used last.</summary>
    public static FunctionBody? Body(string name)
    {
        var pattern = new PatternCache();
        return name switch
        {
            "matches" => (in FunctionCall call) => Matches(call, pattern, isFull: false),
            "matchesFull" => (in FunctionCall call) => Matches(call, pattern, isFull: true),
            "replaceMatches" => (in FunctionCall call) => ReplaceMatches(call, pattern),
            _ => null,
        };
    }

    private static void Matches(in FunctionCall call, PatternCache cache, bool isFull)
    {
        if (call.Text is not { } text || call.TextArgument(0) is not { } pattern)
            return;
        if (isFull)
            pattern = $@"\A(?:{pattern})\z";
        if (Run(call.Context, text, pattern, cache, static (regex, input) => regex.IsMatch(input) ? "true" : "false")
            is { } found)
            call.Add(found == "true");
    }

    private static void ReplaceMatches(in FunctionCall call, PatternCache cache)
    {
        if (call.Text is not { } text || call.TextArgument(0) is not { } pattern
            || call.TextArgument(1) is not { } substitute)
            return;
        var context = call.Context;
        // An empty pattern finds nothing.
        var result = pattern.Length == 0
            ? text
            : Run(context, text, pattern, cache, (regex, input) => Replace(context, regex, input, substitute));
        if (result is not null)
            call.Add(result);
    }

    /// <summary>Null, with an error, when the pattern is wrong or takes too long.</summary>
    private static string? Run(
        FhirPathContext context, string text, string pattern, PatternCache cache, Func<Regex, string, string?> work)
    {
        if (!context.Affords(text.Length))
            return null;
        try
        {
            var regex = cache.Get(context, pattern);
            var start = Stopwatch.GetTimestamp();
            var result = work(regex, text);
            context.Charge((int)(Stopwatch.GetElapsedTime(start).TotalMicroseconds * StepsPerMicrosecond));
            return result;
        }
        catch (ArgumentException)
        {
            context.Fail(FhirPathMessages.BadPattern);
        }
        catch (RegexMatchTimeoutException)
        {
            context.Exhaust(FhirPathMessages.PatternTooSlow, (long)context.Budget.PatternTime.TotalMilliseconds);
        }
        return null;
    }

    /// <summary>Null when the result grows beyond a text.</summary>
    private static string? Replace(FhirPathContext context, Regex regex, string text, string substitute)
    {
        var result = new StringBuilder();
        var end = 0;
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            result.Append(text, end, match.Index - end).Append(match.Result(substitute));
            end = match.Index + match.Length;
            if (context.IsStopped || !context.Affords(result.Length))
                return null;
        }
        return result.Append(text, end, text.Length - end).ToString();
    }

    /// <summary>The compiled pattern used last; making one costs more than matching it.</summary>
    private sealed class PatternCache
    {
        private Regex? _last;

        /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
        public Regex Get(FhirPathContext context, string pattern)
        {
            const RegexOptions Options = RegexOptions.Singleline | RegexOptions.CultureInvariant;
            if (_last is { } last && last.ToString() == pattern && last.MatchTimeout == context.Budget.PatternTime)
                return last;
            if (pattern.Length > MaxPattern)
                throw new ArgumentException("The pattern is too long.", nameof(pattern));
            context.Charge(PatternSteps);
            try
            {
                return _last = new Regex(pattern, Options | RegexOptions.NonBacktracking, context.Budget.PatternTime);
            }
            catch (NotSupportedException)
            {
                return _last = new Regex(pattern, Options, context.Budget.PatternTime);
            }
        }
    }
}
