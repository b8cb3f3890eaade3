namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#string-manipulation, with what later versions add.</summary>
internal static class StringFunctions
{
    public static readonly FunctionDefinition[] All =
    [
        new("indexOf", 1, 1, static (in FunctionCall call) =>
            Place(call, static (text, part) => text.IndexOf(part, StringComparison.Ordinal))),
        new("lastIndexOf", 1, 1, static (in FunctionCall call) =>
            Place(call, static (text, part) => text.LastIndexOf(part, StringComparison.Ordinal))),
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
        new("length", 0, 0, Length),
        new("toChars", 0, 0, ToChars),
        new("split", 1, 1, Split),
        new("join", 0, 1, Join),
    ];

    private static void Place(in FunctionCall call, Func<string, string, int> find)
    {
        if (call.Text is { } text && call.TextArgument(0) is { } part && Affords(call, text))
            call.Add((long)Characters.Place(text, find(text, part)));
    }

    private static bool Affords(in FunctionCall call, string text) => call.Context.Affords(text.Length);

    private static void Substring(in FunctionCall call)
    {
        if (call.Text is not { } text || call.NumberArgument(0) is not { } start || start < 0
            || start >= Characters.Count(text))
            return;
        var length = call.Arguments.Length == 2 ? call.NumberArgument(1) ?? text.Length : text.Length;
        call.Add(Characters.Part(text, start, length));
    }

    private static void Test(in FunctionCall call, Func<string, string, bool> test)
    {
        if (call.Text is { } text && call.TextArgument(0) is { } part && Affords(call, text))
            call.Add(test(text, part));
    }

    private static void Change(in FunctionCall call, Func<string, string> change)
    {
        if (call.Text is { } text)
            call.Add(change(text));
    }

    private static void Replace(in FunctionCall call)
    {
        if (call.Text is not { } text || call.TextArgument(0) is not { } part
            || call.TextArgument(1) is not { } substitute || !Affords(call, text))
            return;
        var places = part.Length == 0 ? text.Length + 1 : text.AsSpan().Count(part);
        if (!call.Context.Affords(text.Length + ((long)places * (substitute.Length - part.Length))))
            return;
        call.Add(part.Length > 0
            ? text.Replace(part, substitute, StringComparison.Ordinal)
            : substitute + string.Concat(Characters.Of(text).Select(letter => letter + substitute)));
    }

    private static void Length(in FunctionCall call)
    {
        if (call.Text is { } text)
            call.Add((long)Characters.Count(text));
    }

    private static void ToChars(in FunctionCall call)
    {
        if (call.Text is not { } text || text.Length > call.Context.Budget.Items)
            return;
        foreach (var letter in Characters.Of(text))
            call.Add(letter);
    }

    private static void Split(in FunctionCall call)
    {
        if (call.Text is not { } text || call.TextArgument(0) is not { } separator || !Affords(call, text))
            return;
        // An empty separator separates nothing from nothing: the letters.
        if (separator.Length == 0)
        {
            ToChars(call);
            return;
        }
        foreach (var part in text.Split(separator, call.Context.Budget.Items + 1, StringSplitOptions.None))
            call.Add(part);
    }

    private static void Join(in FunctionCall call)
    {
        var separator = call.Arguments.Length == 0 ? "" : call.TextArgument(0) ?? "";
        if (call.Input.Count == 0)
            return;
        var parts = new List<string>(call.Input.Count);
        long length = 0;
        foreach (var item in call.Input)
        {
            if ((item.Node is { IsPrimitive: true } node ? node.Value : item.Raw as string) is not { } part)
            {
                call.FailInput("String", item);
                return;
            }
            length += part.Length + separator.Length;
            parts.Add(part);
        }
        if (call.Context.Affords(length))
            call.Add(string.Join(separator, parts));
    }
}
