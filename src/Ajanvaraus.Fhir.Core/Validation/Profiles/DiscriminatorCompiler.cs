using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation.Checks;

namespace Ajanvaraus.Fhir.Core.Validation.Profiles;

/// <summary>Finds in the definition of a slice what its discriminators tell it by.</summary>
/// <remarks>
/// What is sought may stand in the slice itself, in the profile of its type, in the profile of what it refers to, or
/// inside a pattern further out.
/// </remarks>
internal sealed class DiscriminatorCompiler(FhirDefinitions definitions, ProfileTrees trees, ProfileLibrary library)
{
    /// <summary>Patterns and type profiles nest a few levels; more is a definition that runs in circles.</summary>
    private const int MostDepth = 8;

    /// <summary>Null with the reason in <paramref name="faults"/> when the slice cannot be told by the rule.</summary>
    public Discriminator? Compile(ProfileElement slice, DiscriminatorRule rule, List<string> faults)
    {
        if (DiscriminatorPath.Parse(rule.Path) is not { } path)
        {
            faults.Add($"the discriminator {rule.Path} of {slice.Id} is not understood");
            return null;
        }
        var places = new List<Place> { new(slice, null) };
        foreach (var step in path)
            places = [.. places.SelectMany(place => Step(place, step))];
        if ((Criterion(slice, rule, path, places) ?? OfRequiredSlices(slice, rule, path)) is { } criterion)
            return new Discriminator(path, criterion);
        faults.Add($"nothing tells the slice {slice.Id} by {rule.Type} of {rule.Path}");
        return null;
    }

    private ICriterion? Criterion(
        ProfileElement slice, DiscriminatorRule rule, ImmutableArray<DiscriminatorStep> path, List<Place> places)
    {
        switch (rule.Type)
        {
            case "value" or "pattern":
                var criterion = Values(places, MostDepth);
                if (!criterion.IsEmpty)
                    return criterion;
                return path is [{ Kind: StepKind.Name, Text: "url" }] && ExtensionUrl(slice) is { } url
                    ? new UrlCriterion(url) : null;
            case "exists":
                if (places.Exists(place => place.Element?.Max is { Count: 0 }))
                    return new ExistsCriterion(false);
                return places.Exists(place => place.Element is { } element && IsRequired(element))
                    ? new ExistsCriterion(true) : null;
            case "type":
                return Types(places) is { IsEmpty: false } types ? new TypeCriterion(types) : null;
            case "profile":
                return Profiles(places) is { IsEmpty: false } profiles ? new ProfileCriterion(profiles, library) : null;
            default:
                return null;
        }
    }

    /// <summary>What tells the slice may be said by slices further in that must be there: each of them must be found.</summary>
    private AllCriterion? OfRequiredSlices(
        ProfileElement slice, DiscriminatorRule rule, ImmutableArray<DiscriminatorStep> path)
    {
        List<List<Place>> ways = [[new Place(slice, null)]];
        foreach (var step in path)
            ways = [.. ways.SelectMany(way => Ways([.. way.SelectMany(place => Step(place, step))]))];
        var criteria = ways.Select(way => Criterion(slice, rule, [], way)).OfType<ICriterion>().ToImmutableArray();
        return criteria.IsEmpty ? null : new AllCriterion(criteria);
    }

    /// <summary>One way for each required slice; without such the places themselves.</summary>
    private static IEnumerable<List<Place>> Ways(List<Place> places)
    {
        var slices = places.Where(place => place.Element is not null)
            .SelectMany(place => place.Element!.Slices).Where(slice => slice.Min is { Count: > 0 }).ToList();
        return slices.Count == 0 ? [places] : slices.Select(slice => new List<Place> { new(slice, null) });
    }

    private ImmutableArray<string> Types(List<Place> places) =>
        [.. places.Where(place => place.Element is not null)
            .SelectMany(place => place.Element!.Schema is null ? [place.Element.Name] : place.Element.Types.Select(t => t.Code))
            .Distinct()];

    private static ImmutableArray<string> Profiles(List<Place> places) =>
        [.. places.Select(place => place.Profile).OfType<string>()
            .Concat(places.Where(place => place.Element?.Schema is not null)
                .SelectMany(place => place.Element!.Types).SelectMany(type => type.Profiles))
            .Distinct()];

    private static bool IsRequired(ProfileElement element) =>
        element.Min is { Count: > 0 } || element.Schema?.Min > 0
        || element.Slices.Exists(slice => slice.Min is { Count: > 0 });

    private ValueCriterion Values(IReadOnlyList<Place> places, int depth)
    {
        var elements = places.Select(place => place.Element).OfType<ProfileElement>()
            .SelectMany(element => depth > 0 ? [element, .. TypeRoots(element)] : new[] { element }).ToList();
        var values = elements.SelectMany(element => element.Values)
            .Concat(places.Where(place => place.Part is not null)
                .Select(place => new ValueRule(IsPattern: true, place.Part!, "")));
        var bindings = elements.Select(element => element.Binding)
            .Where(binding => binding is { Strength: BindingStrength.Required })
            .Select(binding => (ICheck)new ProfileBindingCheck(binding!, definitions));
        var children = depth == 0 ? [] : elements.SelectMany(element => element.Children)
            .GroupBy(child => child.Name)
            .SelectMany(group => Ways([.. group.Select(child => new Place(child, null))])
                .Select(way => (group.Key, Values(way, depth - 1))))
            .Where(child => !child.Item2.IsEmpty);
        return new ValueCriterion([.. values], [.. bindings], [.. children]);
    }

    private IEnumerable<Place> Step(Place place, DiscriminatorStep step)
    {
        if (place.Part is { } part)
            return step.Kind == StepKind.Name ? part.All(step.Text).Select(child => new Place(null, child)) : [];
        var element = place.Element!;
        return step.Kind switch
        {
            StepKind.Resolve => Targets(element),
            StepKind.OfType => [place, .. element.Slices
                .Where(slice => slice.Types.Any(type => type.Code == step.Text)).Select(slice => new Place(slice, null))],
            StepKind.Extension => Below(element, "extension").SelectMany(SlicesOf)
                .Where(slice => ExtensionUrl(slice) == step.Text).Select(slice => new Place(slice, null)),
            _ => Below(element, step.Text).Select(child => new Place(child, null))
                .Concat(element.Values.SelectMany(rule => rule.Value.All(step.Text)).Select(child => new Place(null, child))),
        };
    }

    /// <summary>The slices, and those of slices.</summary>
    private static IEnumerable<ProfileElement> SlicesOf(ProfileElement element) =>
        element.Slices.SelectMany(slice => SlicesOf(slice).Prepend(slice));

    private IEnumerable<ProfileElement> Below(ProfileElement element, string name) =>
        new[] { element }.Concat(TypeRoots(element)).Select(root => root.Child(name)).OfType<ProfileElement>();

    /// <summary>The roots of the profiles of the element's type, where there is one only.</summary>
    private IEnumerable<ProfileElement> TypeRoots(ProfileElement element) =>
        element.Schema is not null && element.Types is [{ Profiles: [var profile] }] && trees.Find(profile) is { } tree
            ? [tree.Root] : [];

    /// <summary>What a Reference may point to: profiles with their rules, core types by their name.</summary>
    private IEnumerable<Place> Targets(ProfileElement element)
    {
        foreach (var target in element.Types.SelectMany(type => type.TargetProfiles))
        {
            if (trees.Find(target) is { } tree)
                yield return new Place(tree.Root, null, target);
            else if (CoreTypes.NameOf(target) is { } name)
                yield return new Place(new ProfileElement { Name = name, Id = name }, null, target);
        }
    }

    /// <summary>The url that an extension slice fixes, or that of the definition which it names.</summary>
    private static string? ExtensionUrl(ProfileElement slice)
    {
        if (slice.Child("url")?.Values is [{ Value.Value: { } text }, ..])
            return text;
        if (slice.Types is not [{ Profiles: [var profile] }])
            return null;
        var bar = profile.IndexOf('|', StringComparison.Ordinal);
        return bar < 0 ? profile : profile[..bar];
    }

    /// <summary>Where a path leads in a definition: an element, or a part of a value further out.</summary>
    /// <param name="Profile">Canonical when the place is the root of what a reference points to.</param>
    private sealed record Place(ProfileElement? Element, ElementNode? Part, string? Profile = null);
}
