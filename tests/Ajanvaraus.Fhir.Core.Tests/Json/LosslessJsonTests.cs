using System.Text;
using System.Text.Json;

using Ajanvaraus.Fhir.Core.Json;

namespace Ajanvaraus.Fhir.Core.Tests.Json;

/// <summary>"The JSON representation … SHALL be lossless": http://hl7.org/fhir/R4/json.html .</summary>
public sealed class LosslessJsonTests
{
    [Theory]
    [InlineData("1.50", "trailing zeros are precision")]
    [InlineData("1E2", "an exponent is kept")]
    [InlineData("1e-7", "its sign and case too")]
    [InlineData("0.000", "a zero has precision as well")]
    [InlineData("-0.0", "a negative zero is not a zero")]
    [InlineData("123456789012345678901234567890.123456789", "more digits than a double or decimal holds")]
    public void Decimal_is_written_as_it_was_read(string number, string because)
    {
        var json = $$$"""{"resourceType":"Observation","valueQuantity":{"value":{{{number}}}}}""";

        var written = Parsed.Json(Parsed.Resource(json));

        written.Should().Be(json, because);
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient","birthDate":"1970-03","_birthDate":{"id":"b","extension":[{"url":"http://a","valueCode":"x"}]}}""",
        "a value with id and extensions")]
    [InlineData("""{"resourceType":"Patient","_birthDate":{"extension":[{"url":"http://a","valueCode":"unknown"}]}}""",
        "extensions without a value")]
    [InlineData("""{"resourceType":"Patient","name":[{"given":[null,"x"],"_given":[{"id":"a"},null]}]}""",
        "\"the null value is used to fill out both arrays so that the id and/or extension are aligned\"")]
    [InlineData("""{"resourceType":"Patient","name":[{"given":["x","y"],"_given":[null,{"id":"a"}]}]}""",
        "nulls where a value has no extensions")]
    [InlineData("""{"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"o","name":"N"}],"managingOrganization":{"reference":"#o"}}""",
        "a contained resource")]
    [InlineData("""{"resourceType":"Observation","valueDateTime":"2026-11-23T09:00:00.000+02:00"}""",
        "precision and offset of a dateTime")]
    [InlineData("""{"resourceType":"Observation","valueInteger":2147483647}""", "the largest integer")]
    [InlineData("""{"status":"free","resourceType":"Slot","id":"a"}""", "any order, with the type written first")]
    public void Resource_is_written_as_it_was_read(string json, string because)
    {
        var written = Parsed.Json(Parsed.Resource(json));

        using var expected = JsonDocument.Parse(json);
        using var actual = JsonDocument.Parse(written);
        JsonDifference.Of(expected.RootElement, actual.RootElement).Should().BeNull(because);
    }

    [Theory]
    [InlineData("\U0001F600", "beyond the basic plane")]
    [InlineData("äöåÄÖÅ", "Finnish letters")]
    [InlineData("a\u0301", "combining marks are not composed")]
    [InlineData("\u200B\uFEFF\u2028\u2029", "invisible characters")]
    [InlineData("\"\\/\b\f\t\r\n", "what JSON escapes")]
    [InlineData("<script>&amp;'</script>", "what HTML would escape")]
    [InlineData("\uFFFD\uFFFE\uE000\U0010FFFF", "the ends of Unicode")]
    public void Text_of_all_unicode_comes_back_the_same(string text, string because)
    {
        var json = $$"""{"resourceType":"Slot","comment":"{{JsonEncodedText.Encode(text)}}"}""";

        var written = Parsed.Json(Parsed.Resource(json));

        Parsed.Resource(written).Text("comment").Should().Be(text, because);
    }

    [Theory]
    [InlineData("""{"resourceType":"Slot","comment":"\ud83d"}""", "half of a surrogate pair")]
    [InlineData("""{"resourceType":"Slot","comment":"\ude00\ud83d"}""", "a pair in the wrong order")]
    public void Text_that_is_not_unicode_is_refused(string json, string because)
    {
        var result = Parsed.Result(json);

        result.Resource.Should().BeNull();
        result.Issues.Single().Id.Should().Be("AJV-1003", because);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        byte[] json = [.. Encoding.UTF8.GetBytes("""{"resourceType":"Slot","comment":" """), 0xC3, 0x28, .. "\"}"u8];

        var result = FhirJson.Parse(json);

        result.HasErrors.Should().BeTrue();
        result.Resource.Should().BeNull();
    }

    [Theory]
    [InlineData("""{"resourceType":"Slot","status":"free","status":"busy"}""", "Slot.status")]
    [InlineData("""{"resourceType":"Slot","resourceType":"Slot"}""", "Slot.resourceType")]
    [InlineData("""{"resourceType":"Slot","_status":{"id":"a"},"_status":{"id":"b"}}""", "Slot._status")]
    [InlineData("""{"resourceType":"Slot","schedule":{"reference":"Schedule/a","reference":"Schedule/b"}}""", "Slot.schedule.reference")]
    public void Repeated_property_is_refused_and_located(string json, string expression)
    {
        var result = Parsed.Result(json);

        result.Issues.Should().ContainSingle(i => i.Id == "AJV-1008" && i.Expression == expression);
    }

    [Theory]
    [InlineData("""{"resourceType":"Slot","schedule":{"_id":{"extension":[{"url":"http://a","valueCode":"b"}]}}}""", "Slot.schedule._id")]
    [InlineData("""{"resourceType":"Slot","extension":[{"url":"http://a","_url":{"id":"b"},"valueCode":"c"}]}""", "Slot.extension[0]._url")]
    [InlineData("""{"resourceType":"Slot","text":{"status":"empty","_div":{"id":"b"}}}""", "Slot.text._div")]
    public void What_is_an_attribute_or_markup_in_xml_has_no_extensions(string json, string expression)
    {
        var result = Parsed.Result(json);

        result.Issues.Should().Contain(i => i.Id == "AJV-1007" && i.Expression == expression);
    }

    [Fact]
    public void Document_nested_beyond_the_limit_is_refused_without_a_resource()
    {
        var json = """{"resourceType":"Basic","extension":""" + string.Concat(Enumerable.Repeat("""[{"url":"a","extension":""", 500));

        var result = Parsed.Result(json);

        result.Resource.Should().BeNull();
        result.Issues.Select(i => i.Id).Should().Equal("AJV-1002");
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, false)]
    public void Depth_is_counted_over_objects_and_arrays_up_to_64(int extensions, bool isTaken)
    {
        var open = string.Concat(Enumerable.Repeat("""{"url":"http://a","extension":[""", extensions - 1));
        var close = string.Concat(Enumerable.Repeat("]}", extensions - 1));
        var json = $$"""{"resourceType":"Basic","extension":[{{open}}{"url":"http://a","valueBoolean":true}{{close}}]}""";

        var result = Parsed.Result(json);

        result.HasErrors.Should().Be(!isTaken);
    }
}
