using System.Collections.Concurrent;

using Ajanvaraus.Fhir.Core.FhirPath.Expressions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>An expression, or the reason why the text is none.</summary>
public sealed record FhirPathParseResult(FhirPathExpression? Expression, FhirPathError? Error);

/// <summary>The collection that an evaluation gave, or the rule that the data broke.</summary>
public sealed record FhirPathResult(IReadOnlyList<FhirPathValue> Values, FhirPathError? Error);

/// <summary>A parsed and compiled FHIRPath expression; immutable, for any number of threads.</summary>
/// <remarks>Source: http://hl7.org/fhirpath/N1/ and http://hl7.org/fhir/R4/fhirpath.html.</remarks>
public sealed class FhirPathExpression
{
    private readonly Evaluator _evaluator;

    internal FhirPathExpression(string text, Expression tree)
    {
        Text = text;
        Tree = tree;
        _evaluator = FhirPathCompiler.Compile(tree);
    }

    public string Text { get; }

    public Expression Tree { get; }

    public static FhirPathParseResult Parse(string text)
    {
        var tree = Parser.Parse(text, out var error);
        return tree is null
            ? new FhirPathParseResult(null, error)
            : new FhirPathParseResult(new FhirPathExpression(text, tree), null);
    }

    /// <summary>Evaluates with <paramref name="root"/> as <c>$this</c>, <c>%context</c> and <c>%resource</c>.</summary>
    /// <param name="root">Null: on nothing.</param>
    /// <param name="context">What else the evaluation sees; null: nothing.</param>
    /// <remarks>Errors: a rule of the language that the data breaks (several items where one is asked), a function
    /// that needs what the context does not have, a cost beyond the budget. Never an exception.</remarks>
    public FhirPathResult Evaluate(ElementNode? root, FhirPathContext? context = null)
    {
        context ??= new FhirPathContext();
        var values = new List<FhirPathValue>();
        Evaluate(root, context, values);
        return new FhirPathResult(context.Error is null ? values : [], context.Error);
    }

    /// <summary>As <see cref="Evaluate(ElementNode?, FhirPathContext?)"/>, into a list of the caller; for hot paths.</summary>
    /// <remarks>Look at <see cref="FhirPathContext.Error"/> afterwards.</remarks>
    public void Evaluate(ElementNode? root, FhirPathContext context, List<FhirPathValue> output) =>
        Evaluate(root is null ? null : FhirPathValue.Of(root), context, output);

    /// <summary>As <see cref="Evaluate(ElementNode?, FhirPathContext?)"/>, on an item that may be no element.</summary>
    public FhirPathResult Evaluate(FhirPathValue root, FhirPathContext context)
    {
        var values = new List<FhirPathValue>();
        Evaluate((FhirPathValue?)root, context, values);
        return new FhirPathResult(context.Error is null ? values : [], context.Error);
    }

    private void Evaluate(FhirPathValue? root, FhirPathContext context, List<FhirPathValue> output)
    {
        var scope = context.Start(root);
        _evaluator(context, scope, output);
        context.CheckSize(output);
    }

    /// <summary>The truth of an invariant; null when the result is empty or the evaluation failed.</summary>
    public bool? EvaluateBoolean(ElementNode? root, FhirPathContext? context = null)
    {
        context ??= new FhirPathContext();
        var result = Evaluate(root, context);
        var truth = Operators.Truth(context, result.Values);
        return context.Error is null ? truth : null;
    }
}

/// <summary>Keeps each text parsed once; owned by whoever evaluates texts that recur.</summary>
public sealed class FhirPathCache
{
    /// <summary>Definitions are few; texts from callers must not fill the memory.</summary>
    private const int MaxTexts = 10_000;

    private readonly ConcurrentDictionary<string, FhirPathParseResult> _parsed = new(StringComparer.Ordinal);

    public FhirPathParseResult Parse(string text)
    {
        if (_parsed.TryGetValue(text, out var known))
            return known;
        var result = FhirPathExpression.Parse(text);
        if (_parsed.Count < MaxTexts)
            _parsed.TryAdd(text, result);
        return result;
    }
}
