using System.Text;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Validation;

/// <summary>Law: what is wrong in the form of one JSON value is told at its element by the reader.</summary>
public sealed class FormMutationTests
{
    private const int MutationsPerKind = 8;

    /// <summary>How a value is spoilt; null: of this element it cannot be.</summary>
    private static readonly Dictionary<string, Func<ElementNode, JsonNode?>> Spoilt = new()
    {
        ["a text for an object"] = node => node.IsPrimitive ? null : JsonValue.Create("text"),
        ["a number for an object"] = node => node.IsPrimitive ? null : JsonValue.Create(1),
        ["an object for a primitive"] = node => node.IsPrimitive ? new JsonObject { ["a"] = 1 } : null,
        ["a number for a text"] = node => IsForm(node, JsonForm.String) ? JsonValue.Create(1) : null,
        ["a boolean for a text"] = node => IsForm(node, JsonForm.String) ? JsonValue.Create(true) : null,
        ["a text for a number"] = node => IsForm(node, JsonForm.Number) ? JsonValue.Create("1") : null,
        ["a text for a boolean"] = node => IsForm(node, JsonForm.Boolean) ? JsonValue.Create("true") : null,
        ["an empty object"] = node => node.IsPrimitive || node.IsResource ? null : new JsonObject(),
        ["an array for one value"] = node => node.Property!.Element.IsArray ? null : new JsonArray(),
    };

    [SharedDataTheory]
    [MemberData(nameof(SharedExamples.Files), MemberType = typeof(SharedExamples))]
    public void Value_of_a_wrong_form_is_told_at_its_element(string file)
    {
        var sound = FhirJson.Parse(SharedExamples.Read(file));
        if (sound.HasErrors)
            return;
        var random = new Random(file.Length);
        var places = Place.In(sound.Resource!).Where(IsWritten).ToArray();
        foreach (var (kind, spoil) in Spoilt)
        {
            random.Shuffle(places);
            foreach (var place in places.Where(place => spoil(place.Node) is not null).Take(MutationsPerKind))
                PlacesAfter(place, (parent, step) => Put(parent, step, spoil(place.Node)))
                    .Should().Contain(NodePath.Of(place.Root, place.Node), $"{file}, {kind}");
        }
    }

    [SharedDataTheory]
    [MemberData(nameof(SharedExamples.Files), MemberType = typeof(SharedExamples))]
    public void Unknown_property_is_told_by_its_name(string file)
    {
        var sound = FhirJson.Parse(SharedExamples.Read(file));
        if (sound.HasErrors)
            return;
        var random = new Random(file.Length);
        var places = Place.In(sound.Resource!).Where(place => IsWritten(place) && !place.Node.IsPrimitive).ToArray();
        random.Shuffle(places);

        foreach (var place in places.Take(MutationsPerKind))
            PlacesAfter(place, (parent, step) => Get(parent, step)!["tuntematon"] = 1)
                .Should().Contain(NodePath.Of(place.Root, place.Node) + ".tuntematon", file);
    }

    /// <summary>Where the reader finds fault once the value at the place was changed.</summary>
    private static IEnumerable<string?> PlacesAfter(Place place, Action<JsonNode, object> change)
    {
        var json = JsonNode.Parse(FhirJson.ToBytes(place.Root))!;
        var (current, parent) = (json, place.Root);
        object? last = null;
        JsonNode? holder = null;
        foreach (var index in place.Path)
        {
            var node = parent.Children[index];
            foreach (var step in StepsTo(parent, node, index))
            {
                (holder, last) = (current, step);
                current = Get(current, step)!;
            }
            parent = node;
        }
        change(holder!, last!);
        return FhirJson.Parse(Encoding.UTF8.GetBytes(json.ToJsonString())).Issues
            .Where(issue => issue.Severity is IssueSeverity.Error or IssueSeverity.Fatal).Select(issue => issue.Expression);
    }

    private static IEnumerable<object> StepsTo(ElementNode parent, ElementNode node, int index)
    {
        yield return node.Property!.JsonName;
        if (node.Property.Element.IsArray)
            yield return parent.Children.Take(index).Count(before => before.Name == node.Name);
    }

    private static JsonNode? Get(JsonNode holder, object step) =>
        step is int index ? holder[index] : holder[(string)step];

    private static void Put(JsonNode holder, object step, JsonNode? value)
    {
        if (step is int index)
            holder[index] = value;
        else
            holder[(string)step] = value;
    }

    private static bool IsForm(ElementNode node, JsonForm form) => node.IsPrimitive && node.Type.Form == form;

    /// <summary>A primitive with a value, or an object; not what stands in the shadow of a primitive: its extensions.</summary>
    private static bool IsWritten(Place place)
    {
        var node = place.Root;
        foreach (var index in place.Path)
        {
            if (node.IsPrimitive)
                return false;
            node = node.Children[index];
        }
        return !node.IsPrimitive || node.Value is not null;
    }
}
