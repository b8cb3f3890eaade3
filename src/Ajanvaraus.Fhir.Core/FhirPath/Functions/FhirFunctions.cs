using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation;

namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>What FHIR adds to the language: http://hl7.org/fhir/R4/fhirpath.html#functions.</summary>
internal static class FhirFunctions
{
    public static readonly FunctionDefinition[] All =
    [
        new("extension", 1, 1, Extension),
        new("hasExtension", 1, 1, HasExtension),
        new("hasValue", 0, 0, HasValue),
        new("getValue", 0, 0, GetValue),
        new("resolve", 0, 0, Resolve),
        new("type", 0, 0, Type),
        new("checkModifiers", 1, 64, CheckModifiers),
        new("htmlChecks", 0, 0, HtmlChecks),
    ];

    private static void Extension(in FunctionCall call)
    {
        if (call.TextArgument(0) is not { } url)
            return;
        foreach (var item in call.Input)
            if (item.Node is { } node)
                AddExtensions(node, url, call.Output);
    }

    private static void AddExtensions(ElementNode node, string url, List<FhirPathValue> output)
    {
        foreach (var child in node.Children)
            if (child.Name == "extension" && child.Text("url") == url)
                output.Add(FhirPathValue.Of(child));
    }

    /// <summary>Not in the specification, yet one R4 search parameter calls it.</summary>
    private static void HasExtension(in FunctionCall call)
    {
        var found = call.Context.Rent();
        Extension(new FunctionCall(call.Name, call.Context, call.Scope, call.Input, call.Arguments, found));
        call.Add(found.Count > 0);
        call.Context.Return(found);
    }

    private static void HasValue(in FunctionCall call) =>
        call.Add(call.Input.Count == 1
            && (call.Input[0].Node is not { } node || (node.IsPrimitive && node.Value is not null)));

    /// <summary>The value of a primitive element without its id and extensions.</summary>
    private static void GetValue(in FunctionCall call)
    {
        if (call.Item is { } item && (item.Node is null || item.Node.IsPrimitive)
            && FhirPathValue.OfSystem(item.System) is { } value)
            call.Output.Add(value);
    }

    private static void Type(in FunctionCall call)
    {
        foreach (var item in call.Input)
            call.Output.Add(FhirPathValue.Of(TypeTest.Of(item)));
    }

    private static void Resolve(in FunctionCall call)
    {
        foreach (var item in call.Input)
        {
            var text = item.Node is { IsPrimitive: false } node ? node.Text("reference") : item.Text;
            if (text is ['#', ..])
                AddContained(call, text);
            else if (text is not null && call.Context.Resolver?.Invoke(text) is { } target)
                call.Output.Add(FhirPathValue.Of(target));
            else if ((ReferenceText.TypeOf(text) ?? item.Node?.Text("type")) is { } typeName)
                call.Output.Add(FhirPathValue.Of(new ResolvedReference(typeName)));
        }
    }

    /// <summary><c>#</c> alone is the resource that contains.</summary>
    private static void AddContained(in FunctionCall call, string text)
    {
        if (call.Context.OutermostResource is not { } outermost)
            return;
        if (text.Length == 1)
        {
            call.Output.Add(FhirPathValue.Of(outermost));
            return;
        }
        foreach (var child in outermost.Children)
            if (child.Name == "contained" && child.Id is { } id && text.AsSpan(1).SequenceEqual(id))
                call.Output.Add(FhirPathValue.Of(child));
    }

    /// <summary>Gives the input back; a modifier extension that the arguments do not name is an error.</summary>
    private static void CheckModifiers(in FunctionCall call)
    {
        var expected = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < call.Arguments.Length; i++)
            expected.UnionWith((call.TextArgument(i) ?? "").Split(',', StringSplitOptions.TrimEntries));
        foreach (var item in call.Input)
            foreach (var child in item.Node?.Children ?? [])
                if (child.Name == "modifierExtension" && child.Text("url") is { } url && !expected.Contains(url))
                    call.Context.Fail(FhirPathMessages.UnexpectedModifier, url);
        call.Output.AddRange(call.Input);
    }

    private static void HtmlChecks(in FunctionCall call)
    {
        if (call.Item is { } item)
            call.Add(item.Node?.Value is { } html && XhtmlText.IsNarrative(html));
    }
}
