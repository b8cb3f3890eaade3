using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>What the checks of one resource have found, and where in the resource they are.</summary>
/// <remarks>For one thread and one validation. Locations are written only for findings.</remarks>
internal sealed class Findings
{
    private readonly ElementNode _root;
    private readonly int _maxIssues;
    private ImmutableArray<Issue>.Builder? _issues;

    public Findings(ElementNode root, int maxIssues, ValidationScope scope)
        : this(root, maxIssues, scope, isQuiet: false)
    {
    }

    private Findings(ElementNode root, int maxIssues, ValidationScope scope, bool isQuiet)
    {
        _root = root;
        _maxIssues = maxIssues;
        IsQuiet = isQuiet;
        Scope = scope;
        Container = root;
        Resource = root;
    }

    /// <summary>What the checks of this validation share.</summary>
    public ValidationScope Scope { get; }

    /// <summary>The resource whose contained ones a <c>#</c> reference means: the root, or that of a Bundle entry.</summary>
    public ElementNode Container { get; set; }

    /// <summary>The nearest resource around the element, a contained one too: <c>%resource</c>.</summary>
    public ElementNode Resource { get; set; }

    /// <summary>Only whether there are errors is asked.</summary>
    public bool IsQuiet { get; }

    /// <summary>True when something was found that stands in the way of conformance.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Nothing that is found from now on changes the answer.</summary>
    public bool IsFull => IsQuiet ? HasErrors : _issues is not null && _issues.Count >= _maxIssues;

    public int Count => _issues?.Count ?? 0;

    /// <summary>For a question that is answered by yes or no: only whether there are errors is kept.</summary>
    public Findings Quiet() =>
        new(_root, 0, Scope, isQuiet: true) { Container = Container, Resource = Resource };

    /// <summary>From here on the resource is the one around; any other element changes nothing.</summary>
    /// <remarks>The caller keeps <see cref="Container"/> and <see cref="Resource"/> and puts them back.</remarks>
    public void Enter(ElementNode node)
    {
        if (!node.IsResource)
            return;
        Resource = node;
        if (node.Name != "contained")
            Container = node;
    }

    /// <summary>A finding on the element itself.</summary>
    public void Add(Message message, ElementNode at, params ImmutableArray<string> arguments)
    {
        HasErrors |= IsError(message);
        if (!IsQuiet)
            Add(message, NodePath.Of(_root, at), arguments);
    }

    /// <summary>A finding on a child that is missing or of which there are too many.</summary>
    public void AddChild(Message message, ElementNode parent, string child, params ImmutableArray<string> arguments)
    {
        HasErrors |= IsError(message);
        if (!IsQuiet)
            Add(message, $"{NodePath.Of(_root, parent)}.{child}", arguments);
    }

    /// <summary>Each finding once: a profile repeats rules of its base.</summary>
    public ImmutableArray<Issue> ToIssues()
    {
        if (_issues is null)
            return [];
        var seen = new HashSet<(string, string, string?)>();
        return [.. _issues.Where(issue => seen.Add((issue.Id, issue.Text, issue.Expression)))];
    }

    private static bool IsError(Message message) => message.Severity is IssueSeverity.Error or IssueSeverity.Fatal;

    private void Add(Message message, string? path, ImmutableArray<string> arguments)
    {
        _issues ??= ImmutableArray.CreateBuilder<Issue>();
        if (!IsFull)
            _issues.Add(message.At(path, arguments));
    }
}
