using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation;

namespace Ajanvaraus.Fhir.Core.Tests.Validation;

/// <summary>The table of primitive types, rule by rule: http://hl7.org/fhir/R4/datatypes.html#primitive .</summary>
public sealed class PrimitiveTextTests
{
    [Theory]
    // "true | false"
    [InlineData("boolean", "true", true)]
    [InlineData("boolean", "True", false)]
    [InlineData("boolean", "1", false)]
    // "A signed integer in the range -2,147,483,648..2,147,483,647 (32-bit)": [0]|[-+]?[1-9][0-9]*
    [InlineData("integer", "0", true)]
    [InlineData("integer", "-2147483648", true)]
    [InlineData("integer", "2147483647", true)]
    [InlineData("integer", "2147483648", false)]
    [InlineData("integer", "-2147483649", false)]
    [InlineData("integer", "007", false)]
    [InlineData("integer", "-0", false)]
    [InlineData("integer", "1.0", false)]
    [InlineData("integer", "1e3", false)]
    [InlineData("integer", "", false)]
    [InlineData("integer", "-", false)]
    // "Any non-negative integer in the range 0..2,147,483,647": [0]|([1-9][0-9]*)
    [InlineData("unsignedInt", "0", true)]
    [InlineData("unsignedInt", "-1", false)]
    [InlineData("unsignedInt", "01", false)]
    [InlineData("unsignedInt", "2147483648", false)]
    // "Any positive integer in the range 1..2,147,483,647": +?[1-9][0-9]*
    [InlineData("positiveInt", "1", true)]
    [InlineData("positiveInt", "0", false)]
    [InlineData("positiveInt", "-1", false)]
    [InlineData("positiveInt", "99999999999", false)]
    // "-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?"
    [InlineData("decimal", "1.50", true)]
    [InlineData("decimal", "-0.000", true)]
    [InlineData("decimal", "1E+2", true)]
    [InlineData("decimal", "01", false)]
    [InlineData("decimal", ".5", false)]
    [InlineData("decimal", "1.", false)]
    [InlineData("decimal", "1e", false)]
    [InlineData("decimal", "NaN", false)]
    // "Strings SHALL NOT be empty … SHOULD not contain Unicode character points below 32, except …"
    [InlineData("string", "a\tb\r\nc", true)]
    [InlineData("string", "\U0001F600", true)]
    [InlineData("string", "", false)]
    [InlineData("string", "a\u0000b", false)]
    [InlineData("string", "a\u0001b", false)]
    [InlineData("string", "a\u001fb", false)]
    // "Any combination of upper- or lower-case ASCII letters, numerals, '-' and '.', with a length limit of 64"
    [InlineData("id", "1.2.246.10-A", true)]
    [InlineData("id", "a_b", false)]
    [InlineData("id", "ä", false)]
    [InlineData("id", "", false)]
    [InlineData("id", "a/b", false)]
    // "at least one character and no leading or trailing whitespace, and no whitespace other than single spaces"
    [InlineData("code", "entered-in-error", true)]
    [InlineData("code", "a b", true)]
    [InlineData("code", "a  b", false)]
    [InlineData("code", " a", false)]
    [InlineData("code", "a ", false)]
    [InlineData("code", "", false)]
    // \S*
    [InlineData("uri", "urn:oid:1.2.246.21", true)]
    [InlineData("uri", "Patient/1", true)]
    [InlineData("uri", "http://a b", false)]
    [InlineData("uri", "", false)]
    // "urn:oid:[0-2](\.(0|[1-9][0-9]*))+"
    [InlineData("oid", "urn:oid:1.2.246.537.6.49.201501", true)]
    [InlineData("oid", "urn:oid:1.0.3", true)]
    [InlineData("oid", "1.2.246", false)]
    [InlineData("oid", "urn:oid:3.1", false)]
    [InlineData("oid", "urn:oid:1.02", false)]
    [InlineData("oid", "urn:oid:1.2.", false)]
    [InlineData("oid", "urn:oid:1", false)]
    // "urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    [InlineData("uuid", "urn:uuid:c757873d-ec9a-4326-a141-556f43239520", true)]
    [InlineData("uuid", "urn:uuid:C757873D-EC9A-4326-A141-556F43239520", false)]
    [InlineData("uuid", "c757873d-ec9a-4326-a141-556f43239520", false)]
    // "A stream of bytes, base64 encoded"
    [InlineData("base64Binary", "QUJD", true)]
    [InlineData("base64Binary", "QUI=", true)]
    [InlineData("base64Binary", "QU\r\nJD", true)]
    [InlineData("base64Binary", "QUJ", false)]
    [InlineData("base64Binary", "Q=JD", false)]
    [InlineData("base64Binary", "QU-D", false)]
    [InlineData("base64Binary", "", false)]
    public void Primitive_is_told_from_what_is_none(string type, string text, bool isValid) =>
        Is(type, text).Should().Be(isValid, "{0} \"{1}\"", type, text);

    [Theory]
    // "A date, or partial date (e.g. just year or year + month) … there SHALL be no time zone. Dates SHALL be valid dates."
    [InlineData("date", "2026", true)]
    [InlineData("date", "2026-11", true)]
    [InlineData("date", "2024-02-29", true)]
    [InlineData("date", "2026-02-29", false)]
    [InlineData("date", "1900-02-29", false)]
    [InlineData("date", "2026-13", false)]
    [InlineData("date", "2026-00-10", false)]
    [InlineData("date", "2026-04-31", false)]
    [InlineData("date", "0000", false)]
    [InlineData("date", "26-11-23", false)]
    [InlineData("date", "2026-11-23Z", false)]
    [InlineData("date", "2026-1-2", false)]
    [InlineData("date", "2026-11-23T10:00:00Z", false)]
    // "If hours and minutes are specified, a time zone SHALL be populated. Seconds must be provided … 24:00 not allowed"
    [InlineData("dateTime", "2026", true)]
    [InlineData("dateTime", "2026-11-23", true)]
    [InlineData("dateTime", "2026-11-23T09:00:00+02:00", true)]
    [InlineData("dateTime", "2026-11-23T09:00:00.123456789Z", true)]
    [InlineData("dateTime", "2026-11-23T09:00:00+14:00", true)]
    [InlineData("dateTime", "2016-12-31T23:59:60Z", true)]
    [InlineData("dateTime", "2026-11-23T09:00:00", false)]
    [InlineData("dateTime", "2026-11-23T09:00Z", false)]
    [InlineData("dateTime", "2026-11-23T24:00:00Z", false)]
    [InlineData("dateTime", "2026-11-23T09:60:00Z", false)]
    [InlineData("dateTime", "2026-11-23T09:00:61Z", false)]
    [InlineData("dateTime", "2026-11-23T09:00:00+14:01", false)]
    [InlineData("dateTime", "2026-11-23T09:00:00+0200", false)]
    [InlineData("dateTime", "2026-11-23T09:00:00.Z", false)]
    [InlineData("dateTime", "2026-11-23 09:00:00Z", false)]
    [InlineData("dateTime", "2026-02-30T09:00:00Z", false)]
    // "The time SHALL specified at least to the second and SHALL include a time zone"
    [InlineData("instant", "2026-11-23T09:00:00Z", true)]
    [InlineData("instant", "2026-11-23T09:00:00.5-03:30", true)]
    [InlineData("instant", "2026-11-23", false)]
    [InlineData("instant", "2026-11-23T09:00:00", false)]
    // "A time during the day, in the format hh:mm:ss … there is no date … a time zone SHALL NOT be present … 24:00 no"
    [InlineData("time", "09:00:00", true)]
    [InlineData("time", "23:59:59.999", true)]
    [InlineData("time", "24:00:00", false)]
    [InlineData("time", "09:00", false)]
    [InlineData("time", "09:00:00Z", false)]
    [InlineData("time", "9:00:00", false)]
    public void Date_and_time_is_told_from_what_is_none(string type, string text, bool isValid) =>
        Is(type, text).Should().Be(isValid, "{0} \"{1}\"", type, text);

    [Fact]
    public void Id_has_at_most_64_characters()
    {
        PrimitiveText.IsId(new string('a', 64)).Should().BeTrue();
        PrimitiveText.IsId(new string('a', 65)).Should().BeFalse();
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_text()
    {
        PrimitiveText.IsString("a\ud83d").Should().BeFalse();
        PrimitiveText.IsString("\ude00\ud83d").Should().BeFalse();
        PrimitiveText.IsString("\ud83d\ude00b").Should().BeTrue();
    }

    private static bool Is(string type, string text) => type switch
    {
        "boolean" => PrimitiveText.IsBoolean(text),
        "integer" => PrimitiveText.IsInteger(text),
        "unsignedInt" => PrimitiveText.IsUnsignedInt(text),
        "positiveInt" => PrimitiveText.IsPositiveInt(text),
        "decimal" => PrimitiveText.IsDecimal(text),
        "string" => PrimitiveText.IsString(text),
        "id" => PrimitiveText.IsId(text),
        "code" => PrimitiveText.IsCode(text),
        "uri" => PrimitiveText.IsUri(text),
        "oid" => PrimitiveText.IsOid(text),
        "uuid" => PrimitiveText.IsUuid(text),
        "base64Binary" => PrimitiveText.IsBase64Binary(text),
        "date" => PrimitiveText.IsDate(text),
        "dateTime" => PrimitiveText.IsDateTime(text),
        "instant" => PrimitiveText.IsInstant(text),
        "time" => PrimitiveText.IsTime(text),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such primitive in this test"),
    };
}
