namespace Ajanvaraus.Fhir.Server.Security.Policy;

/// <summary>What a row lets be done with clients whose whereabouts are not to be told.</summary>
public enum LabelledClients
{
    /// <summary>Nothing, as if they were not there; new resources about them can be made.</summary>
    Hide,
    /// <summary>They are read without what could lead to them, and not changed.</summary>
    Mask,
    /// <summary>As with any other client.</summary>
    Show,
    /// <summary>And the label itself may be set and removed.</summary>
    Set,
}

/// <summary>One row of the access policy.</summary>
/// <param name="WorkTask">Whose row it is: the <c>work_task</c> of the token, <c>citizen</c> or <c>representative</c>.</param>
/// <param name="OwnServiceTask">Only resources of a service task of the token.</param>
/// <param name="OwnUnit">Only resources of a unit of the token.</param>
/// <param name="Type">A resource type, or a class of types.</param>
/// <param name="Relation">A word of the relations; <see cref="Any"/>: no matter whose.</param>
public sealed record PolicyRow(
    string WorkTask, bool OwnServiceTask, bool OwnUnit, string Type, ScopeInteractions Interactions, string Relation,
    LabelledClients Labelled)
{
    /// <summary>Work task of citizens about themselves.</summary>
    public const string Citizen = "citizen";

    /// <summary>Work task of those who act for another.</summary>
    public const string Representative = "representative";

    /// <summary>Work task of programs whose token tells none.</summary>
    public const string Program = "program";

    /// <summary>The relation that every resource has.</summary>
    public const string Any = "any";

    /// <summary>The relation that every resource has to somebody who tells a special reason.</summary>
    public const string SpecialReason = "special-reason";
}
