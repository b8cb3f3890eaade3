namespace Ajanvaraus.Fhir.Core.Model.Views;

/// <summary>What the views read alike: codings, references, extensions, instants.</summary>
internal static class ViewElements
{
    /// <summary>Codings of the elements of these names, as <c>system|code</c>; a coding without code says nothing.</summary>
    public static ImmutableArray<string> Codings(this ElementNode node, params ReadOnlySpan<string> names)
    {
        var result = ImmutableArray.CreateBuilder<string>();
        foreach (var name in names)
            foreach (var concept in node.All(name))
                foreach (var coding in concept.All("coding"))
                    if (coding.Text("code") is { } code)
                        result.Add($"{coding.Text("system")}|{code}");
        return result.DrainToImmutable();
    }

    /// <summary>Literal references of the elements of that name; logical ones are left out.</summary>
    public static ImmutableArray<string> References(this ElementNode node, string name)
    {
        var result = ImmutableArray.CreateBuilder<string>();
        foreach (var reference in node.All(name))
            if (reference.Text("reference") is { } text)
                result.Add(text);
        return result.DrainToImmutable();
    }

    /// <summary>Value of the first extension of that url; null when there is none.</summary>
    public static string? ExtensionValue(this ElementNode node, string url)
    {
        foreach (var extension in node.All("extension"))
            if (extension.Text("url") == url)
                return extension.Text("value");
        return null;
    }

    /// <summary>An instant or dateTime as a moment; a date as its beginning in UTC; null when absent or not a time.</summary>
    public static DateTimeOffset? Moment(string? text) =>
        text is not null && FhirInstant.TryParse(text, null, out var instant)
            ? FhirInstant.MomentOf(instant.Start)
            : null;
}
