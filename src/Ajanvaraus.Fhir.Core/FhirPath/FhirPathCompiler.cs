using Ajanvaraus.Fhir.Core.FhirPath.Expressions;
using Ajanvaraus.Fhir.Core.FhirPath.Functions;
using Ajanvaraus.Fhir.Core.Issues;
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
        ExternalConstantExpression constant => ExternalConstants.Compile(constant.Name, constant.Position),
        MemberExpression member => Members(member),
        FunctionExpression function => Function(function),
        IndexerExpression indexer => Indexer(indexer),
        NegationExpression negation => Negation(negation),
        BinaryExpression { Operator: BinaryOperator.Union } union => Union(union),
        BinaryExpression binary => Binary(binary),
        TypeExpression { IsCast: true } cast => TypeFilter(Compile(cast.Operand), cast.Type, true, cast.Position),
        TypeExpression test => TypeTestOf(Compile(test.Operand), test.Type, test.Position),
        _ => throw new ArgumentException(expression.GetType().Name, nameof(expression)),
    };

    /// <summary>A part of its own: variables that it defines are not seen outside.</summary>
    private static Evaluator Part(Expression expression)
    {
        var evaluator = Compile(expression);
        if (!ExpressionWalk.Any(expression, part => part is FunctionExpression { Name: "defineVariable" }))
            return evaluator;
        return (context, scope, output) =>
        {
            var defined = context.DefinedCount;
            evaluator(context, scope, output);
            context.Forget(defined);
        };
    }

    private static Evaluator Special(string name) => name switch
    {
        "this" => (context, scope, output) =>
        {
            context.Charge(scope.This.Count);
            output.AddRange(scope.This);
        },
        "index" => (_, scope, output) =>
        {
            if (scope.Index >= 0)
                output.Add(FhirPathValue.Of((long)scope.Index));
        },
        _ => (context, scope, output) =>
        {
            if (scope.Total is not { } total)
                return;
            context.Charge(total.Count);
            output.AddRange(total);
        },
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
                Walk(context, item, path, 0, output);
            context.Return(focus);
        };
    }

    private static Evaluator OpenPath(string[] path) => (context, scope, output) =>
    {
        foreach (var item in scope.This)
            Walk(context, item, path, 0, output);
    };

    /// <summary>A path that begins with a type name is empty on another type: http://hl7.org/fhirpath/N1/#simple.</summary>
    private static Evaluator TypedPath(string[] path) => (context, scope, output) =>
    {
        foreach (var item in scope.This)
        {
            if (item.Node is not { } node || !node.Type.Is(path[0]))
                continue;
            if (path.Length == 1)
                output.Add(item);
            else
                Walk(context, node, path, 1, output);
        }
    };

    private static void Walk(
        FhirPathContext context, FhirPathValue item, string[] path, int at, List<FhirPathValue> output)
    {
        if (item.Node is { } node)
            Walk(context, node, path, at, output);
        else if (item.Raw is FhirPathTypeInfo info && at == path.Length - 1 && path[at] is "name" or "namespace")
            output.Add(FhirPathValue.Of(path[at] == "name" ? info.Name : info.Namespace));
    }

    private static void Walk(
        FhirPathContext context, ElementNode node, string[] path, int at, List<FhirPathValue> output)
    {
        var name = path[at];
        context.Charge(node.Children.Length);
        foreach (var child in node.Children)
        {
            if (child.Name != name)
                continue;
            if (at == path.Length - 1)
                output.Add(FhirPathValue.Of(child));
            else
                Walk(context, child, path, at + 1, output);
        }
    }

    private static Evaluator Function(FunctionExpression expression)
    {
        var function = FunctionTable.Find(expression.Name)!;
        var position = expression.Position;
        var target = expression.Target is null ? This : Compile(expression.Target);
        if (function.TakesType)
        {
            var type = Parser.AsType(expression.Arguments[0])!;
            return function.Name == "is"
                ? TypeTestOf(target, type, position)
                : TypeFilter(target, type, isCast: function.Name == "as", position);
        }
        var isSort = function.Name == "sort";
        var body = isSort
            ? SortFunction.Body(expression.Arguments)
            : PatternFunctions.Body(function.Name) ?? function.Body;
        Evaluator[] arguments =
            [.. (isSort ? SortFunction.Keys(expression.Arguments) : expression.Arguments).Select(Part)];
        if (expression.Target is null)
            return (context, scope, output) =>
                Call(body, new FunctionCall(function.Name, context, scope, scope.This, arguments, output), position);
        return (context, scope, output) =>
        {
            var input = context.Rent();
            target(context, scope, input);
            Call(body, new FunctionCall(function.Name, context, scope, input, arguments, output), position);
            context.Return(input);
        };
    }

    private static void Call(FunctionBody body, in FunctionCall call, int position)
    {
        call.Context.Charge(1);
        if (call.Context.IsStopped)
            return;
        body(call);
        call.Context.CheckSize(call.Output);
        call.Context.Locate(position);
    }

    private static void This(FhirPathContext context, Scope scope, List<FhirPathValue> output) =>
        output.AddRange(scope.This);

    private static Evaluator Indexer(IndexerExpression expression)
    {
        var target = Compile(expression.Target);
        var index = Part(expression.Index);
        return (context, scope, output) =>
        {
            var items = context.Rent();
            var positions = context.Rent();
            target(context, scope, items);
            index(context, scope, positions);
            if (Operators.Single(context, positions) is { } at)
            {
                if (at.System is not long position)
                    context.Fail(FhirPathMessages.WrongArgument, "[]", "1", "Integer");
                else if (position >= 0 && position < items.Count)
                    output.Add(items[(int)position]);
            }
            context.Locate(expression.Position);
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
            context.Locate(expression.Position);
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
            ItemSet.AddDistinct(context, all, output);
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
            parts.Add(Part(expression));
        }
    }

    private static Evaluator Binary(BinaryExpression expression)
    {
        var left = Part(expression.Left);
        var right = Part(expression.Right);
        var operation = Operators.Find(expression.Operator);
        return (context, scope, output) =>
        {
            var first = context.Rent();
            var second = context.Rent();
            left(context, scope, first);
            right(context, scope, second);
            context.Charge(1);
            operation(context, first, second, output);
            context.Locate(expression.Position);
            context.Return(second);
            context.Return(first);
        };
    }

    private static Evaluator TypeTestOf(Evaluator operand, TypeSpecifier type, int position) =>
        (context, scope, output) =>
        {
            var items = context.Rent();
            operand(context, scope, items);
            if (Operators.Single(context, items) is { } item)
                output.Add(FhirPathValue.Of(TypeTest.Is(item, type)));
            context.Locate(position);
            context.Return(items);
        };

    /// <summary><c>as</c> and <c>ofType</c>.</summary>
    private static Evaluator TypeFilter(Evaluator operand, TypeSpecifier type, bool isCast, int position)
    {
        var isKnown = TypeTest.IsKnown(type);
        return (context, scope, output) =>
        {
            var items = context.Rent();
            operand(context, scope, items);
            if (!isKnown)
                context.Fail(FhirPathMessages.UnknownType, type.Name);
            else if (isCast && items.Count > 1 && context.CastsOneItem)
                Operators.Single(context, items);
            else
                foreach (var item in items)
                    if (TypeTest.IsCastable(item, type) || (isCast && TypeTest.IsLoosely(item, type)))
                        output.Add(item);
            context.Charge(items.Count);
            context.Locate(position);
            context.Return(items);
        };
    }
}
