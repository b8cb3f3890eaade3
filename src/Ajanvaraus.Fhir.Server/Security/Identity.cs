using System.Security.Cryptography;
using System.Text;

using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security.Policy;
using Ajanvaraus.Fhir.Server.Security.Representation;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Which kind of caller a token speaks of.</summary>
public enum CallerKind
{
    /// <summary>Nobody in particular: a server without issuers.</summary>
    Open,
    /// <summary>This server at its own work.</summary>
    Server,
    /// <summary>A client, or somebody who acts for one.</summary>
    Citizen,
    /// <summary>A professional: <see cref="Identity.FhirUser"/> is a Practitioner or PractitionerRole.</summary>
    Staff,
    /// <summary>A program without a person.</summary>
    System,
}

/// <summary>What a token tells of its caller, checked.</summary>
/// <remarks>
/// <para>Shape: immutable and free of names and personal identity codes. References are relative:
/// <c>Practitioner/1</c>. What a token does not tell is null or empty and means less right, never more.</para>
/// <para>Source: http://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html ; ADR 0025.</para>
/// </remarks>
public sealed record Identity
{
    /// <summary>Of a server without issuers: everything is allowed.</summary>
    public static readonly Identity Open = new() { Kind = CallerKind.Open };

    /// <summary>Of work that nobody asked for: holds that end, deadlines, imports by the operator.</summary>
    public static readonly Identity Server = new() { Kind = CallerKind.Server };

    /// <summary>Of a caller without token on a server that has issuers: nothing is allowed but what is public.</summary>
    public static readonly Identity Nobody = new() { Kind = CallerKind.System };

    public required CallerKind Kind { get; init; }

    /// <summary>True where no scope and no policy limits the caller.</summary>
    public bool IsUnlimited => Kind is CallerKind.Open or CallerKind.Server;

    /// <summary>The issuer as its tokens name it.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>Who acts, as the issuer names them: <c>act.sub</c> of one who acts for another, else <c>sub</c>.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The program: <c>client_id</c> or <c>azp</c>.</summary>
    public string ClientId { get; init; } = "";

    /// <summary><c>jti</c>; null when the token has none.</summary>
    public string? TokenId { get; init; }

    /// <summary>Who acts, as a resource: Patient, RelatedPerson, Person, Practitioner or PractitionerRole; or null.</summary>
    public string? FhirUser { get; init; }

    /// <summary>The client in context: <c>Patient/1</c>; all that <c>patient/</c> scopes reach; or null.</summary>
    public string? Patient { get; init; }

    /// <summary>Whom the caller acts for, a reference or the issuer's name of them; null: for themselves.</summary>
    /// <remarks>Only what the token says outright: the claim <c>principal</c>, or <c>sub</c> beside <c>act</c>.</remarks>
    public string? OnBehalfOf { get; init; }

    /// <summary>The right by which a citizen acts for another, as the registers had it when this was asked; null: none is known.</summary>
    public ActingFor? ActsFor { get; init; }

    /// <summary>The unit at work, from fhirContext: Organization, Location and HealthcareService references.</summary>
    public ImmutableArray<string> Units { get; init; } = [];

    /// <summary>Code of the work task (<em>työtehtävä</em>), or null.</summary>
    public string? WorkTask { get; init; }

    /// <summary>Codes of the service tasks (<em>palvelutehtävä</em>) that the caller works in.</summary>
    public ImmutableArray<string> ServiceTasks { get; init; } = [];

    /// <summary>Code of the special reason (<em>erityinen syy</em>) for which client data is looked at, or null.</summary>
    public string? SpecialReason { get; init; }

    /// <summary>Codes of what the data is used for.</summary>
    public ImmutableArray<string> PurposesOfUse { get; init; } = [];

    /// <summary>How surely the person was identified: <c>acr</c> as the issuer writes it, or null.</summary>
    public string? Assurance { get; init; }

    /// <summary>What was granted and understood; with parameters too.</summary>
    public ImmutableArray<SmartScope> Scopes { get; init; } = [];

    /// <summary>When the token ends.</summary>
    public DateTimeOffset Expires { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>A digest of the issuer, who acts, and for whom; empty where <see cref="IsUnlimited"/>.</summary>
    /// <remarks>It is stored with holds and with work in the background: nobody can be read from it.</remarks>
    public string Principal { get; init; } = "";

    /// <summary>The same identity under its <see cref="Principal"/>.</summary>
    public Identity WithPrincipal()
    {
        var who = string.Join('\n', Issuer, Subject, ClientId, OnBehalfOf);
        return this with { Principal = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(who))) };
    }

    /// <summary>The id in <see cref="Patient"/>, or null.</summary>
    public string? PatientId => Patient is null ? null : LocalReference.IdOf(Patient, "Patient");

    /// <summary>What the caller reaches; null where <see cref="IsUnlimited"/>, and for those who reach nothing.</summary>
    public CallerAccess? Access { get; private init; }

    /// <summary>Whose rows of the policy are the caller's; empty: nobody's.</summary>
    public string PolicyTask => Kind switch
    {
        CallerKind.Citizen => OnBehalfOf is null ? PolicyRow.Citizen : ActsFor is null ? "" : PolicyRow.Representative,
        CallerKind.System when WorkTask is null => PolicyRow.Program,
        _ => WorkTask is null or PolicyRow.Citizen or PolicyRow.Representative or PolicyRow.Program ? "" : WorkTask,
    };

    /// <summary>The citizen who acts for themselves, as a reference; else null.</summary>
    public string? Self => OnBehalfOf is null && Kind == CallerKind.Citizen ? FhirUser ?? Patient : null;

    /// <summary>The same identity, with what the policy lets it reach.</summary>
    public Identity Under(AccessPolicy policy) => IsUnlimited ? this : this with { Access = new CallerAccess(policy, this) };

    /// <summary>Which resources the caller may do that with; null: any.</summary>
    /// <param name="interaction">One of them.</param>
    public Visibility? Reach(ScopeInteractions interaction) => IsUnlimited ? null : Access?.Of(interaction) ?? NothingVisible.Instance;

    /// <summary>Whether each of the interactions can be done with some resource of the type, for all one knows beforehand.</summary>
    /// <param name="type">A resource type, or <see cref="SmartScope.AnyType"/>: with one of some type.</param>
    public bool MayReach(string type, ScopeInteractions interactions) => IsUnlimited || (Access is not null
        && Each(interactions).All(one => Access.Of(one) is var reach
            && (type == SmartScope.AnyType ? reach.Types.Any(t => !reach.ReachesNone(t)) : !reach.ReachesNone(type))));

    /// <summary>Whether each of the interactions can be done with every resource of the type.</summary>
    public bool ReachesAll(string type, ScopeInteractions interactions) => IsUnlimited
        || (Access is not null && Each(interactions).All(one => Access.Of(one).ReachesAll(type)));

    private static IEnumerable<ScopeInteractions> Each(ScopeInteractions interactions) =>
        Enum.GetValues<ScopeInteractions>().Where(one => one != ScopeInteractions.All && one != ScopeInteractions.None && interactions.HasFlag(one));
}
