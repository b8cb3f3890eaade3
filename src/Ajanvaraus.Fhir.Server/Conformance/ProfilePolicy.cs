using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Definitions;

namespace Ajanvaraus.Fhir.Server.Conformance;

/// <summary>How strictly a write is held to profiles.</summary>
public enum ProfileStrictness
{
    /// <summary>Claimed profiles are not looked at: R4 itself is all that counts.</summary>
    Off,

    /// <summary>Claimed profiles are enforced; a resource that claims none is told which it would meet.</summary>
    Claimed,

    /// <summary>As <see cref="Claimed"/>, and a resource that claims none must meet one of this server's all the same.</summary>
    Required,
}

/// <summary>The strictness of each type: <c>Appointment=required;Slot=off</c>, <c>*=claimed</c> for the rest.</summary>
public sealed class ProfilePolicy
{
    private const string AllOthers = "*";

    private readonly FrozenDictionary<string, ProfileStrictness> _byType;

    private ProfilePolicy(IEnumerable<KeyValuePair<string, ProfileStrictness>> byType) =>
        _byType = byType.ToFrozenDictionary(StringComparer.Ordinal);

    public static ProfilePolicy Default { get; } = new([]);

    public ProfileStrictness Of(string type) =>
        _byType.TryGetValue(type, out var said) || _byType.TryGetValue(AllOthers, out said)
            ? said
            : ProfileStrictness.Claimed;

    /// <summary>False with the part that cannot be read.</summary>
    /// <param name="text">Parts <c>Type=off|claimed|required</c>, apart by semicolons or commas; empty: all claimed.</param>
    public static bool TryParse(string text, out ProfilePolicy policy, out string wrong)
    {
        (policy, wrong) = (Default, "");
        var byType = new Dictionary<string, ProfileStrictness>(StringComparer.Ordinal);
        foreach (var part in text.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var sides = part.Split('=', 2, StringSplitOptions.TrimEntries);
            if (sides.Length < 2 || !IsType(sides[0]) || char.IsAsciiDigit(sides[1].FirstOrDefault())
                || !Enum.TryParse<ProfileStrictness>(sides[1], ignoreCase: true, out var strictness))
            {
                wrong = part;
                return false;
            }
            byType[sides[0]] = strictness;
        }
        policy = new ProfilePolicy(byType);
        return true;
    }

    private static bool IsType(string name) => name == AllOthers || R4.Definitions.Resource(name) is not null;
}
