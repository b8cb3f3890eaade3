using Ajanvaraus.Fhir.Core.FhirPath.Expressions;
using Ajanvaraus.Fhir.Core.FhirPath.Functions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>Turns the syntax tree into closures once, so that an evaluation looks nothing up.</summary>
internal static class FhirPathCompiler
{
    public static Evaluator Compile(Expression expression) => expression switch
    {
        LiteralExpression literal => (_, _, output) => output.Add(literal.Value),
        EmptyExpression => (_, _, _) => { },
        SpecialExpression special => Special(special.Name),
        ExternalConstantExpression constant => ExternalConstants.Compile(constant.Name),
        MemberExpression member => Members(member),
        FunctionExpression function => Function(function),
        IndexerExpression indexer => Indexer(indexer),
        NegationExpression negation => Negation(negation),
        BinaryExpression { Operator: BinaryOperator.Union } union => Union(union),
        BinaryExpression binary => Binary(binary),
        TypeExpression type => Type(Compile(type.Operand), type.Type, type.IsCast),
        _ => throw new ArgumentException(expression.GetType().Name, nameof(expression)),
    };

    private static Evaluator Special(string name) => name switch
    {
        "this" => (_, scope, output) => output.AddRange(scope.This),
        "index" => (_, scope, output) =>
        {
            if (scope.Index >= 0)
                output.Add(FhirPathValue.Of((long)scope.Index));
        },
        _ => (_, scope, output) => output.AddRange(scope.Total),
    };

    /// <summary>A chain of names is one walk down the tree, without lists in between.</summary>
    private static Evaluator Members(MemberExpression last)
    {
        var names = new List<string>();
        Expression? at = last;
        while (at is MemberExpression member)
        {
            names.Insert(0, member.Name);
            at = member.Target;
        }
        var path = names.ToArray();
        if (at is null)
            return path[0] is [>= 'A' and <= 'Z', ..] ? TypedPath(path) : OpenPath(path);
        var target = Compile(at);
        return (context, scope, output) =>
        {
            var focus = context.Rent();
            target(context, scope, focus);
            foreach (var item in focus)
                Walk(item, path, 0, output);
            context.Return(focus);
        };
    }

    private static Evaluator OpenPath(string[] path) => (_, scope, output) =>
    {
        foreach (var item in scope.This)
            Walk(item, path, 0, output);
    };

    /// <summary>A path that begins with a type name is empty on another type: http://hl7.org/fhirpath/N1/#simple.</summary>
    private static Evaluator TypedPath(string[] path) => (_, scope, output) =>
    {
        foreach (var item in scope.This)
        {
            if (item.Node is not { } node || !node.Type.Is(path[0]))
                continue;
            if (path.Length == 1)
                output.Add(item);
            else
                Walk(node, path, 1, output);
        }
    };

    private static void Walk(FhirPathValue item, string[] path, int at, List<FhirPathValue> output)
    {
        if (item.Node is { } node)
            Walk(node, path, at, output);
        else if (item.Raw is FhirPathTypeInfo info && at == path.Length - 1 && path[at] is "name" or "namespace")
            output.Add(FhirPathValue.Of(path[at] == "name" ? info.Name : info.Namespace));
    }

    private static void Walk(ElementNode node, string[] path, int at, List<FhirPathValue> output)
    {
        var name = path[at];
        foreach (var child in node.Children)
        {
            if (child.Name != name)
                continue;
            if (at == path.Length - 1)
                output.Add(FhirPathValue.Of(child));
            else
                Walk(child, path, at + 1, output);
        }
    }

    private static Evaluator Function(FunctionExpression expression)
    {
        var function = FunctionTable.Find(expression.Name)!;
        var target = expression.Target is null ? null : Compile(expression.Target);
        if (function.TakesType)
        {
            var type = Parser.AsType(expression.Arguments[0])!;
            return function.Name == "is"
                ? Type(target ?? This, type, isCast: false)
                : TypeFilter(target ?? This, type, single: function.Name == "as");
        }
        var arguments = expression.Arguments.Select(Compile).ToArray();
        var body = function.Body;
        if (target is null)
            return (context, scope, output) => body(new FunctionCall(context, scope, scope.This, arguments, output));
        return (context, scope, output) =>
        {
            var input = context.Rent();
            target(context, scope, input);
            body(new FunctionCall(context, scope, input, arguments, output));
            context.Return(input);
        };
    }

    private static void This(FhirPathContext context, Scope scope, List<FhirPathValue> output) =>
        output.AddRange(scope.This);

    private static Evaluator Indexer(IndexerExpression expression)
    {
        var target = Compile(expression.Target);
        var index = Compile(expression.Index);
        return (context, scope, output) =>
        {
            var items = context.Rent();
            var positions = context.Rent();
            target(context, scope, items);
            index(context, scope, positions);
            if (Operators.Single(context, positions)?.System is long position && position >= 0 && position < items.Count)
                output.Add(items[(int)position]);
            context.Return(positions);
            context.Return(items);
        };
    }

    private static Evaluator Negation(NegationExpression expression)
    {
        var operand = Compile(expression.Operand);
        return (context, scope, output) =>
        {
            var items = context.Rent();
            operand(context, scope, items);
            if (Operators.Single(context, items) is { } item)
                Arithmetic.Negate(context, item, output);
            context.Return(items);
        };
    }

    private static Evaluator Union(BinaryExpression union)
    {
        var parts = new List<Evaluator>();
        Flatten(union, parts);
        var branches = parts.ToArray();
        return (context, scope, output) =>
        {
            var all = context.Rent();
            foreach (var branch in branches)
                branch(context, scope, all);
            Equality.AddDistinct(all, output);
            context.Return(all);
        };
    }

    private static void Flatten(Expression expression, List<Evaluator> parts)
    {
        if (expression is BinaryExpression { Operator: BinaryOperator.Union } union)
        {
            Flatten(union.Left, parts);
            Flatten(union.Right, parts);
        }
        else
        {
            parts.Add(Compile(expression));
        }
    }

    private static Evaluator Binary(BinaryExpression expression)
    {
        var left = Compile(expression.Left);
        var right = Compile(expression.Right);
        var operation = Operators.Find(expression.Operator);
        return (context, scope, output) =>
        {
            var first = context.Rent();
            var second = context.Rent();
            left(context, scope, first);
            right(context, scope, second);
            operation(context, first, second, output);
            context.Return(second);
            context.Return(first);
        };
    }

    private static Evaluator Type(Evaluator operand, TypeSpecifier type, bool isCast)
    {
        if (isCast)
            return TypeFilter(operand, type, single: true);
        return (context, scope, output) =>
        {
            var items = context.Rent();
            operand(context, scope, items);
            if (Operators.Single(context, items) is { } item)
                output.Add(FhirPathValue.Of(TypeTest.Is(item, type)));
            context.Return(items);
        };
    }

    /// <summary><c>as</c> and <c>ofType</c>.</summary>
    /// <remarks>
    /// R4 search parameters apply <c>as</c> to repeating elements (<c>Observation.component.value as Quantity</c>), so
    /// several items are filtered where N1 would report an error.
    /// </remarks>
    private static Evaluator TypeFilter(Evaluator operand, TypeSpecifier type, bool single) => (context, scope, output) =>
    {
        var items = context.Rent();
        operand(context, scope, items);
        foreach (var item in items)
            if (TypeTest.Is(item, type) || (single && TypeTest.IsLoosely(item, type)))
                output.Add(item);
        context.Return(items);
    };
}
