using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Operations.Terminology;

/// <summary>Puts the Parameters of an answer together: http://hl7.org/fhir/R4/parameters.html .</summary>
internal sealed class ParametersAnswer
{
    private static readonly ElementNode Empty = new(null, R4.Definitions.Resource("Parameters")!, null, []);

    private readonly ImmutableArray<ElementNode>.Builder _parameters = ImmutableArray.CreateBuilder<ElementNode>();

    /// <summary>A parameter with a primitive value; none where the value is null.</summary>
    /// <param name="type">JSON name of the value: <c>valueCode</c>.</param>
    public ParametersAnswer Add(string name, string type, string? value)
    {
        if (value is not null)
            _parameters.Add(Named(Empty.New("parameter"), name).Set(type, value));
        return this;
    }

    /// <summary>A parameter of parts.</summary>
    public ParametersAnswer Add(string name, params IEnumerable<ElementNode> parts)
    {
        var parameter = Named(Empty.New("parameter"), name);
        _parameters.Add(parameter.With(parameter.Children.AddRange(parts)));
        return this;
    }

    public ElementNode Resource => Empty.With(_parameters.ToImmutable());

    public static ElementNode Part(string name, string type, string value) =>
        Named(NewPart(), name).Set(type, value);

    public static ElementNode Part(string name, ElementNode value) => Named(NewPart(), name).Append(value);

    /// <summary>A part that has parts.</summary>
    public static ElementNode Group(string name, IEnumerable<ElementNode> parts)
    {
        var part = Named(NewPart(), name);
        return part.With(part.Children.AddRange(parts));
    }

    /// <summary>A <c>valueCoding</c>; null members are left out.</summary>
    public static ElementNode Coding(string? system, string? code, string? display) =>
        NewPart().New("valueCoding").Set("system", system).Set("code", code).Set("display", display);

    private static ElementNode NewPart() => Empty.New("parameter").New("part");

    private static ElementNode Named(ElementNode parameter, string name) => parameter.Set("name", name);
}
