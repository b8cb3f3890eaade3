namespace Ajanvaraus.Fhir.Core.Terminology.Systems;

/// <summary>The hierarchy of a code system over the ordinals of its concepts, as two packed lists of edges.</summary>
/// <remarks>A concept may have several parents; a circle in the data is walked once.</remarks>
internal sealed class ConceptGraph
{
    private readonly int[] _parentsFrom, _parents, _childrenFrom, _children;

    /// <param name="edges">Each once: child and parent.</param>
    public ConceptGraph(int count, IReadOnlyCollection<(int Child, int Parent)> edges)
    {
        IsFlat = edges.Count == 0;
        (_parentsFrom, _parents) = Pack(count, edges);
        (_childrenFrom, _children) = Pack(count, [.. edges.Select(e => (e.Parent, e.Child))]);
    }

    public bool IsFlat { get; }

    public ReadOnlySpan<int> Parents(int concept) =>
        IsFlat ? [] : _parents.AsSpan(_parentsFrom[concept].._parentsFrom[concept + 1]);

    public ReadOnlySpan<int> Children(int concept) =>
        IsFlat ? [] : _children.AsSpan(_childrenFrom[concept].._childrenFrom[concept + 1]);

    /// <summary>The concept and all below it.</summary>
    public ConceptBits Descendants(int concept) => Reached(concept, isDown: true);

    /// <summary>The concept and all above it.</summary>
    public ConceptBits Ancestors(int concept) => Reached(concept, isDown: false);

    /// <summary>Whether the concept is the ancestor itself or below it.</summary>
    public bool IsA(int concept, int ancestor) =>
        concept == ancestor || (!IsFlat && Parents(concept).Length > 0 && Ancestors(concept)[ancestor]);

    private ConceptBits Reached(int concept, bool isDown)
    {
        var reached = new ConceptBits(_parentsFrom.Length - 1);
        var open = new Stack<int>();
        open.Push(concept);
        while (open.TryPop(out var next))
        {
            if (reached[next])
                continue;
            reached.Add(next);
            foreach (var near in isDown ? Children(next) : Parents(next))
                open.Push(near);
        }
        return reached;
    }

    private static (int[] From, int[] To) Pack(int count, IReadOnlyCollection<(int From, int To)> edges)
    {
        var from = new int[count + 1];
        foreach (var edge in edges)
            from[edge.From + 1]++;
        for (var i = 0; i < count; i++)
            from[i + 1] += from[i];
        var next = from.AsSpan(0, count).ToArray();
        var to = new int[edges.Count];
        foreach (var edge in edges)
            to[next[edge.From]++] = edge.To;
        return (from, to);
    }
}

/// <summary>A set of concepts of one code system, one bit for each.</summary>
internal sealed class ConceptBits(int count)
{
    private readonly ulong[] _bits = new ulong[(count + 63) / 64];

    public bool this[int concept] => (_bits[concept >> 6] & (1UL << (concept & 63))) != 0;

    public void Add(int concept) => _bits[concept >> 6] |= 1UL << (concept & 63);

    public void Remove(int concept) => _bits[concept >> 6] &= ~(1UL << (concept & 63));
}
