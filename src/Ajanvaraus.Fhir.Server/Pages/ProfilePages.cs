using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Conformance;

namespace Ajanvaraus.Fhir.Server.Pages;

/// <summary><c>/profiles</c>: the guide, every published resource, and the package to install.</summary>
/// <remarks>They are public and never change while the server runs.</remarks>
internal static class ProfilePages
{
    public const string Path = "/profiles";

    private const string Guide = "Guide/";

    private static readonly Lazy<byte[]> Package = new(Pack);
    private static readonly Lazy<byte[]> Index = new(() => Encoding.UTF8.GetBytes(Contents()));

    public static void Map(WebApplication app)
    {
        app.MapGet(Path, context => SendAsync(context, "text/html; charset=utf-8", Index.Value));
        app.MapGet(Path + "/package.tgz", context => SendAsync(context, "application/gzip", Package.Value));
        app.MapGet(Path + "/{name}.md", (HttpContext context, string name) => Find($"{Guide}{name}.md") is { } text
            ? SendAsync(context, "text/markdown; charset=utf-8", text)
            : NotFound(context));
        app.MapGet(Path + "/{name}.json", (HttpContext context, string name) =>
            ProfilePackage.Instance.Files.FirstOrDefault(f => f.Name == name + ".json") is { } file
                ? SendAsync(context, "application/fhir+json; charset=utf-8", ProfilePackage.ReadBytes(file))
                : NotFound(context));
    }

    private static Task SendAsync(HttpContext context, string type, byte[] content)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        return context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static byte[]? Find(string manifest)
    {
        using var stream = typeof(ProfilePages).Assembly.GetManifestResourceStream(manifest);
        if (stream is null)
            return null;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string Contents()
    {
        var html = new StringBuilder("""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Finnish social-care scheduling: profiles</title></head>
            <body><main>
            <h1>Finnish social-care scheduling</h1>
            <p lang="fi">Suomen sosiaalihuollon ajanvarauksen profiilit ja koodistot.</p>
            <ul>

            """);
        foreach (var (name, title) in new[]
        {
            ("guide.en.md", "Guide to the profiles"), ("guide.fi.md", "Opas profiileihin (suomeksi)"),
            ("booking-in-fhir.md", "How to book, for those who know FHIR and not Finland"),
            ("booking-in-social-care.md", "How to book, for those who know social care and not FHIR"),
            ("varaaminen-fhir.md", "Miten varataan, FHIRin tunteville (suomeksi)"),
            ("varaaminen.md", "Miten varataan, sosiaalihuoltoa tunteville (suomeksi)"),
            ("package.tgz", "FHIR package"),
        })
            html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{Path}/{name}\">{title}</a></li>\n");
        html.Append("</ul>\n");
        foreach (var group in ProfilePackage.Instance.Files.GroupBy(Kind).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{group.Key}</h2>\n<ul>\n");
            foreach (var file in group)
                html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{Path}/{file.Name}\">{file.Id}</a> {WebUtility.HtmlEncode(Title(file))}</li>\n");
            html.Append("</ul>\n");
        }
        return html.Append("</main></body>\n</html>\n").ToString();
    }

    private static string Kind(PackageFile file) => file is { ResourceType: "StructureDefinition" }
        ? file.Type == "Extension" ? "Extension" : "Profile"
        : file.ResourceType;

    private static string Title(PackageFile file)
    {
        var resource = ProfilePackage.Instance.Parse(file);
        return resource.Text("title") ?? resource.Text("description") ?? resource.Text("name") ?? "";
    }

    /// <summary>The FHIR package, as <c>profiles/build.sh</c> packs it but for the examples.</summary>
    /// <remarks>Source: https://hl7.org/fhir/packages.html .</remarks>
    private static byte[] Pack()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.SmallestSize, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            Add(tar, "package.json", Manifest());
            Add(tar, ".index.json", IndexOf(ProfilePackage.Instance.Files));
            foreach (var file in ProfilePackage.Instance.Files)
                Add(tar, file.Name, ProfilePackage.ReadBytes(file));
        }
        return bytes.ToArray();
    }

    private static void Add(TarWriter tar, string name, byte[] content) => tar.WriteEntry(
        new UstarTarEntry(TarEntryType.RegularFile, "package/" + name)
        {
            DataStream = new MemoryStream(content),
            ModificationTime = DateTimeOffset.UnixEpoch,
        });

    private static byte[] IndexOf(ImmutableArray<PackageFile> files)
    {
        var entries = files.Select(file => (JsonNode)new JsonObject(
            new (string Name, string Value)[]
            {
                ("filename", file.Name), ("resourceType", file.ResourceType), ("id", file.Id), ("url", file.Url),
                ("version", file.Version), ("kind", file.Kind), ("type", file.Type),
            }.Where(part => part.Value.Length > 0).Select(part => KeyValuePair.Create(part.Name, (JsonNode?)part.Value))));
        var index = new JsonObject { ["index-version"] = 2, ["files"] = new JsonArray([.. entries]) };
        return Encoding.UTF8.GetBytes(index.ToJsonString());
    }

    /// <summary>With the canonical base of this build.</summary>
    private static byte[] Manifest()
    {
        var manifest = JsonNode.Parse(Find(Guide + "manifest.json")!)!;
        manifest["canonical"] = Canonicals.Base;
        return Encoding.UTF8.GetBytes(manifest.ToJsonString());
    }
}
