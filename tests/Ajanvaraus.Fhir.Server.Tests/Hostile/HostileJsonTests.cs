using System.Text;

namespace Ajanvaraus.Fhir.Server.Tests.Hostile;

/// <summary>JSON that is deep, long, broken or ambiguous.</summary>
public sealed class HostileJsonTests
{
    private const string Sound = """{"resourceType":"Patient","name":[{"family":"A"}]}""";

    [DatabaseTheory, EachDatabase]
    public async Task Json_that_is_deep_long_broken_or_ambiguous_is_400_or_413(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var run = new HostileRun(server.Http);

        foreach (var (name, body) in Deep())
            await run.PostAsync(name, "Patient", body, 400, 413);
        foreach (var (name, body) in Broken())
            await run.PostAsync(name, "Patient", body, "application/fhir+json", 400, 422);
        foreach (var (name, body) in Long())
            await run.PostAsync(name, "Patient", body, 400, 413, 422);
        foreach (var number in Numbers())
        {
            var told = await run.SendAsync($"number {number[..Math.Min(20, number.Length)]}", HostileRun.Request("POST", "Location", Encoding.UTF8.GetBytes(
                $$$"""{"resourceType":"Location","position":{"longitude":{{{number}}},"latitude":1}}""")), 201, 400, 422);
            if (told.Contains("\"Location\"", StringComparison.Ordinal))
                told.Should().Contain($"\"longitude\":{number},", "what is taken is kept to the last digit");
        }
        await run.PostAsync("mark of byte order", "Patient", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Sound)], "application/fhir+json", 201);

        await run.FinishAsync(150);
    }

    private static IEnumerable<(string Name, string Body)> Deep()
    {
        foreach (var depth in (int[])[65, 66, 100, 256, 1_000, 10_000, 100_000, 1_000_000])
        {
            yield return ($"{depth} arrays", Repeat("[", depth) + Repeat("]", depth));
            yield return ($"{depth} arrays that do not end", Repeat("[", depth));
            yield return ($"{depth} names in names", Sound[..^1] + ",\"contact\":" + Repeat("[", depth) + Repeat("]", depth) + "}");
            yield return ($"{depth} objects", Repeat("{\"a\":", depth) + "1" + Repeat("}", depth));
            yield return ($"{depth} extensions", "{\"resourceType\":\"Patient\",\"extension\":"
                + Repeat("[{\"url\":\"u\",\"extension\":", depth) + "[]" + Repeat("}]", depth) + "}");
            yield return ($"{depth} contained", Repeat("{\"resourceType\":\"Patient\",\"contained\":[", depth) + Repeat("]}", depth));
        }
    }

    private static IEnumerable<(string Name, string Body)> Long()
    {
        foreach (var length in (int[])[1024 * 1024 + 1, 2 * 1024 * 1024, 3 * 1024 * 1024])
        {
            yield return ($"text of {length}", Sound.Replace("A", new string('x', length)));
            yield return ($"name of a property of {length}", $$"""{"resourceType":"Patient","{{new string('x', length)}}":1}""");
            yield return ($"type of {length}", $$"""{"resourceType":"{{new string('x', length)}}"}""");
        }
        foreach (var count in (int[])[100_000, 900_000, 10_000_000])
        {
            yield return ($"{count} nulls", $$"""{"resourceType":"Patient","name":[{{Repeat("null,", count)}}null]}""");
            yield return ($"{count} empty objects", $$"""{"resourceType":"Patient","name":[{{Repeat("{},", count)}}{}]}""");
        }
    }

    private static IEnumerable<(string Name, byte[] Body)> Broken()
    {
        string[] texts =
        [
            .. new[] { @"\ud800", @"\udfff", @"\ud800\ud800", @"\udc00\ud800", @"a\ud83d", @"\u0000", @"a\u0000b", @"\u0001", @"\u001f", @"\x41", @"\u12", @"\u{41}", "\u0000", "\u0001", "\n", "\r", "\t", "\u001b[2J" }
                .SelectMany(text => (string[])[Sound.Replace("A", text), Sound.Replace("family", "fam" + text), $$"""{"resourceType":"Pat{{text}}ient"}"""]),
            """{"resourceType":"Patient","resourceType":"Patient"}""", """{"resourceType":"Patient","resourceType":"Slot"}""",
            """{"resourceType":"Patient","active":true,"active":true}""", """{"resourceType":"Patient","active":true,"active":false}""",
            """{"resourceType":"Patient","active":true,"\u0061ctive":false}""", """{"resourceType":"Patient","name":[{"family":"A","family":"B"}]}""",
            """{"resourceType":"Patient","_active":{"id":"a"},"_active":{"id":"b"},"active":true}""",
            """{"resourceType":"Patient"}//""", """/* */{"resourceType":"Patient"}""", """{"resourceType":/**/"Patient"}""", """{"resourceType":"Patient"/*""",
            """{"resourceType":"Patient"}{}""", """{"resourceType":"Patient"},""", """{"resourceType":"Patient"}}""", """{"resourceType":"Patient"} x""",
            """{"resourceType":"Patient",}""", """{,"resourceType":"Patient"}""", """{"resourceType" "Patient"}""", """{"resourceType"="Patient"}""",
            """{'resourceType':'Patient'}""", """{resourceType:"Patient"}""", """{"resourceType":"Patient","active":NaN}""",
            """{"resourceType":"Patient","active":Infinity}""", """{"resourceType":"Patient","active":-Infinity}""", """{"resourceType":"Patient","active":undefined}""",
            """{"resourceType":"Patient","active":True}""", """{"resourceType":"Patient","active":0x1}""", """{"resourceType":"Patient","active":1}""",
            """{"resourceType":"Patient","active":[true]}""", """{"resourceType":"Patient","active":null}""", """{"resourceType":"Patient","name":[]}""",
            """{"resourceType":"Patient","name":{}}""", """{"resourceType":"Patient","name":[[]]}""", """{"resourceType":["Patient"]}""", """{"resourceType":null}""",
            """{"resourceType":{"resourceType":"Patient"}}""", """{"__proto__":{},"resourceType":"Patient"}""", """{"$type":"System.IO.FileInfo","resourceType":"Patient"}""",
            "[]", "[{}]", "null", "true", "1", "\"Patient\"", "{}", "{", "}", "[", "]", ":", ",", " ", "\0", "NaN", "<Patient/>",
        ];
        foreach (var text in texts)
            yield return ("text " + text, Encoding.UTF8.GetBytes(text));
        yield return ("UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Sound)]);
        yield return ("UTF-16, other end", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Sound)]);
        yield return ("UTF-32", [.. Encoding.UTF32.GetBytes(Sound)]);
        yield return ("two marks of byte order", [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Sound)]);
        foreach (var bytes in (byte[][])[[0xFF], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0x80], [0xC3]])
            yield return ("bytes " + Convert.ToHexString(bytes),
                [.. Encoding.UTF8.GetBytes(Sound[..^5]), .. bytes, .. Encoding.UTF8.GetBytes(Sound[^5..])]);
    }

    private static string[] Numbers() =>
    [
        "1e9999", "-1e9999", "1e-9999", "1E+99999999999999999999", new('9', 10_000), "0." + new string('1', 10_000), "-" + new string('9', 400),
        "01", "+1", ".5", "1.", "1e", "1e+", "--1", "0x10", "1_000", "NaN", "Infinity", "\"1\"", "true", "[1]", "{}",
    ];

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
