using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>
/// <c>$call-off</c>: calls a group off when its minimum is not met by its deadline; at type level all groups that are due.
/// </summary>
/// <remarks>Asking again decides nothing anew. The server asks by itself too (<see cref="GroupDeadlines"/>).</remarks>
internal sealed class CallOffGroup : IOperation
{
    private readonly GroupDecisions _groups;

    private CallOffGroup(GroupDecisions groups, string type)
    {
        _groups = groups;
        Registration = new OperationRegistration(
            "call-off", OperationLevels.Type | OperationLevels.Instance, [type],
            Canonicals.Base + "/OperationDefinition/group-call-off")
        {
            AffectsState = true,
        };
    }

    public OperationRegistration Registration { get; }

    public static IEnumerable<IOperation> All(GroupDecisions groups) =>
        [new CallOffGroup(groups, "Slot"), new CallOffGroup(groups, "Appointment")];

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var values = new ParameterValues(context.Parameters);
        var isForced = values.Flag("force");
        if (values.Problem is { } malformed)
            return context.Problem(malformed);
        var reason = context.Parameters.First("reason");
        if (reason?.Text?.Length > AppointmentChecks.LongestText)
            return context.Problem(ParameterProblems.TooLong(reason.Expression, AppointmentChecks.LongestText));
        if (context.Id is not { } id)
        {
            var due = await _groups.DecideDueAsync(context.Type!, context.Caller, cancel);
            return due.Failed ? context.Problem(due.Problem) : Answer(context, due.Value);
        }
        var decision = await _groups.DecideAsync(
            context.Type!, id, new GroupRequest(isForced, reason?.Text), context.Caller, cancel);
        return decision.Failed ? context.Problem(decision.Problem) : Answer(context, [decision.Value]);
    }

    private static FhirResponse Answer(OperationContext context, ImmutableArray<GroupDecision> decisions)
    {
        var parameters = new ElementNode(null, R4.Definitions.Resource("Parameters")!, null, []);
        foreach (var decision in decisions)
        {
            var entry = parameters.New("parameter").Set("name", "group");
            entry = entry.Append(Reference(entry, "reference", decision.Group));
            entry = entry.Append(entry.New("part").Set("name", "outcome")
                .Set("valueCode", decision.IsCalledOff ? "called-off" : "takes-place"));
            foreach (var id in decision.Cancelled)
                entry = entry.Append(Reference(entry, "appointment", $"Appointment/{id}"));
            parameters = parameters.Append(entry);
        }
        return context.Resource(StatusCodes.Status200OK, parameters);
    }

    private static ElementNode Reference(ElementNode entry, string name, string reference)
    {
        var part = entry.New("part").Set("name", name);
        return part.Append(part.New("valueReference").Set("reference", reference));
    }
}
