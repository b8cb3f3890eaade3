using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation;

namespace Ajanvaraus.Fhir.Server.Conformance;

/// <summary>The profiles of the package by the type that they are for.</summary>
internal static class SocialProfiles
{
    private static readonly string[] SchedulingTypes =
        ["Appointment", "AppointmentResponse", "HealthcareService", "Schedule", "Slot"];

    private static readonly Lazy<ILookup<string, SocialProfile>> ByType = new(() => ProfilePackage.Instance.Files
        .Where(file => file is { ResourceType: "StructureDefinition", Type: not "Extension" })
        .Select(file => new SocialProfile(
            file.Type, file.Url, ProfilePackage.Instance.Parse(file).Text("baseDefinition") ?? ""))
        .ToLookup(profile => profile.Type));

    /// <summary>The most general first.</summary>
    public static ImmutableArray<SocialProfile> Of(string type) =>
        [.. ByType.Value[type].OrderBy(p => Depth(p)).ThenBy(p => p.Url, StringComparer.Ordinal)];

    /// <summary>True for the types whose profiles are told to those who do not claim them.</summary>
    public static bool IsAdvisedOf(string type) => SchedulingTypes.Contains(type);

    public static bool IsClaimed(ElementNode resource) => resource["meta"]?.All("profile")
        .Any(claim => claim.Value is { } url && ByType.Value[resource.Type.Name].Any(p => IsNamed(p, url))) ?? false;

    /// <summary>Canonicals of those that it meets, without those that another of them derives from.</summary>
    public static ImmutableArray<string> MetBy(ElementNode resource, ProfileValidator validator)
    {
        var met = Of(resource.Type.Name).Where(p => validator.Conforms(resource, p.Url) == true).ToList();
        return [.. met.Where(p => !met.Any(other => other.Base == p.Url)).Select(p => p.Url)];
    }

    private static bool IsNamed(SocialProfile profile, string url) =>
        url == profile.Url || (url.StartsWith(profile.Url, StringComparison.Ordinal) && url[profile.Url.Length] == '|');

    private static int Depth(SocialProfile profile)
    {
        var depth = 0;
        for (var next = profile; next is not null; next = ByType.Value[next.Type].FirstOrDefault(p => p.Url == next.Base))
            depth++;
        return depth;
    }
}

/// <param name="Type">The resource type that it is for.</param>
/// <param name="Base">Canonical of what it derives from.</param>
internal sealed record SocialProfile(string Type, string Url, string Base);
