using System.Globalization;

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Reads and sets single extensions of a resource.</summary>
internal static class Extensions
{
    /// <summary>The first extension of that address; null when there is none.</summary>
    public static ElementNode? Extension(this ElementNode node, string url) =>
        node.All("extension").FirstOrDefault(e => e.Text("url") == url);

    /// <summary>Text of its value; null when there is none.</summary>
    public static string? ExtensionText(this ElementNode node, string url) => node.Extension(url)?["value"]?.Value;

    /// <summary>A positive whole number; null when it says anything else.</summary>
    public static int? PositiveInExtension(this ElementNode node, string url) =>
        int.TryParse(node.ExtensionText(url), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;

    /// <summary>With this extension in the place of those of the same address.</summary>
    public static ElementNode WithExtension(this ElementNode node, string url, Func<ElementNode, ElementNode> fill)
    {
        var others = node.All("extension").Where(e => e.Text("url") != url);
        return node.Replace("extension", [.. others, fill(node.New("extension").Set("url", url))]);
    }

    public static ElementNode WithoutExtension(this ElementNode node, string url) =>
        node.Replace("extension", [.. node.All("extension").Where(e => e.Text("url") != url)]);

    /// <summary>With <c>valueReference</c>.</summary>
    public static ElementNode Referring(this ElementNode extension, string reference) =>
        extension.Append(extension.New("valueReference").Set("reference", reference));
}
