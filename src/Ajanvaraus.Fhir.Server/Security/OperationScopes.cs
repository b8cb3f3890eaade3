using System.Collections.Frozen;

using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Which scopes each operation needs.</summary>
/// <remarks>An operation without a row is for callers who may do everything; a test looks that each has one.</remarks>
internal static class OperationScopes
{
    private const ScopeInteractions Reads = ScopeInteractions.Read | ScopeInteractions.Search;

    /// <summary>By name: all of the needs.</summary>
    private static readonly FrozenDictionary<string, Need[]> Rows = new Dictionary<string, Need[]>
    {
        ["find"] = All(new Need("Slot", ScopeInteractions.Search)),
        ["prefetch"] = All(new Need("Slot", ScopeInteractions.Search)),
        ["week"] = All(new Need("Slot", ScopeInteractions.Search), new Need("Appointment", ScopeInteractions.Search)),
        ["whereabouts"] = All(new Need("Appointment", ScopeInteractions.Search)),
        ["release"] = Changing,
        ["cancel"] = Changing,
        ["reschedule"] = Changing,
        ["check-in"] = Changing,
        ["no-show"] = Changing,
        ["fulfill"] = Changing,
        ["undo"] = Changing,
        ["call-off"] = Changing,
        ["reassign"] = All(new Need("Appointment", ScopeInteractions.Update | ScopeInteractions.Search)),
        ["absence"] = Closing,
        ["end-absence"] = Closing,
        ["apply-template"] = All(new Need("Slot", ScopeInteractions.Create | ScopeInteractions.Update)),
        ["meta-add"] = All(new Need("", ScopeInteractions.Update)),
        ["meta-delete"] = All(new Need("", ScopeInteractions.Update)),
        ["everything"] = All(new Need("Patient", Reads)),
        ["export"] = All(new Need("Patient", Reads)),
    }.ToFrozenDictionary();

    /// <summary>What makes an Appointment or changes one: either right will do.</summary>
    private static readonly FrozenSet<string> Booking = FrozenSet.Create("hold", "book", "confirm");

    /// <summary>What touches nothing of anybody's: codes, and what the caller brings along.</summary>
    private static readonly FrozenSet<string> ForAnybody = FrozenSet.Create(
        "expand", "lookup", "validate-code", "translate", "subsumes", "fhirpath", "process");

    /// <summary>What is for those who run the server or its calendars, never for a citizen whatever their token says.</summary>
    private static readonly FrozenSet<string> NotForCitizens = FrozenSet.Create(
        "export", "import", "reindex", "no-show", "fulfill", "undo", "call-off", "week", "whereabouts", "reassign", "absence", "end-absence",
        "apply-template", "meta-add", "meta-delete");

    /// <summary>What goes through all that is stored, past every policy: for those who reach all of the clients and their bookings.</summary>
    private static readonly FrozenSet<string> ForAllData = FrozenSet.Create("import", "reindex");

    private static Need[] Changing => All(new Need("Appointment", ScopeInteractions.Update));

    private static Need[] Closing =>
        All(new Need("Slot", ScopeInteractions.Update), new Need("Appointment", ScopeInteractions.Search));

    /// <summary>Names of the operations whose needs are told here.</summary>
    public static IEnumerable<string> Known => Rows.Keys.Concat(ForAnybody).Concat(Booking).Concat(ForAllData).Concat(["versions", "meta", "validate"]);

    public static bool Allow(Identity identity, FhirTarget target, string name)
    {
        if (name == "versions")
            return true;
        if (identity == Identity.Nobody || (identity.Kind == CallerKind.Citizen && NotForCitizens.Contains(name)))
            return false;
        if (ForAnybody.Contains(name))
            return true;
        return name switch
        {
            // Of a stored resource; of one that the caller brings nothing is needed.
            "validate" => target.Id is null || identity.MayReach(target.Type!, ScopeInteractions.Read),
            "meta" => target.Id is not null
                ? identity.MayReach(target.Type!, ScopeInteractions.Read)
                : identity.ReachesAll(target.Type ?? "Patient", ScopeInteractions.Search),
            _ when Booking.Contains(name) => identity.MayReach("Appointment", ScopeInteractions.Create)
                || identity.MayReach("Appointment", ScopeInteractions.Update),
            _ => Rows.TryGetValue(name, out var needs)
                ? needs.All(need => IsGranted(identity, target, need))
                : identity.ReachesAll("Patient", ScopeInteractions.All) && identity.ReachesAll("Appointment", ScopeInteractions.All),
        };
    }

    private static bool IsGranted(Identity identity, FhirTarget target, Need need) =>
        identity.MayReach(need.Type.Length > 0 ? need.Type : target.Type!, need.Interactions);

    private static Need[] All(params Need[] needs) => needs;

    /// <param name="Type">Empty: that of the URL.</param>
    private readonly record struct Need(string Type, ScopeInteractions Interactions);
}
