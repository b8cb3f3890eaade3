using Ajanvaraus.Fhir.Core.Model;

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
        Extension(new FunctionCall(call.Context, call.Scope, call.Input, call.Arguments, found));
        call.Add(found.Count > 0);
        call.Context.Return(found);
    }

    private static void HasValue(in FunctionCall call) =>
        call.Add(call.Input.Count == 1
            && (call.Input[0].Node is not { } node || (node.IsPrimitive && node.Value is not null)));

    private static void GetValue(in FunctionCall call)
    {
        if (call.Item is { Node.IsPrimitive: true } item && item.System is not null)
            call.Output.Add(item);
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
        var outermost = call.Context.OutermostResource;
        if (text.Length == 1)
        {
            call.Output.Add(FhirPathValue.Of(outermost));
            return;
        }
        foreach (var child in outermost.Children)
            if (child.Name == "contained" && child.Id is { } id && text.AsSpan(1).SequenceEqual(id))
                call.Output.Add(FhirPathValue.Of(child));
    }
}
