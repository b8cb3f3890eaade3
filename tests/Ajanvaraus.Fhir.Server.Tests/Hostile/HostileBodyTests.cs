using System.IO.Compression;
using System.Text;

namespace Ajanvaraus.Fhir.Server.Tests.Hostile;

/// <summary>Bodies that grow when they are unpacked, and paths that lead elsewhere.</summary>
public sealed class HostileBodyTests
{
    private const string Sound = """{"resourceType":"Patient","name":[{"family":"A"}]}""";

    [Fact]
    public async Task Bodies_that_grow_are_413_nested_and_broken_packing_is_400_or_415()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        var run = new HostileRun(server.Http);
        var before = GC.GetTotalAllocatedBytes();

        foreach (var coding in (string[])["gzip", "br", "deflate"])
        {
            foreach (var megabytes in (int[])[3, 10, 100, 1024])
                await run.SendAsync($"{coding} of {megabytes} MB", Packed(Bomb(coding, megabytes), coding), 413);
            var packed = Pack(coding, Encoding.UTF8.GetBytes(Sound));
            await run.SendAsync($"{coding}", Packed(packed, coding), 201);
            await run.SendAsync($"{coding} twice", Packed(Pack(coding, packed), coding), 400);
            await run.SendAsync($"{coding} twice and said", Packed(Pack(coding, packed), $"{coding}, {coding}"), 415);
            foreach (var length in (int[])[0, 1, 2, 5, 10, packed.Length / 2, packed.Length - 16])
                await run.SendAsync($"{coding} cut to {length}", Packed(packed[..length], coding), 400);
            await run.SendAsync($"{coding} that is none", Packed(Encoding.UTF8.GetBytes(Sound), coding), 400);
            await run.SendAsync($"{coding} of the form of a search", Packed(Bomb(coding, 100), coding, "Patient/_search", "application/x-www-form-urlencoded"), 413);
        }
        foreach (var coding in (string[])["zstd", "compress", "x", "gzip,br", "gzip;q=1", "*", "gzip gzip", "gzip\t", "aes128gcm"])
            await run.SendAsync("coding " + coding, Packed(Pack("gzip", Encoding.UTF8.GetBytes(Sound)), coding), 201, 400, 415);

        await run.FinishAsync(45);
        (GC.GetTotalAllocatedBytes() - before).Should().BeLessThan(2L << 30, "what unpacks to 5 GB is not unpacked");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Paths_that_lead_elsewhere_are_400_or_404_and_read_no_file(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var run = new HostileRun(server.Http);
        var found = new List<string>();

        foreach (var path in Paths())
            foreach (var place in (string[])["/fhir/Patient/", "/fhir/", "/profiles/"])
            {
                var request = $"GET {place}{path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
                var (text, _) = await RawHttp.SendAsync(server.Http.BaseAddress!, Encoding.Latin1.GetBytes(request), TimeSpan.FromSeconds(3));
                var status = RawHttp.Statuses(text).FirstOrDefault();
                // What stays below no base is no address of the API: Kestrel takes the dots away, and there is nothing.
                run.Judge($"{place}{path}", status, "", TimeSpan.Zero, [400, 404, 405, 301, 302], hasNoBody: true);
                if (text.Contains("root:x", StringComparison.Ordinal) || text.Contains("ConnectionString", StringComparison.OrdinalIgnoreCase))
                    found.Add(path);
            }

        await run.FinishAsync(100);
        found.Should().BeEmpty();
    }

    private static IEnumerable<string> Paths()
    {
        foreach (var up in (string[])["..%2f", "%2e%2e/", "%2e%2e%2f", "..;/", "..%5c", "..\\", "%252e%252e%252f", "..%252f", "%c0%ae%c0%ae/", "..%c0%af", "..%00/", "....//", "%uff0e%uff0e/", ".%2e/"])
        {
            yield return up + "etc%2fpasswd";
            yield return string.Concat(Enumerable.Repeat(up, 8)) + "etc/passwd";
            yield return "a/" + string.Concat(Enumerable.Repeat(up, 10)) + "appsettings.json";
        }
        foreach (var id in (string[])["%00", "a%00", "a%0a", "a%0d%0aX:%20y", "a%09", new string('a', 65), "a%20", "%20a", "a%7f", "%ff", "%c3%28", "a%2fb", "a%3fb", "a%23b", "a%27b", "%e2%80%ae", "CON", "a%2e%2e%2f", "~root", "%25", "%2e%2e%2f%2e%2e", "a*b", "a$b%24"])
            yield return id;
    }

    private static HttpRequestMessage Packed(byte[] body, string coding, string url = "Patient", string mediaType = "application/fhir+json")
    {
        var request = HostileRun.Request("POST", url, body, mediaType);
        request.Content!.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        return request;
    }

    private static Stream Packer(string coding, Stream into) => coding switch
    {
        "gzip" => new GZipStream(into, CompressionLevel.Optimal),
        "br" => new BrotliStream(into, CompressionLevel.Fastest),
        _ => new ZLibStream(into, CompressionLevel.Optimal),
    };

    private static byte[] Pack(string coding, byte[] bytes)
    {
        var into = new MemoryStream();
        using (var packer = Packer(coding, into))
            packer.Write(bytes);
        return into.ToArray();
    }

    private static byte[] Bomb(string coding, int megabytes)
    {
        var into = new MemoryStream();
        var blank = new byte[1 << 20];
        Array.Fill(blank, (byte)' ');
        using (var packer = Packer(coding, into))
            for (var n = 0; n < megabytes; n++)
                packer.Write(blank);
        return into.ToArray();
    }
}
