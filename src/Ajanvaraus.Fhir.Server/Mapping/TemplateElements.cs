using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

using NodaTime;
using NodaTime.Text;

namespace Ajanvaraus.Fhir.Server.Mapping;

/// <summary>The sub-extensions of a complex extension by their short urls; faults become located issues.</summary>
internal sealed class TemplateElements
{
    private readonly List<(string Url, ElementNode Node, string Path)> _parts = [];
    private readonly ImmutableArray<Issue>.Builder _issues;
    private readonly string _path;

    /// <param name="path">FHIRPath of the complex extension.</param>
    /// <param name="known">Urls that it may hold.</param>
    public TemplateElements(
        ElementNode extension, string path, ImmutableArray<string> known, ImmutableArray<Issue>.Builder issues)
    {
        _issues = issues;
        _path = path;
        var index = 0;
        foreach (var part in extension.All("extension"))
        {
            var url = part.Text("url") ?? "";
            var at = $"{path}.extension[{index++}]";
            if (known.Contains(url))
                _parts.Add((url, part, at));
            else
                _issues.Add(OperationMessages.TemplateElementUnknown.At(at, url));
        }
    }

    public IEnumerable<(ElementNode Node, string Path)> All(string url) =>
        _parts.Where(p => p.Url == url).Select(p => (p.Node, p.Path));

    /// <summary>Text of the value; null when absent, which is an issue if it is required.</summary>
    public string? Text(string url, bool isRequired = false)
    {
        var part = Find(url);
        if (part?.Node["value"]?.Value is { Length: > 0 } text)
            return text;
        if (part is not null)
            Wrong(url, "value[x]");
        else if (isRequired)
            _issues.Add(OperationMessages.TemplateElementMissing.At(_path, url));
        return null;
    }

    public int Number(string url, int least, int most, int? absent = null)
    {
        if (Text(url, isRequired: absent is null) is not { } text)
            return absent ?? least;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        Wrong(url, $"{least}–{most}");
        return least;
    }

    public bool Flag(string url) => Text(url) == "true";

    public LocalTime? Time(string url)
    {
        if (Text(url, isRequired: true) is not { } text)
            return null;
        var time = LocalTimePattern.ExtendedIso.Parse(text);
        if (time.Success)
            return time.Value;
        Wrong(url, "09:00:00");
        return null;
    }

    public LocalDate? Date(string url)
    {
        if (Text(url) is not { } text)
            return null;
        var date = LocalDatePattern.Iso.Parse(text);
        if (date.Success)
            return date.Value;
        Wrong(url, "2026-11-23");
        return null;
    }

    /// <summary>A value with codings, or null.</summary>
    public ElementNode? Concept(string url)
    {
        if (Find(url) is not { } part)
            return null;
        var value = part.Node["value"];
        if (value?.Type.Name == "CodeableConcept" && value.All("coding").Any(c => c.Text("code") is not null))
            return value;
        Wrong(url, "valueCodeableConcept.coding.code");
        return null;
    }

    /// <param name="form">How a right value is written, the same in every language.</param>
    public void Wrong(string url, string form) => Fault(url, OperationMessages.TemplateElementWrong.At(null, url, form));

    /// <summary>Adds the issue, located at the element.</summary>
    public void Fault(string url, Issue issue) =>
        _issues.Add(issue with { Expression = Find(url) is { } part ? part.Path : _path });

    public (ElementNode Node, string Path)? Find(string url)
    {
        foreach (var part in _parts)
            if (part.Url == url)
                return (part.Node, part.Path);
        return null;
    }
}
