using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Search.Query;

public enum SearchHandling { Strict, Lenient }

/// <summary>What the meaning of a query depends on besides its text.</summary>
public sealed record SearchSettings
{
    public const int DefaultCount = 50;
    public const int MaxCount = 1000;

    /// <summary>Each match that is left out is found first: whoever wants more follows the links.</summary>
    public const int MaxOffset = 10_000;

    /// <summary>Zone of dates and times that are written without offset.</summary>
    public ZoneRules Zone { get; init; } = TimeZones.Default;

    /// <summary>This server's own base URL without slash at the end; empty: absolute references are all foreign.</summary>
    public string BaseUrl { get; init; } = "";

    /// <summary>For <c>ap</c>, which widens by a tenth of the distance to now.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
