using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Validation.Checks;

namespace Ajanvaraus.Fhir.Core.Validation.Profiles;

/// <summary>Turns a profile into checks: one for each kind of rule that an element states.</summary>
/// <remarks>What the base definitions ask is not repeated: a resource is checked against them first.</remarks>
internal sealed class ProfileCompiler(FhirDefinitions definitions, ProfileTrees trees, ProfileLibrary library)
{
    private readonly DiscriminatorCompiler _discriminators = new(definitions, trees, library);

    public ProfilePlan Compile(ProfileTree tree)
    {
        List<string> faults = [.. tree.Faults];
        var root = Plan(tree.Root, faults);
        return new ProfilePlan(tree.Url, tree.Type, root, [.. faults.Distinct()], tree.Imposed);
    }

    /// <summary>Every slice that can be told, by where it stands.</summary>
    public ImmutableArray<NamedSlice> Slices(ProfileTree tree)
    {
        var found = ImmutableArray.CreateBuilder<NamedSlice>();
        AddSlices(tree.Type, tree.Root, [], found);
        return found.DrainToImmutable();
    }

    private void AddSlices(
        TypeSchema type, ProfileElement parent, ImmutableArray<SliceStep> path, ImmutableArray<NamedSlice>.Builder found)
    {
        foreach (var child in parent.Children)
        {
            var step = new SliceStep(child.Name, child.Schema, []);
            AddSlices(type, child, path.Add(step), found);
            AddSlicesOf(type, child, path, step, found);
        }
    }

    private void AddSlicesOf(
        TypeSchema type, ProfileElement element, ImmutableArray<SliceStep> path, SliceStep outer,
        ImmutableArray<NamedSlice>.Builder found)
    {
        foreach (var slice in element.Slices)
        {
            if (element.Slicing is not { } rules || Discriminators(slice, rules, []) is not { IsEmpty: false } marks)
                continue;
            var step = outer with { Discriminators = outer.Discriminators.AddRange(marks) };
            found.Add(new NamedSlice(slice.SliceName!, type, path.Add(step)));
            AddSlices(type, slice, path.Add(step), found);
            AddSlicesOf(type, slice, path, step, found);
        }
    }

    private ElementPlan Plan(ProfileElement element, List<string> faults)
    {
        var checks = ImmutableArray.CreateBuilder<ICheck>();
        if (element.Schema is not null)
            checks.AddRange(TypeChecks(element));
        foreach (var rule in element.Values)
            checks.Add(rule.IsPattern
                ? new PatternCheck(rule.Value, rule.Source) : new FixedCheck(rule.Value, rule.Source));
        if (element.Least is not null || element.Most is not null)
            checks.Add(new RangeCheck(element.Least, element.Most));
        if (element.MaxLength is { } length)
            checks.Add(new LengthCheck(length));
        if (element.Binding is { } binding && !IsBaseBinding(element, binding))
            checks.Add(new ProfileBindingCheck(binding, definitions));
        foreach (var invariant in element.Invariants)
            checks.Add(new InvariantCheck(invariant));
        foreach (var child in element.Children)
            if (ChildCheckOf(child, faults) is { } check)
                checks.Add(check);
        return new ElementPlan(checks.DrainToImmutable());
    }

    private IEnumerable<ICheck> TypeChecks(ProfileElement element)
    {
        // Types of the FHIRPath System are those of ids and urls: nothing else can stand there.
        if (element.Types.IsEmpty || element.Types.Any(type => type.Code.Contains(':', StringComparison.Ordinal)))
            yield break;
        if (NarrowsTypes(element))
            yield return new TypeCheck(element.Types, element.TypesSource, library);
        if (ReferenceRule(element) is { } rule && (NarrowsTargets(element, rule) || rule.Versioning is not null
            || !rule.Aggregation.IsEmpty))
            yield return new TargetCheck(rule, element.TypesSource, library);
    }

    /// <summary>Some profiles list the targets of a Reference as types of their own: what one allows is allowed.</summary>
    private static TypeRule? ReferenceRule(ProfileElement element)
    {
        var rules = element.Types.Where(type => type.Code == "Reference").ToList();
        if (rules.Count <= 1)
            return rules.FirstOrDefault();
        return rules[0] with
        {
            TargetProfiles = rules.Exists(rule => rule.TargetProfiles.IsEmpty)
                ? [] : [.. rules.SelectMany(rule => rule.TargetProfiles)],
            Aggregation = rules.Exists(rule => rule.Aggregation.IsEmpty)
                ? [] : [.. rules.SelectMany(rule => rule.Aggregation)],
        };
    }

    /// <summary>False for a snapshot that repeats the types of the base definitions.</summary>
    private static bool NarrowsTypes(ProfileElement element) =>
        element.Types.Any(type => !type.Profiles.IsEmpty)
        || element.Schema!.Properties.Any(property => !element.Types.Any(type => property.Type.Is(type.Code)));

    private static bool NarrowsTargets(ProfileElement element, TypeRule type) =>
        type.TargetProfiles.Length > 0
        && !type.TargetProfiles.Select(CoreTypes.NameOf).ToHashSet().SetEquals(element.Schema!.Targets);

    private static bool IsBaseBinding(ProfileElement element, BindingRule binding) =>
        binding.MaxValueSet is null && element.Schema?.Binding is { } known && known.Strength == binding.Strength
        && binding.ValueSet.Split('|')[0] == known.ValueSet;

    private ChildCheck? ChildCheckOf(ProfileElement child, List<string> faults)
    {
        var each = Plan(child, faults);
        var slicing = SlicingOf(child, faults);
        var label = child.Schema is { IsChoice: true } ? child.Name + "[x]" : child.Name;
        return each.IsEmpty && slicing is null && child.Min is null && child.Max is null
            ? null
            : new ChildCheck(child.Name, label, child.Min, child.Max, each, slicing);
    }

    private SlicingCheck? SlicingOf(ProfileElement element, List<string> faults)
    {
        if (element.Slices.Count == 0)
            return null;
        if (element.Slicing is not { } rules)
        {
            faults.Add($"the slices of {element.Id} have no slicing");
            return null;
        }
        var slices = element.Slices.Select(slice => new SlicePlan(
            slice.SliceName!,
            Discriminators(slice, rules, faults),
            slice.Min, slice.Max, Plan(slice, faults), SlicingOf(slice, faults)));
        return new SlicingCheck(element.Name, rules, [.. slices]);
    }

    private ImmutableArray<Discriminator> Discriminators(ProfileElement slice, SlicingRules rules, List<string> faults)
    {
        var found = ImmutableArray.CreateBuilder<Discriminator>();
        if (slice.SliceName == "@default")
            return [];
        if (rules.Discriminators.IsEmpty)
            faults.Add($"the slicing of {slice.Id} has no discriminator");
        foreach (var rule in rules.Discriminators)
            if (_discriminators.Compile(slice, rule, faults) is { } discriminator)
                found.Add(discriminator);
        return found.DrainToImmutable();
    }
}
