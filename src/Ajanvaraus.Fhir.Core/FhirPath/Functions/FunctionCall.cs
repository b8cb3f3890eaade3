using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>One invocation: the collection it is called on, its arguments unevaluated, and where results go.</summary>
internal readonly ref struct FunctionCall(
    string name, FhirPathContext context, Scope scope, List<FhirPathValue> input, Evaluator[] arguments,
    List<FhirPathValue> output)
{
    public string Name { get; } = name;

    public FhirPathContext Context { get; } = context;

    public Scope Scope { get; } = scope;

    public List<FhirPathValue> Input { get; } = input;

    public Evaluator[] Arguments { get; } = arguments;

    public List<FhirPathValue> Output { get; } = output;

    /// <summary>The one input item; null for none, an error for several.</summary>
    public FhirPathValue? Item => Operators.Single(Context, Input);

    /// <summary>The one input item as a text; null for none, an error for what is none.</summary>
    /// <remarks>A date or number of a resource is taken as it is written there.</remarks>
    public string? Text
    {
        get
        {
            if (Item is not { } item)
                return null;
            if (item.Node is { IsPrimitive: true } node)
                return node.Value;
            if (item.Raw is string text)
                return text;
            FailInput("String", item);
            return null;
        }
    }

    public void Add(bool value) => Output.Add(FhirPathValue.Of(value));

    public void Add(long value) => Output.Add(FhirPathValue.Of(value));

    public void Add(decimal value) => Output.Add(FhirPathValue.Of(value));

    public void Add(string value)
    {
        if (Context.Affords(value.Length))
            Output.Add(FhirPathValue.Of(Characters.Whole(value)));
    }

    public void FailInput(string expected, FhirPathValue item) =>
        Context.Fail(FhirPathMessages.WrongInput, Name, expected, TypeTest.Of(item).Name);

    /// <summary>Evaluates an argument on what surrounds the call, not on its input.</summary>
    public void Evaluate(int index, List<FhirPathValue> values) => Arguments[index](Context, Scope, values);

    /// <summary>An argument as a value.</summary>
    public FhirPathValue? Argument(int index)
    {
        if (index >= Arguments.Length)
            return null;
        var values = Context.Rent();
        Arguments[index](Context, Scope, values);
        var result = Operators.Single(Context, values);
        Context.Return(values);
        return result;
    }

    /// <summary>Null for an empty argument; another type is an error.</summary>
    public string? TextArgument(int index) => Argument(index) is { } value ? As<string>(index, value, "String") : null;

    /// <inheritdoc cref="TextArgument"/>
    public long? NumberArgument(int index)
    {
        if (Argument(index) is not { } value)
            return null;
        if (value.System is long number)
            return number;
        FailArgument(index, "Integer");
        return null;
    }

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

    public void FailArgument(int index, string expected) =>
        Context.Fail(FhirPathMessages.WrongArgument, Name, (index + 1).ToString(CultureInfo.InvariantCulture), expected);

    private T? As<T>(int index, FhirPathValue value, string expected) where T : class
    {
        if (value.System is T found)
            return found;
        FailArgument(index, expected);
        return null;
    }
}

internal delegate void FunctionBody(in FunctionCall call);

/// <param name="TakesType">The argument is a type name; the compiler treats the function itself.</param>
internal sealed record FunctionDefinition(
    string Name, int MinArguments, int MaxArguments, FunctionBody Body, bool TakesType = false);
