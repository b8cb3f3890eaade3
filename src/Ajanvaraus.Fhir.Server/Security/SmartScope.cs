using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Whose access a scope describes: the first word of it.</summary>
public enum ScopeContext { Patient, User, System }

/// <summary>What may be done, in the order of the letters <c>crudsoa</c>.</summary>
/// <remarks>Scopes have letters for <see cref="All"/> alone; rows of the access policy for the two rights of booking, too.</remarks>
[Flags]
public enum ScopeInteractions
{
    None = 0,
    Create = 1,
    /// <summary>read, vread and history of one resource.</summary>
    Read = 2,
    /// <summary>update and patch.</summary>
    Update = 4,
    Delete = 8,
    /// <summary>search, and history of a type or of everything.</summary>
    Search = 16,
    All = Create | Read | Update | Delete | Search,
    /// <summary>To book over others, outside what is open or against the rules of the calendar, with a reason.</summary>
    Override = 32,
    /// <summary>To answer for a professional whether a booking is approved.</summary>
    Approve = 64,
    /// <summary>To be told when, where and what for in the calendars of colleagues that are open so far, not for whom.</summary>
    Part = 128,
    /// <summary>To look where colleagues are now: for the safety of those who work outside.</summary>
    Whereabouts = 256,
}

/// <summary>A scope by which resources are reached: <c>user/Appointment.rs?status=booked</c>.</summary>
/// <param name="Type">A resource type, or <c>*</c>: every type.</param>
/// <remarks>Made by <see cref="SmartScopeParser"/>. Source:
/// http://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#scopes-for-requesting-fhir-resources .</remarks>
public sealed record SmartScope(ScopeContext Context, string Type, ScopeInteractions Interactions)
{
    public const string AnyType = "*";

    /// <summary>As it was granted.</summary>
    public string Text { get; init; } = "";

    /// <summary>Decoded search parameters: the scope holds for resources that meet all of them. Empty: for all.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>The same, as a condition on resources of <see cref="Type"/>; null without parameters.</summary>
    public SearchExpression? Criteria { get; init; }

    /// <summary>Whether it speaks of that type.</summary>
    public bool IsOf(string type) => Type == AnyType || Type == type;
}
