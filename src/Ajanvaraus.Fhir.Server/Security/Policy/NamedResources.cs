using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Security.Policy;

/// <summary>Resources that a caller names, gathered to be looked at all at once: whether the caller sees them.</summary>
/// <param name="visibility">Of the caller.</param>
/// <param name="known">What need not be looked at; null: nothing.</param>
internal sealed class NamedResources(Visibility visibility, IReadOnlySet<(string Type, string Id)>? known = null)
{
    private readonly Dictionary<string, HashSet<string>> _named = [];

    public void Add(string type, string id)
    {
        if (visibility.ReachesAll(type) || known?.Contains((type, id)) == true)
            return;
        if (!_named.TryGetValue(type, out var ids))
            _named[type] = ids = [];
        ids.Add(id);
    }

    /// <summary>What the resource or element refers to, at any depth.</summary>
    public void AddReferences(ElementNode node)
    {
        if (node.Type.Name == "Reference" && LocalReference.Parse(node.Text("reference")) is { } reference)
            Add(reference.Type, reference.Id);
        foreach (var child in node.Children)
            AddReferences(child);
    }

    /// <summary>Takes out what the node refers to: it was named before.</summary>
    public void RemoveReferences(ElementNode node)
    {
        if (node.Type.Name == "Reference" && LocalReference.Parse(node.Text("reference")) is { } reference
            && _named.TryGetValue(reference.Type, out var ids))
            ids.Remove(reference.Id);
        foreach (var child in node.Children)
            RemoveReferences(child);
    }

    /// <summary>Whether all of them are there and seen; what is not there is as hidden as what is not seen.</summary>
    /// <param name="meeting">Tells which of the ids of a type meet a condition.</param>
    public async ValueTask<bool> AreSeenAsync(
        Func<string, IReadOnlyCollection<string>, SearchExpression, ValueTask<ImmutableHashSet<string>>> meeting)
    {
        foreach (var (type, ids) in _named)
            if (ids.Count > 0 && visibility.Of(type) is { } condition
                && (condition is NothingExpression || (await meeting(type, ids, condition)).Count < ids.Count))
                return false;
        return true;
    }
}
