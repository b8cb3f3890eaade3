namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>What a request does, as codes of http://hl7.org/fhir/restful-interaction .</summary>
internal static class InteractionName
{
    public static string Of(FhirRequest request) => Of(request.Target.Kind, request.Method);

    public static string Of(TargetKind kind, string method) => (kind, method) switch
    {
        (TargetKind.Metadata, _) => "capabilities",
        (TargetKind.Operation or TargetKind.Job or TargetKind.JobFile, _) => "operation",
        (TargetKind.InstanceHistory, _) => "history-instance",
        (TargetKind.TypeHistory, _) => "history-type",
        (TargetKind.SystemHistory, _) => "history-system",
        (TargetKind.Version, _) => "vread",
        (TargetKind.System, "POST") => "transaction",
        (TargetKind.System or TargetKind.SystemSearchForm, _) => "search-system",
        (TargetKind.TypeSearchForm or TargetKind.Compartment or TargetKind.CompartmentSearchForm, _) => "search-type",
        (TargetKind.Type, "GET") => "search-type",
        (_, "POST") => "create",
        (_, "PUT") => "update",
        (_, "PATCH") => "patch",
        (_, "DELETE") => "delete",
        _ => "read",
    };
}
