using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Jobs;

namespace Ajanvaraus.Fhir.Server.Operations.Bulk;

/// <summary>What is to be exported.</summary>
/// <param name="Types">Resource types, each once.</param>
/// <param name="IsOfPatients">Only what belongs to patients.</param>
/// <param name="Group">Id of the Group whose members these are; null: all patients.</param>
/// <param name="Since">Only what was changed at or after that moment, in microseconds; null: all.</param>
/// <param name="Moment">The state of that moment, in microseconds.</param>
/// <param name="Filters">Searches of one type each: <c>Appointment?status=booked</c>.</param>
/// <param name="Elements">As asked for: <c>id</c>, <c>Patient.name</c>; empty: all.</param>
internal sealed record ExportAsked(
    ImmutableArray<string> Types, bool IsOfPatients, string? Group, long? Since, long Moment,
    ImmutableArray<string> Filters, ImmutableArray<string> Elements)
{
    public JsonObject ToJson() => new()
    {
        ["types"] = JobRequest.Array(Types),
        ["ofPatients"] = IsOfPatients,
        ["group"] = Group,
        ["since"] = Since,
        ["moment"] = Moment,
        ["filters"] = JobRequest.Array(Filters),
        ["elements"] = JobRequest.Array(Elements),
    };

    public static ExportAsked Read(JobRequest request) => new(
        request.Texts("types"), (bool)request.Asked["ofPatients"]!, (string?)request.Asked["group"],
        (long?)request.Asked["since"], (long)request.Asked["moment"]!, request.Texts("filters"), request.Texts("elements"));

    /// <summary>The elements of resources of that type; empty: all.</summary>
    public ImmutableArray<string> ElementsOf(string type) =>
    [
        .. Elements.Select(e => e.Split('.', 2)).Where(e => e.Length == 1 || e[0] == type || e[0] == "Resource")
            .Select(e => e[^1]),
    ];
}
