using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Profiles;

internal enum StepKind { Name, Extension, Resolve, OfType }

/// <param name="Text">Name of the element or type, or url of the extension; empty for <c>resolve()</c>.</param>
internal readonly record struct DiscriminatorStep(StepKind Kind, string Text);

/// <summary>The restricted FHIRPath of a discriminator.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/profiling.html#discriminator .</remarks>
internal static class DiscriminatorPath
{
    /// <summary>The steps, none for <c>$this</c>; null when the text uses more of FHIRPath than is allowed here.</summary>
    public static ImmutableArray<DiscriminatorStep>? Parse(string path)
    {
        var steps = ImmutableArray.CreateBuilder<DiscriminatorStep>();
        var rest = path.Trim();
        while (rest.Length > 0)
        {
            if (Read(ref rest) is not { } step)
                return null;
            if (step.Text != "$this")
                steps.Add(step);
            if (rest.Length > 0 && rest[0] != '.')
                return null;
            rest = rest.TrimStart('.');
        }
        return steps.DrainToImmutable();
    }

    /// <summary>What the path finds in an element.</summary>
    public static List<Target> Find(ElementNode node, ImmutableArray<DiscriminatorStep> path, Findings findings)
    {
        var found = new List<Target> { new(node, node.Type.Name) };
        foreach (var step in path)
        {
            var next = new List<Target>();
            foreach (var target in found)
                Add(target, step, next, findings);
            found = next;
        }
        return found;
    }

    private static void Add(Target from, DiscriminatorStep step, List<Target> found, Findings findings)
    {
        if (from.Node is not { } node)
            return;
        switch (step.Kind)
        {
            case StepKind.Resolve:
                found.Add(Target.Of(node, findings));
                break;
            case StepKind.OfType:
                if (node.Type.Is(step.Text))
                    found.Add(from);
                break;
            default:
                var name = step.Kind == StepKind.Extension ? "extension" : step.Text;
                foreach (var child in node.Children)
                    if (child.Name == name && (step.Kind == StepKind.Name || child.Text("url") == step.Text))
                        found.Add(new Target(child, child.Type.Name));
                break;
        }
    }

    private static DiscriminatorStep? Read(ref string rest)
    {
        if (rest.StartsWith("resolve()", StringComparison.Ordinal))
            return Take(ref rest, "resolve()".Length, new DiscriminatorStep(StepKind.Resolve, ""));
        if (Argument(rest, "extension(") is { } url)
            return Take(ref rest, url.Length, new DiscriminatorStep(StepKind.Extension, url.Text.Trim('\'', '"')));
        if (Argument(rest, "ofType(") is { } type)
            return Take(ref rest, type.Length, new DiscriminatorStep(StepKind.OfType, type.Text));
        var end = 0;
        while (end < rest.Length && (char.IsLetterOrDigit(rest[end]) || rest[end] is '_' or '$'))
            end++;
        if (end == 0)
            return null;
        var step = new DiscriminatorStep(StepKind.Name, rest[..end]);
        // Some write value[x], as the element is called in definitions.
        return Take(ref rest, rest[end..].StartsWith("[x]", StringComparison.Ordinal) ? end + 3 : end, step);
    }

    private static (string Text, int Length)? Argument(string rest, string function)
    {
        if (!rest.StartsWith(function, StringComparison.Ordinal) || rest.IndexOf(')', StringComparison.Ordinal) is not (> 0 and var close))
            return null;
        return (rest[function.Length..close].Trim(), close + 1);
    }

    private static DiscriminatorStep Take(ref string rest, int length, DiscriminatorStep step)
    {
        rest = rest[length..];
        return step;
    }
}
