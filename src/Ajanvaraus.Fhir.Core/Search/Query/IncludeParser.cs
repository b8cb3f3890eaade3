using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Search.Query;

/// <summary><c>_include</c> and <c>_revinclude</c>: http://hl7.org/fhir/R4/search.html#revinclude.</summary>
/// <remarks><c>:recurse</c> is how STU3 writes <c>:iterate</c>; both are read.</remarks>
internal sealed class IncludeParser(SearchParameterRegistry registry)
{
    private readonly ImmutableArray<IncludeDirective>.Builder _includes =
        ImmutableArray.CreateBuilder<IncludeDirective>();
    private readonly ImmutableArray<IncludeDirective>.Builder _revIncludes =
        ImmutableArray.CreateBuilder<IncludeDirective>();

    public ImmutableArray<IncludeDirective> Includes => _includes.ToImmutable();

    public ImmutableArray<IncludeDirective> RevIncludes => _revIncludes.ToImmutable();

    public static bool Knows(string name) => name is "_include" or "_include:iterate" or "_include:recurse"
        or "_revinclude" or "_revinclude:iterate" or "_revinclude:recurse";

    public Issue? Read(string name, string value)
    {
        var iterate = name.Contains(':');
        var isReverse = name.StartsWith("_rev", StringComparison.Ordinal);
        var target = isReverse ? _revIncludes : _includes;
        if (value == "*" && !isReverse)
        {
            target.Add(new IncludeDirective(IncludeDirective.AnyType, null, null, iterate));
            return null;
        }
        if (Directive(value, iterate) is not { } directive)
            return SearchIssues.BadInclude(name);
        target.Add(directive);
        return null;
    }

    private IncludeDirective? Directive(string value, bool iterate)
    {
        var parts = value.Split(':');
        if (parts.Length is < 2 or > 3 || registry.Definitions.Resource(parts[0]) is null)
            return null;
        var targetType = parts.Length == 3 && parts[2].Length > 0 ? parts[2] : null;
        if (targetType is not null && registry.Definitions.Resource(targetType) is null)
            return null;
        if (parts[1] == "*")
            return new IncludeDirective(parts[0], null, targetType, iterate);
        return registry.Find(parts[0], parts[1]) is { Type: SearchParameterType.Reference } parameter
            ? new IncludeDirective(parts[0], parameter, targetType, iterate)
            : null;
    }
}
