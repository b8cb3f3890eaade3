using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Operations.Bulk;

/// <summary>The patients of a Group, also those of the Groups that it has as members.</summary>
internal sealed class GroupMembers(ResourceStore store)
{
    private const int MostGroups = 1000;

    /// <summary>Logical ids, each once; members that are inactive are left out.</summary>
    public async ValueTask<ImmutableArray<string>> PatientsAsync(string group, CancellationToken cancel)
    {
        var patients = new HashSet<string>();
        var groups = new HashSet<string> { group };
        var waiting = new Queue<string>(groups);
        while (waiting.TryDequeue(out var id))
        {
            if (await store.ReadAsync("Group", id, cancel) is not { IsDeleted: false } stored)
                continue;
            foreach (var member in StoredNodes.Parse(stored).All("member").Where(m => m.Text("inactive") != "true"))
            {
                var reference = member["entity"]?.Text("reference");
                if (LocalReference.IdOf(reference, "Patient") is { } patient)
                    patients.Add(patient);
                else if (LocalReference.IdOf(reference, "Group") is { } inner && groups.Count < MostGroups && groups.Add(inner))
                    waiting.Enqueue(inner);
            }
        }
        return [.. patients.Order(StringComparer.Ordinal)];
    }
}
