using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath;

public enum FhirPathErrorKind
{
    /// <summary>The text is no FHIRPath.</summary>
    Syntax,

    /// <summary>A function, type or element that cannot be: known before any data is seen.</summary>
    Semantic,

    /// <summary>A rule of the language that the data breaks.</summary>
    Execution,

    /// <summary>The evaluation costs more than it may.</summary>
    Budget,
}

/// <summary>What is wrong with an expression or its evaluation.</summary>
/// <param name="Position">Character in the text, from 0; -1 when no place can be told.</param>
public sealed record FhirPathError(
    FhirPathErrorKind Kind, Message Message, ImmutableArray<string> Arguments, int Position)
{
    /// <summary>English, without the place.</summary>
    public string Text => Message.Text("en", Arguments);

    internal static FhirPathError Syntax(Message message, int position, params ImmutableArray<string> arguments) =>
        new(FhirPathErrorKind.Syntax, message, arguments, position);

    internal static FhirPathError Semantic(Message message, int position, params ImmutableArray<string> arguments) =>
        new(FhirPathErrorKind.Semantic, message, arguments, position);

    public override string ToString() => Position < 0 ? Text : $"{Text} (character {Position})";

    /// <summary>Where in the text it is: line and column from 1; null when no place can be told.</summary>
    public (int Line, int Column)? PlaceIn(string text)
    {
        if (Position < 0 || Position > text.Length)
            return null;
        var before = text.AsSpan(0, Position);
        return (before.Count('\n') + 1, Position - (before.LastIndexOf('\n') + 1) + 1);
    }

    /// <summary>As an issue whose diagnostics tell line and column.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="location">FHIRPath of the element that holds the expression; or null.</param>
    public Issue ToIssue(string text, string? location = null) => Message.At(location, [.. Arguments.Select(Short)]) with
    {
        Diagnostics = PlaceIn(text) is var (line, column)
            ? string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}")
            : null,
    };

    private static string Short(string argument)
    {
        const int Longest = 100;
        return PrimitiveText.WellFormed(argument.Length > Longest ? argument[..Longest] + "…" : argument);
    }
}
