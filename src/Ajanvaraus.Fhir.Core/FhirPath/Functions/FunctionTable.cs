using System.Collections.Frozen;

namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>One invocation: the collection it is called on, its arguments unevaluated, and where results go.</summary>
internal readonly ref struct FunctionCall(
    FhirPathContext context, Scope scope, List<FhirPathValue> input, Evaluator[] arguments, List<FhirPathValue> output)
{
    public FhirPathContext Context { get; } = context;

    public Scope Scope { get; } = scope;

    public List<FhirPathValue> Input { get; } = input;

    public Evaluator[] Arguments { get; } = arguments;

    public List<FhirPathValue> Output { get; } = output;

    /// <summary>The one input item; null for none, an error for several.</summary>
    public FhirPathValue? Item => Operators.Single(Context, Input);

    public void Add(bool value) => Output.Add(FhirPathValue.Of(value));

    public void Add(long value) => Output.Add(FhirPathValue.Of(value));

    public void Add(string value) => Output.Add(FhirPathValue.Of(value));

    /// <summary>An argument as a value; evaluated on what surrounds the call, not on its input.</summary>
    public FhirPathValue? Argument(int index)
    {
        var values = Context.Rent();
        Arguments[index](Context, Scope, values);
        var result = Operators.Single(Context, values);
        Context.Return(values);
        return result;
    }

    public string? TextArgument(int index) => Argument(index)?.Text;

    /// <summary>A criterion for one item of the input, which it sees as <c>$this</c>.</summary>
    public bool? Test(Scope inner, int index, int argument = 0)
    {
        inner.Focus(Input[index], index);
        var values = Context.Rent();
        Arguments[argument](Context, inner, values);
        var result = Operators.Truth(Context, values);
        Context.Return(values);
        return result;
    }
}

internal delegate void FunctionBody(in FunctionCall call);

/// <param name="TakesType">The argument is a type name; the compiler treats the function itself.</param>
internal sealed record FunctionDefinition(
    string Name, int MinArguments, int MaxArguments, FunctionBody Body, bool TakesType = false);

/// <summary>Every function by name: http://hl7.org/fhirpath/N1/#functions, http://hl7.org/fhir/R4/fhirpath.html#functions.</summary>
internal static class FunctionTable
{
    private static readonly FrozenDictionary<string, FunctionDefinition> ByName =
        new[]
        {
            ExistenceFunctions.All, FilteringFunctions.All, SubsettingFunctions.All, CombiningFunctions.All,
            ConversionFunctions.All, StringFunctions.All, MathFunctions.All, TreeFunctions.All, UtilityFunctions.All,
            FhirFunctions.All,
        }.SelectMany(family => family).ToFrozenDictionary(function => function.Name);

    public static FunctionDefinition? Find(string name) => ByName.GetValueOrDefault(name);
}
