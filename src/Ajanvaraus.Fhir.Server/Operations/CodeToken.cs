using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>A code to look for: of one system, or of any when <paramref name="System"/> is null.</summary>
internal readonly record struct CodeToken(string? System, string Code)
{
    /// <summary>Whether it names the coding <c>system|code</c>.</summary>
    public bool Names(string coding)
    {
        var bar = coding.LastIndexOf('|');
        return coding.AsSpan(bar + 1).SequenceEqual(Code)
            && (System is null || coding.AsSpan(0, Math.Max(bar, 0)).SequenceEqual(System));
    }

    /// <summary>Whether the coding says something in the system of this code.</summary>
    public bool IsOfSystem(string coding) =>
        System is null || (coding.StartsWith(System, StringComparison.Ordinal)
            && coding.Length > System.Length && coding[System.Length] == '|');

    public override string ToString() => System is null ? Code : $"{System}|{Code}";

    /// <summary>Reads codes given as code, Coding, CodeableConcept, or text with <c>system|code</c>.</summary>
    /// <remarks>Text may list several, split by commas.</remarks>
    public static Outcome<ImmutableArray<CodeToken>> Read(
        OperationParameters parameters, params ReadOnlySpan<string> names)
    {
        var tokens = ImmutableArray.CreateBuilder<CodeToken>();
        foreach (var parameter in parameters.All(names))
        {
            var before = tokens.Count;
            foreach (var text in Texts(parameter))
                if (Parse(text) is { } token)
                    tokens.Add(token);
            if (tokens.Count == before)
            {
                return ParameterProblems.Rule(
                    OperationMessages.NotACode.At(parameter.Expression, parameter.Name));
            }
        }
        return tokens.DrainToImmutable();
    }

    public static CodeToken? Parse(string text)
    {
        var bar = text.LastIndexOf('|');
        var code = text[(bar + 1)..];
        if (code.Length == 0)
            return null;
        return new CodeToken(bar < 0 ? null : text[..bar], code);
    }

    private static IEnumerable<string> Texts(OperationParameter parameter)
    {
        if (parameter.Text is { } text)
            return text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parameter.Value switch
        {
            { Type.Name: "Coding" } coding when coding.Text("code") is { } code =>
                [TextOf(coding.Text("system"), code)],
            { Type.Name: "CodeableConcept" } concept => concept.All("coding")
                .Where(c => c.Text("code") is not null)
                .Select(c => TextOf(c.Text("system"), c.Text("code")!)),
            _ => [],
        };
    }

    private static string TextOf(string? system, string code) => system is null ? code : $"{system}|{code}";
}
