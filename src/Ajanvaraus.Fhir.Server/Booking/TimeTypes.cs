using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Time type (<i>aikatyyppi</i>): what a time in a calendar is for.</summary>
/// <param name="IsInternal">Travel, documentation, meetings of the staff: no meeting with a client.</param>
/// <param name="Mode">Contact mode code; empty when the type has none.</param>
public sealed record TimeType(string Code, string Name, bool IsInternal, string Mode);

/// <summary>The local time types: those for clients need one, internal ones have none.</summary>
/// <remarks>Source: named in <c>time-types.csv</c>.</remarks>
internal static class TimeTypes
{
    public const string System = Canonicals.Base + "/CodeSystem/aikatyyppi";

    /// <summary>In the order of the file.</summary>
    public static ImmutableArray<TimeType> All { get; } =
    [
        .. DataFile.Records("Booking/time-types.csv").Select(r => new TimeType(r[0], r[1], r[2] == "internal", r[3])),
    ];

    private static readonly FrozenSet<string> Internal =
        All.Where(type => type.IsInternal).Select(type => $"{System}|{type.Code}").ToFrozenSet();

    /// <summary>True for a code of ours that is not internal; codings of other systems say nothing here.</summary>
    /// <param name="coding">As <c>system|code</c>.</param>
    public static bool IsForClients(string coding) =>
        coding.StartsWith(System, StringComparison.Ordinal)
        && coding.Length > System.Length + 1
        && !Internal.Contains(coding);
}
