using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Security.Policy;

/// <summary>Decides, for whoever calls, which resources of each type they reach: the only place where that is decided.</summary>
/// <remarks>
/// A resource is reached that some row of the caller's work task lets be reached, and some scope of the token too. What
/// comes out are conditions for the database; nobody asks for single resources here. ADR 0026.
/// </remarks>
public sealed class AccessPolicy
{
    private readonly SearchParameterRegistry _parameters;
    private readonly RelationConditions _relations;

    /// <param name="parameters">Those of the server itself: stored ones do not decide who sees what.</param>
    /// <exception cref="FormatException">A relation is written in criteria that cannot be read.</exception>
    public AccessPolicy(PolicyTable table, SearchParameterRegistry parameters, SearchQueryParser parser)
    {
        Table = table;
        _parameters = parameters;
        _relations = new RelationConditions(table, parameters, parser);
        foreach (var anybody in Samples)
            _relations.Check(anybody);
    }

    public PolicyTable Table { get; }

    internal ImmutableArray<string> Types => _parameters.Definitions.ResourceTypes;

    /// <summary>The rows of the caller that speak of the type and let the interaction be done.</summary>
    internal IEnumerable<PolicyRow> Rows(Identity identity, string type, ScopeInteractions interaction) =>
        Table.Rows.Where(row => row.WorkTask == identity.PolicyTask && (row.Interactions & interaction) == interaction
            && Table.IsOf(type, row.Type));

    /// <summary>What resources of the type must meet so that the caller may do that with them; null: nothing.</summary>
    internal SearchExpression? Condition(Identity identity, string type, ScopeInteractions interaction)
    {
        if (identity.IsUnlimited)
            return null;
        // Scopes have no letters for a part of what is searched.
        var granted = interaction is ScopeInteractions.Part or ScopeInteractions.Whereabouts
            ? ScopeInteractions.Search
            : interaction & ScopeInteractions.All;
        var scopes = Conditions.AnyOrAll(identity.Scopes
            .Where(scope => scope.IsOf(type) && (scope.Interactions & granted) == granted)
            .Select(scope => OfScope(scope, identity, type)));
        if (scopes is NothingExpression)
            return scopes;
        var rows = Conditions.AnyOrAll(Rows(identity, type, interaction).Select(row => OfRow(row, identity, type, interaction)));
        if (identity.ActsFor is { Hidden.IsEmpty: false } acting)
            rows = Conditions.Both(rows, NotOf(type, acting.Hidden));
        return Conditions.Both(Conditions.Trusted(scopes), Conditions.Trusted(rows));
    }

    /// <summary>The resources of which the caller is told a part only.</summary>
    internal ImmutableArray<MaskedResources> Masked(Identity identity) => identity.IsUnlimited
        ? []
        : [.. new[] { MaskedClients(identity), MaskedAbsences(identity) }.OfType<MaskedResources>()];

    private MaskedResources? MaskedClients(Identity identity)
    {
        const string type = "Patient";
        var rows = Table.Rows.Where(row => row.WorkTask == identity.PolicyTask && Table.IsOf(type, row.Type)).ToList();
        if (!rows.Exists(row => row.Labelled == LabelledClients.Mask))
            return null;
        var labelled = _relations.Of(type, RelationRow.Labelled, identity);
        var whole = Conditions.AnyOrAll(rows
            .Where(row => row.Labelled is LabelledClients.Show or LabelledClients.Set
                && row.Interactions.HasFlag(ScopeInteractions.Read))
            .Select(row => Said(row, identity, type)));
        return whole switch
        {
            null => null,
            // Nobody can tell any more what a deleted client was to the caller.
            NothingExpression => new MaskedResources(
                PartlySeen.Client, labelled, (client, meets) => meets || SecurityLabels.IsNonDisclosure(client), labelled),
            _ when Conditions.Both(labelled, Conditions.Not(whole)) is { } masked => new MaskedResources(
                PartlySeen.Client, masked, (_, meets) => meets, masked),
            _ => null,
        };
    }

    /// <summary>Why somebody is away is told to those who may change the time, whatever their scopes.</summary>
    private MaskedResources? MaskedAbsences(Identity identity)
    {
        const string type = "Slot";
        const ScopeInteractions update = ScopeInteractions.Update;
        return Conditions.AnyOrAll(Rows(identity, type, update).Select(row => OfRow(row, identity, type, update))) is { } whole
            ? new MaskedResources(
                PartlySeen.Absence, whole, (slot, meets) => !meets && slot.Text("status") == "busy-unavailable",
                Conditions.Both(_relations.Of(type, RelationRow.Absence, identity), Conditions.Not(whole))!)
            : null;
    }

    private SearchExpression? OfScope(SmartScope scope, Identity identity, string type)
    {
        if (scope.Context != ScopeContext.Patient)
            return scope.Criteria;
        var isOfClients = _parameters.Definitions.PatientCompartment.ContainsKey(type) && Table.Classes[type] != "offer";
        return isOfClients
            ? Conditions.Both(
                Compartments.Membership(_parameters, "Patient", LocalReference.IdOf(identity.Patient, "Patient")!, [type]),
                scope.Criteria)
            : scope.Criteria;
    }

    /// <summary>Met by what is none of these Appointments, and no answer to one.</summary>
    private SearchExpression? NotOf(string type, ImmutableArray<string> appointments) => type switch
    {
        "Appointment" => new NotExpression(new IdExpression(appointments)),
        "AppointmentResponse" => new NotExpression(Conditions.Any(appointments.Select(
            id => new ReferenceExpression(_parameters.Find(type, "appointment")!, "Appointment", id)))),
        _ => null,
    };

    private SearchExpression? OfRow(PolicyRow row, Identity identity, string type, ScopeInteractions interaction)
    {
        var said = Said(row, identity, type);
        var asked = interaction & ScopeInteractions.All;
        var hides = row.Labelled switch
        {
            LabelledClients.Hide => asked != ScopeInteractions.Create,
            LabelledClients.Mask => asked is ScopeInteractions.Update or ScopeInteractions.Delete,
            _ => false,
        };
        if (!hides || said is NothingExpression)
            return said;
        return _relations.Of(type, RelationRow.Labelled, identity) is var labelled and not NothingExpression
            ? Conditions.Both(said, new NotExpression(labelled))
            : said;
    }

    /// <summary>Service task, unit and relation of the row.</summary>
    private SearchExpression? Said(PolicyRow row, Identity identity, string type)
    {
        var said = row.Relation switch
        {
            PolicyRow.Any => null,
            PolicyRow.SpecialReason => identity.SpecialReason is null ? new NothingExpression() : null,
            _ => _relations.Of(type, row.Relation, identity),
        };
        if (row.OwnServiceTask)
            said = Conditions.Both(said, _relations.Of(type, RelationRow.ServiceTask, identity));
        return row.OwnUnit ? Conditions.Both(said, _relations.Of(type, RelationRow.Unit, identity)) : said;
    }

    /// <summary>Callers who between them have a value for every name of relations.csv.</summary>
    private static ImmutableArray<Identity> Samples { get; } =
    [
        new()
        {
            Kind = CallerKind.Staff, FhirUser = "Practitioner/1", OnBehalfOf = "Patient/1", ServiceTasks = ["1"],
            Units = ["Organization/1", "Location/1", "HealthcareService/1"],
        },
        new() { Kind = CallerKind.Staff, FhirUser = "PractitionerRole/1" },
        new() { Kind = CallerKind.Citizen, FhirUser = "Patient/1" },
    ];
}
