using System.Collections.Concurrent;
using System.Text;

using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation;

namespace Ajanvaraus.Fhir.Server.Conformance;

/// <summary>Whether Slots that a template opens meet the profile of Slots, so that they may claim it.</summary>
/// <remarks>
/// Slots that differ only in their calendar and their times meet the same: each kind is validated once for as long as no
/// profile changes. Profiles are those that were in force when this process looked last, at most
/// <see cref="CurrentSearchParameters.Look"/> ago: a Slot is read too often to ask the database about profiles each time.
/// </remarks>
public sealed class SlotClaims(ProfileValidation profiles)
{
    private const int MostKinds = 10_000;

    /// <summary>What the Slots of one template differ in.</summary>
    private static readonly string[] Own = ["id", "identifier", "schedule", "start", "end"];

    private Known? _known;

    /// <param name="slot">One of the kind, with the claim.</param>
    public bool Meets(ElementNode slot)
    {
        if (profiles.Latest is not { } validator)
            return false;
        var known = Volatile.Read(ref _known);
        if (known is null || !ReferenceEquals(known.Validator, validator) || known.Kinds.Count >= MostKinds)
            Volatile.Write(ref _known, known = new Known(validator, new ConcurrentDictionary<string, bool>()));
        return known.Kinds.GetOrAdd(KindOf(slot), _ => validator.Conforms(slot, Canonicals.SlotProfile) == true);
    }

    private static string KindOf(ElementNode slot)
    {
        var kind = slot.Replace("extension", [.. slot.All("extension").Select(Timeless)]);
        return Encoding.UTF8.GetString(FhirJson.ToBytes(Own.Aggregate(kind, (rest, name) => rest.Without(name))));
    }

    /// <summary>When a Slot opens differs from day to day.</summary>
    private static ElementNode Timeless(ElementNode extension) =>
        extension.Text("url") == Canonicals.OpensAt ? extension.Without("value") : extension;

    private sealed record Known(ProfileValidator Validator, ConcurrentDictionary<string, bool> Kinds);
}
