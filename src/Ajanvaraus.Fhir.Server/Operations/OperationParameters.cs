using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>What a caller gave an operation: a Parameters resource, a raw resource, a query, or a mixture.</summary>
/// <remarks>
/// <para>Shape: parameters in the order given, those of the query first. Names may repeat.</para>
/// <para>Source: http://hl7.org/fhir/R4/operations.html#executing.</para>
/// </remarks>
public sealed class OperationParameters
{
    public static readonly OperationParameters None = new([], null);

    private readonly ImmutableArray<OperationParameter> _parameters;

    public OperationParameters(ImmutableArray<OperationParameter> parameters, ElementNode? rawResource)
    {
        _parameters = parameters;
        RawResource = rawResource;
    }

    public ImmutableArray<OperationParameter> Items => _parameters;

    /// <summary>A body that is not a Parameters resource; null when there was none.</summary>
    public ElementNode? RawResource { get; }

    /// <summary>A body that is a Parameters resource; null when there was none.</summary>
    public ElementNode? Body { get; private init; }

    /// <summary>The first parameter of any of these names, or null.</summary>
    public OperationParameter? First(params ReadOnlySpan<string> names)
    {
        foreach (var parameter in _parameters)
            if (names.Contains(parameter.Name))
                return parameter;
        return null;
    }

    /// <summary>All parameters of any of these names, in order.</summary>
    public ImmutableArray<OperationParameter> All(params ReadOnlySpan<string> names)
    {
        var found = ImmutableArray.CreateBuilder<OperationParameter>();
        foreach (var parameter in _parameters)
            if (names.Contains(parameter.Name))
                found.Add(parameter);
        return found.DrainToImmutable();
    }

    /// <summary>The same call with other parameters.</summary>
    public OperationParameters With(ImmutableArray<OperationParameter> parameters) =>
        new(parameters, RawResource) { Body = Body };

    /// <summary>Reads a Parameters resource or keeps another resource as the raw one.</summary>
    public static OperationParameters Read(
        ImmutableArray<KeyValuePair<string, string>> query, ElementNode? body)
    {
        var parameters = ImmutableArray.CreateBuilder<OperationParameter>();
        foreach (var (name, text) in query)
            parameters.Add(new OperationParameter(name, name) { Text = text });
        if (body is not { Name: "Parameters" })
            return new OperationParameters(parameters.DrainToImmutable(), body);

        AddParts(parameters, body, "parameter", "Parameters");
        return new OperationParameters(parameters.DrainToImmutable(), null) { Body = body };
    }

    private static void AddParts(
        ImmutableArray<OperationParameter>.Builder parameters, ElementNode parent, string element, string path)
    {
        var index = 0;
        foreach (var node in parent.All(element))
            parameters.Add(ReadOne(node, $"{path}.{element}[{index++}]"));
    }

    private static OperationParameter ReadOne(ElementNode node, string expression)
    {
        var parts = ImmutableArray.CreateBuilder<OperationParameter>();
        AddParts(parts, node, "part", expression);
        var value = node["value"];
        return new OperationParameter(node.Text("name") ?? "", expression)
        {
            Value = value,
            Text = value?.Value,
            Resource = node["resource"],
            Extensions = [.. node.All("extension")],
            Parts = new OperationParameters(parts.DrainToImmutable(), null),
        };
    }
}

/// <summary>One parameter of a call.</summary>
/// <param name="Name">As given.</param>
/// <param name="Expression">For issues: <c>Parameters.parameter[2]</c>, or the name when it came in the query.</param>
public sealed record OperationParameter(string Name, string Expression)
{
    /// <summary>The <c>value[x]</c> element with its type; null from a query or when the parameter has none.</summary>
    public ElementNode? Value { get; init; }

    /// <summary>The primitive's text, or the value of the query parameter; null for a complex value.</summary>
    public string? Text { get; init; }

    public ElementNode? Resource { get; init; }

    /// <summary>In place of a value, where a convention has it so.</summary>
    public ImmutableArray<ElementNode> Extensions { get; init; } = [];

    public OperationParameters Parts { get; init; } = OperationParameters.None;
}
