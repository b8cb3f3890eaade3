using System.Text.Json;
using System.Text.RegularExpressions;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Definitions;

/// <summary>Every search parameter is what R4 says, with the two departures that ADR 0002 names.</summary>
public sealed partial class OfficialSearchParametersTests
{
    private const string Prefix = "http://hl7.org/fhir/SearchParameter/";

    /// <summary>Illustrations of the SearchParameter page that would redefine real parameters.</summary>
    private static readonly string[] Illustrations =
        [Prefix + "example", Prefix + "example-extension", Prefix + "example-reference"];

    [SharedDataFact(OfficialTables.Folder)]
    [Rule("search", "parameters", "Every search parameter that R4 defines for a type is there, with its type, expression and targets.")]
    public void Search_parameters_are_those_of_R4()
    {
        var official = OfficialTables.Read("search-parameters.json").EnumerateObject()
            .Where(parameter => !Illustrations.Contains(parameter.Name)).Select(OfficialLine).ToHashSet();

        var ours = R4.Definitions.SearchParameters.Select(OurLine).ToHashSet();

        ours.Except(official).Should().BeEmpty("nothing may be added");
        official.Except(ours).Should().BeEmpty("nothing may be missing");
        ours.Should().HaveCount(1400);
    }

    [Fact]
    public void Expressions_select_types_by_ofType()
    {
        var expressions = R4.Definitions.SearchParameters
            .SelectMany(p => p.Components.Select(c => c.Expression).Append(p.Expression));

        expressions.Where(expression => OfType(expression) != expression).Should().BeEmpty();
    }

    [Fact]
    public void Search_parameters_have_one_meaning_per_type_and_code()
    {
        var meanings = R4.Definitions.SearchParameters.SelectMany(p => p.Base.Select(type => (type, p.Code)));

        meanings.Should().OnlyHaveUniqueItems();
    }

    private static string OfficialLine(JsonProperty parameter)
    {
        var facts = parameter.Value;
        var components = facts.TryGetProperty("component", out var list)
            ? list.EnumerateArray().Select(c => $"{Text(c, "definition")}: {OfType(Text(c, "expression"))}") : [];
        return Line(parameter.Name, Text(facts, "code"), Text(facts, "type"), Texts(facts, "base"),
            OfType(Text(facts, "expression")), Texts(facts, "target"), components);
    }

    private static string OurLine(SearchParameterDefinition p) =>
        Line(p.Url, p.Code, p.Type, p.Base, p.Expression, p.Targets,
            p.Components.Select(c => $"{c.Definition}: {c.Expression}"));

    private static string Line(string url, string code, string type, IEnumerable<string> @base, string expression,
        IEnumerable<string> targets, IEnumerable<string> components) =>
        string.Join(" / ", url, code, type, string.Join(',', @base), expression, string.Join(',', targets),
            string.Join("; ", components));

    /// <summary>R4 writes <c>x as T</c> and <c>x.as(T)</c>, which FHIRPath allows on one item only; what is meant is
    /// <c>x.ofType(T)</c>.</summary>
    private static string OfType(string expression) =>
        AsOperator().Replace(expression, ".ofType($1)").Replace(".as(", ".ofType(", StringComparison.Ordinal);

    [GeneratedRegex(" as ([A-Za-z0-9]+)")]
    private static partial Regex AsOperator();

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString()! : "";

    private static IEnumerable<string> Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.EnumerateArray().Select(x => x.GetString()!) : [];
}
