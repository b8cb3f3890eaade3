using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation.Profiles;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>What the definition of an extension asks: its content, where it may stand, and whether it is a modifier.</summary>
/// <remarks>
/// An extension that is not known may be ignored by a reader, a modifier extension may not: it is an error, unless its
/// address is one of those that RFC 2606 keeps for examples. One in HL7's namespace that R4 does not have is a warning.
/// Source: http://hl7.org/fhir/R4/extensibility.html , http://hl7.org/fhir/R4/defining-extensions.html#context .
/// </remarks>
internal sealed class ExtensionRules(ProfileLibrary library)
{
    private static readonly string[] Examples = [".example", ".example.com", ".example.net", ".example.org", ".acme.com"];

    private readonly FhirPathCache _expressions = new();

    /// <param name="extension">An element of type Extension.</param>
    /// <param name="ancestors">What it stands in, from the root to its parent.</param>
    /// <param name="findings">Where what is found goes.</param>
    public void Check(ElementNode extension, List<ElementNode> ancestors, Findings findings)
    {
        if (extension.Text("url") is not { } url)
            return;
        if (!PrimitiveText.IsAbsoluteUri(url))
        {
            CheckPart(extension, url, ancestors[^1], findings);
            return;
        }
        if (url.IndexOf('|', StringComparison.Ordinal) is var bar and >= 0)
        {
            findings.Add(ConsistencyMessages.ExtensionOfVersion, extension["url"]!);
            url = url[..bar];
        }
        var isModifier = extension.Name == "modifierExtension";
        if (library.Definition(url) is not { } definition || definition.Text("type") != "Extension")
        {
            findings.Add(isModifier && !IsExample(url) ? ProfileMessages.UnknownModifierExtension
                : CoreTypes.IsCore(url) ? ProfileMessages.UnknownCoreExtension
                : ProfileMessages.UnknownExtension, extension, url);
            return;
        }
        library.Check(extension, url, findings);
        if (ProfileLibrary.IsModifier(definition) != isModifier)
            findings.Add(isModifier ? ProfileMessages.ExtensionIsNoModifier : ProfileMessages.ExtensionIsModifier,
                extension, url);
        CheckContext(extension, url, definition, ancestors, findings);
        CheckContextInvariants(extension, url, definition, ancestors[^1], findings);
    }

    /// <summary>A part of a complex extension has a relative url and is defined where the whole is.</summary>
    private void CheckPart(ElementNode extension, string url, ElementNode whole, Findings findings)
    {
        if (whole.Type.Name != "Extension" || whole.Text("url") is not { } wholeUrl
            || library.Definition(wholeUrl) is not { } definition)
            return;
        var parts = PartsOf(definition).ToList();
        if (parts.Count > 0 && !parts.Contains(url))
            findings.Add(ContentMessages.SubExtensionUnknown, extension["url"]!, url, wholeUrl);
    }

    /// <summary>The urls that the definition fixes one level in.</summary>
    private static IEnumerable<string> PartsOf(ElementNode definition) =>
        from view in new[] { definition["differential"], definition["snapshot"] }
        from element in view?.All("element") ?? []
        where element.Text("path") == "Extension.extension.url"
        select element.Text("fixed") into url
        where url is not null
        select url;

    private static bool IsExample(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && ($".{uri.Host}" is var host)
        && Examples.Any(name => host.EndsWith(name, StringComparison.OrdinalIgnoreCase));

    private void CheckContextInvariants(
        ElementNode extension, string url, ElementNode definition, ElementNode parent, Findings findings)
    {
        foreach (var rule in definition.All("contextInvariant"))
            if (rule.Value is { } text && _expressions.Parse(text).Expression is { } expression
                && findings.Scope.IsTrue(expression, parent, findings, out _) == false)
                findings.Add(ContentMessages.ExtensionRuleBroken, extension, url, text);
    }

    private void CheckContext(
        ElementNode extension, string url, ElementNode definition, List<ElementNode> ancestors, Findings findings)
    {
        var isRestricted = false;
        foreach (var context in definition.All("context"))
        {
            if (context.Text("expression") is not { } expression)
                continue;
            isRestricted = true;
            if (IsIn(context.Text("type"), expression, ancestors, findings))
                return;
        }
        if (isRestricted)
            findings.Add(ProfileMessages.ExtensionOutOfPlace, extension, url,
                string.Join(", ", definition.All("context").Select(context => context.Text("expression"))));
    }

    private bool IsIn(string? type, string expression, List<ElementNode> ancestors, Findings findings)
    {
        var parent = ancestors[^1];
        switch (type)
        {
            case "extension":
                // On the extension, or on the value that it has.
                if (parent.Name == "value" && ancestors.Count > 1)
                    parent = ancestors[^2];
                return parent.Type.Name == "Extension" && parent.Text("url") == expression;
            case "fhirpath":
                return _expressions.Parse(expression).Expression is not { } path
                    || findings.Scope.Select(path, findings).Any(node => ReferenceEquals(node, parent));
            default:
                return IsElement(expression, ancestors);
        }
    }

    /// <summary>The element is named by its type, or by its path from a type: <c>Patient.contact.name</c>.</summary>
    private static bool IsElement(string expression, List<ElementNode> ancestors)
    {
        // Said of what may stand anywhere, on resources too.
        if (expression == "Element")
            return true;
        var hash = expression.IndexOf('#', StringComparison.Ordinal);
        var path = expression[(hash + 1)..];
        path = path.Replace("[x]", "", StringComparison.Ordinal);
        var suffix = "";
        for (var i = ancestors.Count - 1; i >= 0; i--)
        {
            var node = ancestors[i];
            for (var type = node.Type; type is not null; type = type.Base)
                if (path.Length == type.Name.Length + suffix.Length
                    && path.StartsWith(type.Name, StringComparison.Ordinal)
                    && path.EndsWith(suffix, StringComparison.Ordinal))
                    return true;
            // An extension may stand on what carries it, wherever that is said to stand.
            if (path == CoreTypes.CanonicalOf(node.Type.Name) + suffix)
                return true;
            suffix = $".{node.Name}{suffix}";
        }
        return false;
    }
}
