using System.Globalization;
using System.Text;

namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary>A message with a stable id in three languages.</summary>
/// <remarks>The texts are composite formats over the same arguments: <c>{0}</c>, <c>{1}</c>.</remarks>
/// <param name="Id"><c>AJV-</c> and four digits; never given to another message.</param>
/// <param name="Code">Issue type of every issue of this message.</param>
public sealed record Message(string Id, IssueType Code, string En, string Fi, string Sv)
{
    private readonly CompositeFormat _en = CompositeFormat.Parse(En);
    private readonly CompositeFormat _fi = CompositeFormat.Parse(Fi);
    private readonly CompositeFormat _sv = CompositeFormat.Parse(Sv);

    public IssueSeverity Severity { get; init; } = IssueSeverity.Error;

    public int ArgumentCount => _en.MinimumArgumentCount;

    /// <summary>An issue of this message, located by FHIRPath; arguments never hold personal data.</summary>
    public Issue At(string? expression, params ImmutableArray<string> arguments) =>
        new(Id, Code, Text("en", arguments), string.IsNullOrEmpty(expression) ? null : expression)
        {
            Severity = Severity,
            Arguments = arguments,
        };

    /// <summary>A problem of this one message.</summary>
    public Problem As(ProblemKind kind, string? expression = null, params ImmutableArray<string> arguments) =>
        new(kind, [At(expression, arguments)]);

    /// <summary>The text in <c>fi</c>, <c>sv</c> or, for any other language, English.</summary>
    public string Text(string language, ImmutableArray<string> arguments) => string.Format(
        CultureInfo.InvariantCulture,
        language switch { "fi" => _fi, "sv" => _sv, _ => _en },
        Boxed(arguments));

    private static object?[] Boxed(ImmutableArray<string> arguments) =>
        arguments.IsDefaultOrEmpty ? [] : [.. arguments];
}
