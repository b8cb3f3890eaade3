namespace Ajanvaraus.Fhir.Server.Security.Representation;

/// <summary>What the registers tell of a client and of those who may act for them.</summary>
/// <param name="Actor">Who wants to act, by all names that they have here: Patient, RelatedPerson, Person.</param>
/// <param name="IsClient">The client is there, active and alive.</param>
/// <param name="IsNonDisclosed">The client's whereabouts are not to be told (<em>turvakielto</em>).</param>
/// <param name="Born">Null: it is not told.</param>
/// <param name="Guardians">In force today.</param>
/// <param name="Authorities">Consents in force today.</param>
public sealed record RepresentationFacts(
    ImmutableHashSet<string> Actor, bool IsClient, bool IsNonDisclosed, BirthDay? Born, ImmutableArray<Guardian> Guardians,
    ImmutableArray<Authority> Authorities);

/// <summary>Somebody who has the custody of a minor.</summary>
/// <param name="Names">RelatedPerson, and the Patient that they are here.</param>
/// <param name="IsNonDisclosed">Their whereabouts are not to be told.</param>
/// <param name="IsTakenIntoCare">The child is in the care of the county (<em>huostaanotto</em>), and they do not decide for it.</param>
public sealed record Guardian(ImmutableHashSet<string> Names, bool IsNonDisclosed = false, bool IsTakenIntoCare = false);

/// <summary>What a Consent says of acting for the client.</summary>
/// <param name="Actors">Whom it speaks of.</param>
/// <param name="IsDenied">It takes the right instead of giving it.</param>
/// <param name="ConfirmedBy">Who has confirmed it.</param>
public sealed record Authority(ImmutableHashSet<string> Actors, bool IsDenied = false, ImmutableHashSet<string>? ConfirmedBy = null);

/// <summary>In which capacity somebody acts for another.</summary>
public enum Capacity
{
    /// <summary>They may not.</summary>
    None,
    /// <summary>As a guardian of a minor.</summary>
    Guardian,
    /// <summary>By a mandate, or for an adult by an entry in a register.</summary>
    Mandate,
}
