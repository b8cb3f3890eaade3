using Ajanvaraus.Fhir.Persistence.Audit;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Audit;

/// <summary>One access or change, as the log keeps it: who, by what right, from where, what, of which clients.</summary>
/// <remarks>
/// Shape: what is not known is null. Names people by reference only. It is told as AuditEvents, one for each of its
/// <see cref="Things"/>. Source: asiakastietolaki 703/2023, 11 §; ADR 0030.
/// </remarks>
internal sealed record AuditEntry
{
    /// <summary>Of a logical id.</summary>
    private const int LongestId = 64;

    /// <summary>Code of http://hl7.org/fhir/restful-interaction .</summary>
    public required string Interaction { get; init; }

    /// <summary>Name of an operation, without <c>$</c>.</summary>
    public string? Operation { get; init; }

    /// <summary>What was searched or asked, as an address below the base.</summary>
    public string? Query { get; init; }

    /// <summary>Code of audit-event-outcome: 0, 4 (not there, as far as the caller may know), 8 (not allowed).</summary>
    public int Outcome { get; init; }

    public string? RequestId { get; init; }

    /// <summary>Network address of the caller.</summary>
    public string? Address { get; init; }

    /// <summary>Base address of this server, as the caller wrote it.</summary>
    public string? Server { get; init; }

    public string? Issuer { get; init; }

    public string? Subject { get; init; }

    /// <summary>The program.</summary>
    public string? Program { get; init; }

    public string? TokenId { get; init; }

    /// <summary>Who acts, as a resource.</summary>
    public string? User { get; init; }

    public string? OnBehalfOf { get; init; }

    public IReadOnlyList<string>? Units { get; init; }

    public string? WorkTask { get; init; }

    public IReadOnlyList<string>? ServiceTasks { get; init; }

    public string? SpecialReason { get; init; }

    public IReadOnlyList<string>? Purposes { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<AuditedThing> Things { get; init; }

    /// <summary>An entry of that caller, to be filled.</summary>
    public static AuditEntry Of(Identity identity) => new()
    {
        Interaction = "",
        Things = [],
        Issuer = NoneIfEmpty(identity.Issuer),
        Subject = NoneIfEmpty(identity.Subject),
        Program = NoneIfEmpty(identity.ClientId),
        TokenId = identity.TokenId,
        User = identity.FhirUser,
        OnBehalfOf = identity.OnBehalfOf,
        Units = NoneIfEmpty(identity.Units),
        WorkTask = identity.WorkTask,
        ServiceTasks = NoneIfEmpty(identity.ServiceTasks),
        SpecialReason = identity.SpecialReason,
        Purposes = NoneIfEmpty(identity.PurposesOfUse),
    };

    public AuditRecord ToRecord() => new(
        Fitting(User ?? "", 2 * LongestId), AuditEntryJson.Write(this),
        [.. Things.Select(t => new AuditLine(Fitting(t.Client ?? "", LongestId), Fitting(EntityOf(t.Data), 2 * LongestId)))]);

    /// <summary>What is longer than any name is nobody's, and is not found by it.</summary>
    private static string Fitting(string name, int longest) => name.Length <= longest ? name : "";

    /// <summary>Without its version.</summary>
    private static string EntityOf(string? data) =>
        data is null ? "" : data.IndexOf("/_history/", StringComparison.Ordinal) is >= 0 and var end ? data[..end] : data;

    private static string? NoneIfEmpty(string text) => text.Length == 0 ? null : text;

    private static IReadOnlyList<string>? NoneIfEmpty(ImmutableArray<string> texts) => texts.IsEmpty ? null : texts;
}

/// <summary>What an entry is about: one client, or one resource, or both.</summary>
/// <param name="Action">C, R, U, D, E: http://hl7.org/fhir/R4/valueset-audit-event-action.html .</param>
/// <param name="Interaction">Code of http://hl7.org/fhir/restful-interaction .</param>
/// <param name="Data">A resource, with its version where that is known; null: none in particular.</param>
/// <param name="Client">Logical id of a Patient; null: of no client.</param>
internal sealed record AuditedThing(string Action, string Interaction, string? Data, string? Client);
