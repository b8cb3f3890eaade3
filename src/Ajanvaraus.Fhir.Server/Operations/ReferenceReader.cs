using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>Reads parameters that name a resource: as Reference, uri, canonical or string, with or without its type.</summary>
/// <remarks>The first malformed one is kept as <see cref="Problem"/>.</remarks>
internal sealed class ReferenceReader(OperationParameters parameters)
{
    public Problem? Problem { get; private set; }

    public ImmutableArray<string> Ids(string type, params ReadOnlySpan<string> names) => Ids(type, _ => true, names);

    /// <param name="type">Of the resources named.</param>
    /// <param name="isNamed">False for a parameter that holds its resource instead of naming it.</param>
    /// <param name="names">Of the parameters.</param>
    public ImmutableArray<string> Ids(
        string type, Func<OperationParameter, bool> isNamed, params ReadOnlySpan<string> names)
    {
        var ids = ImmutableArray.CreateBuilder<string>();
        foreach (var parameter in parameters.All(names))
        {
            if (isNamed(parameter) && Id(parameter, type) is { } id)
                ids.Add(id);
        }
        return ids.DrainToImmutable();
    }

    /// <summary>The logical id, or null when there is no parameter or it is malformed.</summary>
    public string? Id(OperationParameter? parameter, string type)
    {
        if (parameter is null)
            return null;
        var text = parameter.Resource?.Id ?? parameter.Value?.Text("reference") ?? parameter.Text;
        var id = text is null ? null : IdIn(text, type);
        if (id is null)
            Problem ??= ParameterProblems.NotAReference(parameter.Expression, type);
        return id;
    }

    /// <summary>An id alone, a relative reference, or an absolute one by whatever name the caller has for this server.</summary>
    private static string? IdIn(string text, string type)
    {
        if (!text.Contains('/', StringComparison.Ordinal))
            return ReferenceText.IsId(text) ? text : null;
        return ReferenceText.TrySplit(text, out _, out var named, out var id) && named.SequenceEqual(type)
            ? id.ToString()
            : null;
    }
}
