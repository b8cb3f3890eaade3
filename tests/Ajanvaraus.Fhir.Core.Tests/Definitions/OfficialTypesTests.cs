using System.Text.Json;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Definitions;

/// <summary>Every type and element is what R4 says. Both sides are written as one line per element and compared.</summary>
public sealed class OfficialTypesTests
{
    [SharedDataFact(OfficialTables.Folder)]
    public void Types_are_those_of_R4_with_their_kind_and_base()
    {
        var official = OfficialTables.Read("elements.json").EnumerateObject().Select(type =>
            $"{type.Name} {type.Value.GetProperty("kind").GetString()} {Text(type.Value, "base")} "
            + Flag(type.Value, "abstract"));

        var ours = R4.Definitions.Types.Values.Where(type => !type.Name.Contains('.')).Select(type =>
            $"{type.Name} {KindName(type)} {type.Base?.Name} {type.IsAbstract}");

        ours.Should().BeEquivalentTo(official);
        R4.Definitions.ResourceTypes.Should().HaveCount(147);
    }

    [SharedDataFact(OfficialTables.Folder)]
    public void Elements_are_those_of_R4()
    {
        var official = OfficialElements().Select(OfficialLine).ToHashSet();

        var ours = R4.Definitions.Types.Values.SelectMany(type => type.Elements).Select(OurLine).ToHashSet();

        ours.Except(official).Should().BeEmpty("nothing may be added");
        official.Except(ours).Should().BeEmpty("nothing may be missing");
        ours.Should().HaveCountGreaterThan(7000);
    }

    [SharedDataFact(OfficialTables.Folder)]
    public void Rules_of_types_are_those_of_R4()
    {
        var official = OfficialTables.Read("elements.json").EnumerateObject().Select(type =>
            $"{type.Name} {Rules(type.Value.GetProperty("elements").GetProperty(type.Name))}");

        var ours = R4.Definitions.Types.Values.Where(type => !type.Name.Contains('.')).Select(type =>
            $"{type.Name} {Rules(type.Constraints.Where(c => c.Key is not ("ele-1" or "ext-1")))}");

        ours.Should().BeEquivalentTo(official);
    }

    [SharedDataFact(OfficialTables.Folder)]
    public void Elements_stand_in_the_order_of_R4()
    {
        var official = OfficialElements().Select(e => e.Path).GroupBy(Owner).ToDictionary(g => g.Key, g => g.ToList());

        var misplaced = R4.Definitions.Types.Values.Where(type => type.Elements.Length > 0)
            .Where(type => !type.Elements.Select(e => e.Path).SequenceEqual(official[type.Name]));

        misplaced.Should().BeEmpty();
    }

    /// <summary>All but the roots and the values of primitives, which are not elements here.</summary>
    private static IEnumerable<(string Path, JsonElement Facts, JsonElement Type)> OfficialElements() =>
        from type in OfficialTables.Read("elements.json").EnumerateObject()
        from element in type.Value.GetProperty("elements").EnumerateObject()
        let isPrimitive = type.Value.GetProperty("kind").GetString() == "primitive-type"
        where element.Name.Contains('.') && !(isPrimitive && element.Name == type.Name + ".value")
        select (element.Name, element.Value, type.Value);

    private static string OfficialLine((string Path, JsonElement Facts, JsonElement Type) element)
    {
        var facts = element.Facts;
        var reference = Text(facts, "ref").TrimStart('#');
        var types = reference.Length > 0 ? Type(reference, []) : string.Join('|',
            facts.GetProperty("types").EnumerateArray().Select(OfficialType));
        var binding = facts.TryGetProperty("binding", out var b) && b[1].GetString() is { Length: > 0 } valueSet
            ? b[0].GetString() + " " + valueSet.Split('|')[0] : "";
        // Content by reference brings the rules of that content.
        var rules = Rules(reference.Length > 0 ? element.Type.GetProperty("elements").GetProperty(reference) : facts);
        return $"{element.Path} {facts.GetProperty("min")}..{Text(facts, "max")} {types} [{binding}] "
            + $"{Flag(facts, "summary")} {Flag(facts, "modifier")} {rules}";
    }

    private static string OfficialType(JsonElement type)
    {
        var targets = type.TryGetProperty("targets", out var t) ? t.EnumerateArray().Select(x => x.GetString()!) : [];
        var code = Text(type, "code");
        return Type(code == "System.String" ? "string" : code, targets);
    }

    private static string OurLine(ElementSchema element)
    {
        var types = string.Join('|', element.Properties.Select(p =>
            Type(p.Type.Name == element.Path ? p.Type.Base!.Name : p.Type.Name, p.Targets)));
        var binding = element.Binding is { } b ? $"{b.Strength.ToString().ToLowerInvariant()} {b.ValueSet}" : "";
        // The rule of SimpleQuantity comes with the profile of the type, of which the table does not tell.
        var rules = element.Constraints.Where(rule => rule.Key != "sqty-1");
        return $"{element.Path} {element.Min}..{element.Max?.ToString() ?? "*"} {types} [{binding}] "
            + $"{element.IsSummary} {element.IsModifier} {Rules(rules)}";
    }

    /// <summary>Reference(Resource) allows any target, as no target does; Media.device names Device twice.</summary>
    private static string Type(string code, IEnumerable<string> targets) => code + "("
        + string.Join(',', targets.Where(t => t != "Resource").Distinct().Order(StringComparer.Ordinal)) + ")";

    private static string Rules(JsonElement element) => Rules(element.GetProperty("constraints").EnumerateArray()
        .Select(c => new ConstraintSchema(c[0].GetString()!, c[1].GetString() == "error", c[2].GetString() ?? "")));

    private static string Rules(IEnumerable<ConstraintSchema> rules) =>
        string.Join("; ", rules.Select(rule => rule.ToString()).Order(StringComparer.Ordinal));

    private static string KindName(TypeSchema type) => type.Kind switch
    {
        TypeKind.Primitive => "primitive-type",
        TypeKind.Complex => "complex-type",
        _ => "resource",
    };

    private static string Owner(string path) => path[..path.LastIndexOf('.')];

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString()! : "";

    private static bool Flag(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.GetBoolean();
}
