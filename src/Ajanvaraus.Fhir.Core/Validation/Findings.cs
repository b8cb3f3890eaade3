using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>What the checks of one resource have found, and where in the resource they are.</summary>
/// <remarks>Nothing is allocated until the first finding; locations are written only for findings.</remarks>
internal struct Findings
{
    private readonly ElementNode _root;
    private readonly int _maxIssues;
    private ImmutableArray<Issue>.Builder? _issues;

    public Findings(ElementNode root, int maxIssues)
    {
        _root = root;
        _maxIssues = maxIssues;
        Container = root;
    }

    /// <summary>The resource whose contained ones a <c>#</c> reference means: the root, or that of a Bundle entry.</summary>
    public ElementNode Container { get; set; }

    public readonly bool IsFull => _issues is not null && _issues.Count >= _maxIssues;

    /// <summary>A finding on the element itself.</summary>
    public void Add(Message message, ElementNode at, params ImmutableArray<string> arguments) =>
        Add(message, NodePath.Of(_root, at), arguments);

    /// <summary>A finding on a child that is missing or of which there are too many.</summary>
    public void AddChild(Message message, ElementNode parent, string child, params ImmutableArray<string> arguments) =>
        Add(message, $"{NodePath.Of(_root, parent)}.{child}", arguments);

    public readonly ImmutableArray<Issue> ToIssues() => _issues?.ToImmutable() ?? [];

    private void Add(Message message, string? path, ImmutableArray<string> arguments)
    {
        _issues ??= ImmutableArray.CreateBuilder<Issue>();
        if (!IsFull)
            _issues.Add(message.At(path, arguments));
    }
}
