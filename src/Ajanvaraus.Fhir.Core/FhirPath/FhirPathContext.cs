using System.Runtime.InteropServices;

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>What an evaluation may see besides its root; one evaluation at a time.</summary>
/// <remarks>Keeps the intermediate lists for the next evaluation, so that a warm context allocates nothing.</remarks>
public sealed class FhirPathContext
{
    private readonly Stack<List<FhirPathValue>> _lists = new();
    private readonly Stack<Scope> _scopes = new();
    private readonly Scope _root = new();

    /// <summary>The resource that holds the root: <c>%resource</c>. Null: the root itself.</summary>
    public ElementNode? Resource { get; init; }

    /// <summary>The outermost resource, where contained ones are found: <c>%rootResource</c>. Null: the resource.</summary>
    public ElementNode? RootResource { get; init; }

    /// <summary>Clock for <c>now()</c>, <c>today()</c>.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Values of <c>%name</c> beyond those that the specification names.</summary>
    public IReadOnlyDictionary<string, FhirPathValue>? Variables { get; init; }

    /// <summary>Fetches the target of a reference for <c>resolve()</c>; null: only its type is told.</summary>
    public Func<string, ElementNode?>? Resolver { get; init; }

    /// <summary>The first rule of the language that the data broke; null if none.</summary>
    public FhirPathError? Error { get; private set; }

    internal ElementNode Root { get; private set; } = null!;

    internal ElementNode OutermostResource => RootResource ?? Resource ?? Root;

    internal Scope Start(ElementNode root)
    {
        Root = root;
        Error = null;
        _root.This.Clear();
        _root.This.Add(FhirPathValue.Of(root));
        return _root;
    }

    internal void Fail(string text) => Error ??= new FhirPathError(text, -1);

    internal List<FhirPathValue> Rent() => _lists.TryPop(out var list) ? list : [];

    internal void Return(List<FhirPathValue> list)
    {
        list.Clear();
        _lists.Push(list);
    }

    internal Scope RentScope() => _scopes.TryPop(out var scope) ? scope : new Scope();

    internal void Return(Scope scope)
    {
        scope.This.Clear();
        scope.Total.Clear();
        scope.Index = -1;
        _scopes.Push(scope);
    }
}

/// <summary><c>$this</c>, <c>$index</c> and <c>$total</c>.</summary>
internal sealed class Scope
{
    public List<FhirPathValue> This { get; } = [];

    public List<FhirPathValue> Total { get; } = [];

    public int Index { get; set; } = -1;

    public void Focus(FhirPathValue item, int index)
    {
        CollectionsMarshal.SetCount(This, 1);
        This[0] = item;
        Index = index;
    }
}

/// <summary>Adds the values of an expression to the output.</summary>
internal delegate void Evaluator(FhirPathContext context, Scope scope, List<FhirPathValue> output);
