using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>What an evaluation may see besides its root; one evaluation at a time.</summary>
/// <remarks>Keeps the intermediate lists for the next evaluation, so that a warm context allocates nothing.</remarks>
public sealed class FhirPathContext
{
    private readonly Stack<List<FhirPathValue>> _lists = new();
    private readonly Stack<Scope> _scopes = new();
    private readonly Scope _root = new();
    private readonly List<(string Name, FhirPathValue[] Values)> _defined = [];
    private int _stepsLeft;
    private int _tracesLeft;
    private DateTimeOffset? _now;

    /// <summary>The resource that holds the root: <c>%resource</c>. Null: the root itself.</summary>
    public ElementNode? Resource { get; init; }

    /// <summary>The outermost resource, where contained ones are found: <c>%rootResource</c>. Null: the resource.</summary>
    public ElementNode? RootResource { get; set; }

    /// <summary>Clock for <c>now()</c>, <c>today()</c>.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where <c>now()</c> and <c>today()</c> are.</summary>
    public ZoneRules Zone { get; init; } = ZoneRules.Utc;

    /// <summary>Values of <c>%name</c> beyond those that the specification names; a default one is empty.</summary>
    public IReadOnlyDictionary<string, FhirPathValue>? Variables { get; init; }

    /// <summary>Fetches the target of a reference for <c>resolve()</c>; null: only its type is told.</summary>
    public Func<string, ElementNode?>? Resolver { get; init; }

    /// <summary>For <c>memberOf()</c>; null: that function is an error.</summary>
    public ITerminology? Terminology { get; init; }

    /// <summary>For <c>conformsTo()</c>; null: only the types of R4 itself are told apart.</summary>
    public IProfileConformance? Conformance { get; init; }

    /// <summary>Gets what <c>trace()</c> says: the name and the items, which are lent for the call only.</summary>
    /// <remarks>Null: traces go nowhere, because they may hold personal data.</remarks>
    public Action<string, IReadOnlyList<FhirPathValue>>? Tracer { get; init; }

    /// <summary>Whether <c>as</c> on several items is an error, as N1 says.</summary>
    /// <remarks>False: each item is cast, on which search parameters and the invariant dom-3 of R4 rely.</remarks>
    public bool CastsOneItem { get; init; }

    public FhirPathBudget Budget { get; init; } = FhirPathBudget.Default;

    /// <summary>The first rule of the language that the data broke; null if none.</summary>
    public FhirPathError? Error { get; private set; }

    /// <summary>Whoever repeats looks here, so that an error ends the evaluation soon.</summary>
    internal bool IsStopped => Error is not null;

    /// <summary>What the evaluation may still cost; after it, what it has left.</summary>
    public int StepsLeft => Math.Max(_stepsLeft, 0);

    internal FhirPathValue? Root { get; private set; }

    internal ElementNode? OutermostResource => RootResource ?? Resource ?? Root?.Node;

    /// <summary>One moment for the whole evaluation.</summary>
    internal DateTimeOffset Now => _now ??= Zone.Convert(Clock.GetUtcNow());

    internal Scope Start(FhirPathValue? root)
    {
        Root = root;
        Error = null;
        _stepsLeft = Budget.Steps;
        _tracesLeft = Budget.Traces;
        _now = null;
        _defined.Clear();
        _root.This.Clear();
        if (root is { } item)
            _root.This.Add(item);
        return _root;
    }

    internal void Fail(Message message, params ImmutableArray<string> arguments) =>
        Error ??= new FhirPathError(FhirPathErrorKind.Execution, message, arguments, -1);

    /// <summary>Tells where in the text the error that has just come up is.</summary>
    internal void Locate(int position)
    {
        if (Error is { Position: < 0 })
            Error = Error with { Position = position };
    }

    internal void Charge(int steps)
    {
        _stepsLeft -= steps;
        if (_stepsLeft < 0)
            Exhaust(FhirPathMessages.StepsExceeded, Budget.Steps);
    }

    /// <summary>False when the text is longer than a text may be.</summary>
    internal bool Affords(long textLength)
    {
        if (textLength > Budget.TextLength)
        {
            Exhaust(FhirPathMessages.TextTooLong, Budget.TextLength);
            return false;
        }
        Charge(1 + (int)(textLength / 16));
        return true;
    }

    internal void CheckSize(List<FhirPathValue> items)
    {
        if (items.Count > Budget.Items)
            Exhaust(FhirPathMessages.CollectionTooLarge, Budget.Items);
    }

    internal void Trace(string name, List<FhirPathValue> items)
    {
        if (--_tracesLeft < 0)
            Exhaust(FhirPathMessages.TooManyTraces, Budget.Traces);
        else
            Tracer?.Invoke(name, items);
    }

    internal void Exhaust(Message message, long limit)
    {
        _stepsLeft = 0;
        Error ??= new FhirPathError(
            FhirPathErrorKind.Budget, message, [limit.ToString(CultureInfo.InvariantCulture)], -1);
    }

    /// <summary>How many variables are defined; what is defined later ends with <see cref="Forget"/>.</summary>
    internal int DefinedCount => _defined.Count;

    internal void Forget(int count) => _defined.RemoveRange(count, _defined.Count - count);

    internal void Define(string name, FhirPathValue[] values) => _defined.Add((name, values));

    internal bool TryGetVariable(string name, List<FhirPathValue>? output)
    {
        foreach (var (known, values) in _defined)
        {
            if (known != name)
                continue;
            output?.AddRange(values);
            return true;
        }
        if (Variables is null || !Variables.TryGetValue(name, out var value))
            return false;
        if (value.Raw is not null)
            output?.Add(value);
        return true;
    }

    internal List<FhirPathValue> Rent() => _lists.TryPop(out var list) ? list : [];

    internal void Return(List<FhirPathValue> list)
    {
        list.Clear();
        _lists.Push(list);
    }

    /// <summary>A scope inside another: it sees the same <c>$index</c> and <c>$total</c> until it is focused.</summary>
    internal Scope RentScope(Scope outer)
    {
        var scope = _scopes.TryPop(out var used) ? used : new Scope();
        scope.Index = outer.Index;
        scope.Total = outer.Total;
        return scope;
    }

    internal void Return(Scope scope)
    {
        scope.This.Clear();
        scope.Total = null;
        scope.Index = -1;
        _scopes.Push(scope);
    }
}
