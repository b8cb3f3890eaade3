using System.Text;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Patch;

namespace Ajanvaraus.Fhir.Core.Tests.Patch;

public sealed class JsonPatchTests
{
    /// <summary>The examples of RFC 6902, appendix A, and of RFC 6901, section 5.</summary>
    [Theory]
    [InlineData("""{"foo":"bar"}""", """[{"op":"add","path":"/baz","value":"qux"}]""", """{"foo":"bar","baz":"qux"}""")]
    [InlineData("""{"foo":["bar","baz"]}""", """[{"op":"add","path":"/foo/1","value":"qux"}]""", """{"foo":["bar","qux","baz"]}""")]
    [InlineData("""{"baz":"qux","foo":"bar"}""", """[{"op":"remove","path":"/baz"}]""", """{"foo":"bar"}""")]
    [InlineData("""{"foo":["bar","qux","baz"]}""", """[{"op":"remove","path":"/foo/1"}]""", """{"foo":["bar","baz"]}""")]
    [InlineData("""{"baz":"qux","foo":"bar"}""", """[{"op":"replace","path":"/baz","value":"boo"}]""", """{"baz":"boo","foo":"bar"}""")]
    [InlineData("""{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}""", """[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]""", """{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}""")]
    [InlineData("""{"foo":["all","grass","cows","eat"]}""", """[{"op":"move","from":"/foo/1","path":"/foo/3"}]""", """{"foo":["all","cows","eat","grass"]}""")]
    [InlineData("""{"foo":["bar"]}""", """[{"op":"add","path":"/foo/-","value":["abc","def"]}]""", """{"foo":["bar",["abc","def"]]}""")]
    [InlineData("""{"foo":"bar"}""", """[{"op":"add","path":"/baz","value":"qux","xyz":123}]""", """{"foo":"bar","baz":"qux"}""")]
    [InlineData("""{"/":9,"~1":10}""", """[{"op":"test","path":"/~01","value":10},{"op":"replace","path":"/~1","value":1}]""", """{"/":1,"~1":10}""")]
    [InlineData("""{"a":[1,2]}""", """[{"op":"copy","from":"/a","path":"/b"},{"op":"add","path":"/b/0","value":0}]""", """{"a":[1,2],"b":[0,1,2]}""")]
    [InlineData("""{"a":null}""", """[{"op":"test","path":"/a","value":null}]""", """{"a":null}""")]
    [InlineData("""{"a":1}""", """[{"op":"replace","path":"","value":{"b":2}}]""", """{"b":2}""")]
    public void Patch_that_applies_changes_what_it_names(string document, string patch, string expected)
    {
        var result = Parse(patch).Value!.Apply(Encoding.UTF8.GetBytes(document));

        Encoding.UTF8.GetString(result.Value!).Should().Be(expected);
    }

    [Theory]
    [InlineData("""[{"op":"add","path":"/baz/bat","value":"qux"}]""", "AJV-3072", "/0/path")]
    [InlineData("""[{"op":"test","path":"/foo","value":"bar"},{"op":"test","path":"/foo","value":"x"}]""", "AJV-3073", "/1/value")]
    [InlineData("""[{"op":"test","path":"/n","value":"10"}]""", "AJV-3073", "/0/value")]
    [InlineData("""[{"op":"remove","path":"/none"}]""", "AJV-3072", "/0/path")]
    [InlineData("""[{"op":"replace","path":"/none","value":1}]""", "AJV-3072", "/0/path")]
    [InlineData("""[{"op":"add","path":"/list/3","value":1}]""", "AJV-3072", "/0/path")]
    [InlineData("""[{"op":"add","path":"/list/01","value":1}]""", "AJV-3072", "/0/path")]
    [InlineData("""[{"op":"remove","path":"/list/-"}]""", "AJV-3072", "/0/path")]
    [InlineData("""[{"op":"copy","from":"/none","path":"/x"}]""", "AJV-3072", "/0/from")]
    [InlineData("""[{"op":"move","from":"/none","path":"/x"}]""", "AJV-3072", "/0/from")]
    public void Patch_that_cannot_be_applied_says_which_operation_and_member(string patch, string id, string place)
    {
        var result = Parse(patch).Value!.Apply("""{"foo":"bar","n":10,"list":[1,2]}"""u8);

        result.Problem!.Kind.Should().Be(ProblemKind.Unprocessable);
        result.Problem.Issues.Should().ContainSingle().Which.Id.Should().Be(id);
        result.Problem.Issues[0].Diagnostics.Should().Be(place);
    }

    [Theory]
    [InlineData("{}", "AJV-3070")]
    [InlineData("[", "AJV-3070")]
    [InlineData("""[{"op":"add","op":"remove","path":"/a","value":1}]""", "AJV-3070")]
    [InlineData("""[{"op":"add","path":"/a","value":"\ud800"}]""", "AJV-3070")]
    [InlineData("""[1]""", "AJV-3071")]
    [InlineData("""[{"op":"spam","path":"/a"}]""", "AJV-3071")]
    [InlineData("""[{"op":"add","path":"/a"}]""", "AJV-3071")]
    [InlineData("""[{"op":"add","path":"a","value":1}]""", "AJV-3071")]
    [InlineData("""[{"op":"add","path":"/~2","value":1}]""", "AJV-3071")]
    [InlineData("""[{"op":"add","path":1,"value":1}]""", "AJV-3071")]
    [InlineData("""[{"op":"copy","path":"/a"}]""", "AJV-3071")]
    [InlineData("""[{"op":"move","from":"/a","path":"/a/b"}]""", "AJV-3071")]
    [InlineData("""[{"op":"remove","path":""}]""", "AJV-3071")]
    public void What_is_no_patch_is_invalid(string patch, string id)
    {
        var result = Parse(patch);

        result.Problem!.Kind.Should().Be(ProblemKind.Invalid);
        result.Problem.Issues.Should().ContainSingle().Which.Id.Should().Be(id);
    }

    [Fact]
    public void Decimals_that_no_operation_touches_keep_their_text_and_numbers_are_tested_as_numbers()
    {
        var patch = Parse("""[{"op":"test","path":"/a","value":1.5},{"op":"add","path":"/c","value":2.00}]""").Value!;

        var result = patch.Apply("""{"a":1.50,"b":1e3}"""u8);

        Encoding.UTF8.GetString(result.Value!).Should().Be("""{"a":1.50,"b":1e3,"c":2.00}""");
    }

    [Fact]
    public void Patch_may_be_applied_again_and_gives_the_same()
    {
        var patch = Parse("""[{"op":"add","path":"/a","value":{"x":[1]}},{"op":"add","path":"/a/x/-","value":2}]""").Value!;

        var first = patch.Apply("{}"u8);
        var second = patch.Apply("{}"u8);

        Encoding.UTF8.GetString(first.Value!).Should().Be("""{"a":{"x":[1,2]}}""");
        second.Value.Should().Equal(first.Value);
    }

    [Theory]
    [InlineData("""{"op":"copy","from":"","path":"/a"}""")]
    [InlineData("""{"op":"copy","from":"/a","path":"/a/-"}""")]
    public void Copies_of_copies_are_stopped_before_they_fill_the_memory(string operation)
    {
        var patch = Parse($"[{string.Join(',', Enumerable.Repeat(operation, 500))}]").Value!;

        var result = patch.Apply("""{"a":["0123456789"]}"""u8);

        result.Problem!.Issues.Should().ContainSingle().Which.Id.Should().Be("AJV-3074");
    }

    private static Outcome<JsonPatch> Parse(string patch) => JsonPatch.Parse(Encoding.UTF8.GetBytes(patch));
}
