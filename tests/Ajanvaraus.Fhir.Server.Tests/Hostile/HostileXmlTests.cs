using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ajanvaraus.Fhir.Server.Tests.Hostile;

/// <summary>XML that would expand, fetch, hide or nest.</summary>
public sealed class HostileXmlTests
{
    private const string Fhir = "xmlns=\"http://hl7.org/fhir\"";

    [DatabaseTheory, EachDatabase]
    public async Task Xml_that_expands_fetches_hides_or_nests_is_400_and_nothing_is_fetched(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var run = new HostileRun(server.Http);
        using var canary = new TcpListener(IPAddress.Loopback, 0);
        canary.Start();
        var place = $"http://{canary.LocalEndpoint}";

        foreach (var instruction in (string[])["<?php system('id'); ?>", "<?xml-stylesheet href=\"" + place + "\"?>", "<!-- a comment -->"])
        {
            var told = await run.SendAsync(instruction, HostileRun.Request(
                "POST", "Patient", Encoding.UTF8.GetBytes($"<Patient {Fhir}>{instruction}</Patient>"), "application/fhir+xml"), 201);
            told.Should().NotContainAny("system", "stylesheet", "comment");
        }
        foreach (var document in Documents(place))
            await run.PostAsync(document[..Math.Min(90, document.Length)], "Patient", Encoding.UTF8.GetBytes(document), "application/fhir+xml", 400, 413, 422);
        foreach (var (name, bytes) in Encodings())
            await run.PostAsync(name, "Patient", bytes, "application/fhir+xml", 400);
        await run.PostAsync("sound", "Patient", Encoding.UTF8.GetBytes($"<Patient {Fhir}><active value=\"true\"/></Patient>"), "application/fhir+xml", 201);

        await run.FinishAsync(60);
        canary.Pending().Should().BeFalse("nothing in a document makes the server call anybody");
    }

    private static IEnumerable<string> Documents(string place)
    {
        foreach (var type in (string[])
        [
            "", "SYSTEM \"x\"", $"SYSTEM \"{place}/x.dtd\"", "SYSTEM \"file:///etc/passwd\"", $"PUBLIC \"-//W3C//DTD XHTML 1.0//EN\" \"{place}\"",
            "[]", "[<!ELEMENT Patient ANY>]", "[<!ENTITY a \"b\">]", "[<!ENTITY a SYSTEM \"file:///etc/passwd\">]",
            $"[<!ENTITY a SYSTEM \"{place}\">]", $"[<!ENTITY % a SYSTEM \"{place}\"> %a;]", "[<!ENTITY a PUBLIC \"p\" \"gopher://127.0.0.1\">]",
            "[<!ATTLIST Patient id CDATA \"x\">]", "[<!NOTATION n SYSTEM \"n\">]", "[<!ENTITY a \"&#60;b/>\">]",
            "[<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]",
            $"[<!ENTITY a \"{new string('x', 100_000)}\">]",
        ])
        {
            yield return $"<!DOCTYPE Patient {type}><Patient {Fhir}/>";
            yield return $"<?xml version=\"1.0\"?>\n<!DOCTYPE Patient {type}>\n<Patient {Fhir}><id value=\"&a;\"/></Patient>";
            yield return $"<!DOCTYPE Patient {type}><Patient {Fhir}><text><status value=\"generated\"/><div xmlns=\"http://www.w3.org/1999/xhtml\">&a;</div></text></Patient>";
        }
        foreach (var inside in (string[])
        [
            $"<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"{place}\"/>",
            "&a;", "&nbsp;", "&#0;", "&#x0;", "&#xD800;", "&#xFFFF;", "&#99999999;", "<![CDATA[<id value=\"a\"/>]]>", "text", "<active>true</active>",
            "<active value=\"true\"><![CDATA[x]]></active>", "<active value=\"true\" value=\"false\"/>", "<active value=\"&lt;\"", "<a:active xmlns:a=\"urn:a\" value=\"true\"/>",
            "<active xmlns=\"urn:a\" value=\"true\"/>", "<active xmlns=\"\" value=\"true\"/>", "<active a:value=\"true\"/>", "<active Value=\"true\"/>",
            "<Active value=\"true\"/>", "<active value='true'></Active>", "</Patient><Patient>", "]]>", "<!-- -- -->", "<active value=true/>",
            "<\0/>", "\u0001", "<unknown/>", "<active value=\"true\"/><active value=\"true\"/>",
        ])
            yield return $"<Patient {Fhir}>{inside}</Patient>";
        foreach (var depth in (int[])[65, 100, 1_000, 10_000, 100_000])
        {
            yield return $"<Patient {Fhir}>{Repeat("<extension url=\"u\">", depth)}";
            yield return $"<Patient {Fhir}>{Repeat("<extension url=\"u\">", depth)}{Repeat("</extension>", depth)}</Patient>";
            yield return $"<Patient {Fhir}><text><status value=\"generated\"/><div xmlns=\"http://www.w3.org/1999/xhtml\">{Repeat("<p>", depth)}{Repeat("</p>", depth)}</div></text></Patient>";
        }
        yield return $"<Patient {Fhir} {string.Join(' ', Enumerable.Range(0, 5000).Select(n => $"a{n}=\"\""))}/>";
        yield return $"<Patient {string.Join(' ', Enumerable.Range(0, 5000).Select(n => $"xmlns:a{n}=\"u\""))}/>";
        foreach (var whole in (string[])["<Patient/>", "<Patient xmlns=\"http://hl7.org/fhir/\"/>", "<Patient xmlns=\"urn:hl7-org:v3\"/>", $"<patient {Fhir}/>", $"<Nonsense {Fhir}/>", "", " ", "<", "<>", "</Patient>", "<?xml?>", "{}"])
            yield return whole;
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Encodings()
    {
        var text = $"<Patient {Fhir}/>";
        yield return ("UTF-16 that says UTF-8", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<?xml version=\"1.0\" encoding=\"utf-8\"?>" + text)]);
        yield return ("UTF-8 that says UTF-16", Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"utf-16\"?>" + text));
        yield return ("UTF-7", Encoding.ASCII.GetBytes("<?xml version=\"1.0\" encoding=\"utf-7\"?>+ADw-Patient/+AD4-"));
        yield return ("unknown encoding", Encoding.ASCII.GetBytes("<?xml version=\"1.0\" encoding=\"x-none\"?>" + text));
        yield return ("version 9", Encoding.ASCII.GetBytes("<?xml version=\"9.0\"?>" + text));
        foreach (var bytes in (byte[][])[[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]])
            yield return ("bytes " + Convert.ToHexString(bytes), [.. Encoding.UTF8.GetBytes($"<Patient {Fhir}><id value=\""), .. bytes, .. "\"/></Patient>"u8]);
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
