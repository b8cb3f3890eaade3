using System.Diagnostics.CodeAnalysis;

namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary>Either a value or the <see cref="Issues.Problem"/> that stood in its way.</summary>
/// <remarks>A write that returns a problem is rolled back as a whole.</remarks>
public readonly struct Outcome<T>
{
    private Outcome(T? value, Problem? problem)
    {
        Value = value;
        Problem = problem;
    }

    public T? Value { get; }

    public Problem? Problem { get; }

    [MemberNotNullWhen(true, nameof(Problem))]
    [MemberNotNullWhen(false, nameof(Value))]
    public bool Failed => Problem is not null;

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Problem problem) => new(default, problem);

    public static Outcome<T> Of(T value) => new(value, null);
}
