using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.FhirPath.Expressions;
using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.FhirPath.Analysis;

/// <summary>Works out the static type of every part of an expression, and gathers what can never be.</summary>
internal sealed class TypeVisitor(TypeSchema? root, FhirPathAnalysisOptions options)
{
    private readonly StaticType _root = root is null ? StaticType.Any : StaticType.Of(root);

    public List<FhirPathError> Errors { get; } = [];

    public StaticType Visit(Expression expression) => Visit(expression, _root);

    private StaticType Visit(Expression expression, StaticType focus) => expression switch
    {
        LiteralExpression literal => Literal(literal.Value),
        EmptyExpression => StaticType.Empty,
        SpecialExpression { Name: "this" } => focus,
        SpecialExpression { Name: "index" } => StaticType.Number,
        ExternalConstantExpression constant => External(constant.Name),
        MemberExpression { Target: null } member => Head(member, focus),
        MemberExpression member => Member(member, Visit(member.Target!, focus)),
        FunctionExpression function => Function(function, focus),
        IndexerExpression indexer => Indexer(indexer, focus),
        NegationExpression negation => Negation(negation, focus),
        BinaryExpression binary => Binary(binary, focus),
        TypeExpression type => OfType(Visit(type.Operand, focus), type.Type, type.IsCast, type.Position),
        _ => StaticType.Any,
    };

    private void Report(int position, Message message, params ImmutableArray<string> arguments) =>
        Errors.Add(FhirPathError.Semantic(message, position, arguments));

    private static StaticType Literal(FhirPathValue value) => value.System switch
    {
        string => StaticType.Text,
        bool => StaticType.Boolean,
        long or decimal => StaticType.Number,
        FhirPathQuantity => StaticType.Quantity,
        FhirPathTemporal { Kind: TemporalKind.Time } => StaticType.Time,
        FhirPathTemporal => StaticType.Date,
        _ => StaticType.Any,
    };

    private StaticType External(string name) => name switch
    {
        "context" => _root,
        "resource" or "rootResource" when options.Resource is { } resource => StaticType.Of(resource),
        "resource" when root is { Kind: TypeKind.Resource } => _root,
        _ => ExternalConstants.Constant(name) is null ? StaticType.Any : StaticType.Text,
    };

    /// <summary>A name that starts a path is an element, or the type of what the path starts from.</summary>
    private StaticType Head(MemberExpression member, StaticType focus)
    {
        if (member.Name is not [>= 'A' and <= 'Z', ..] || !R4.Definitions.Types.TryGetValue(member.Name, out var type))
            return Member(member, focus);
        if (focus.IsAny)
            return StaticType.Of(type);
        if (focus.Types.Any(known => known.Is(type.Name)) || focus.Kinds == ValueKinds.None)
            return focus;
        Report(member.Position, FhirPathMessages.OtherRoot, member.Name, focus.Name);
        return StaticType.Any;
    }

    private StaticType Member(MemberExpression member, StaticType target)
    {
        if (target.IsAny || target.Kinds == ValueKinds.None)
            return target;
        var found = target.Types.Select(type => type.Element(member.Name)).OfType<ElementSchema>().ToList();
        if (found.Count > 0)
            return StaticType.Of(found.SelectMany(element => element.Properties)
                .Select(property => StaticType.Of(property.Type))) with { IsUnordered = target.IsUnordered };
        var choice = target.Types.Select(type => type.Property(member.Name)).FirstOrDefault(p => p is not null);
        if (choice is null)
            Report(member.Position, FhirPathMessages.UnknownElement, target.Name, member.Name);
        else
            Report(member.Position, FhirPathMessages.ChoiceByType,
                target.Name, member.Name, choice.Element.Name, choice.Type.Name);
        return StaticType.Any;
    }

    private StaticType Function(FunctionExpression function, StaticType focus)
    {
        var input = function.Target is { } target ? Visit(target, focus) : focus;
        if (input.IsUnordered && options.ChecksOrder && function.Name is "first" or "last" or "tail" or "skip" or "take")
            Report(function.Position, FhirPathMessages.OrderNotDefined, function.Name);
        if (function.Name is "is" or "as" or "ofType")
            return OfType(input, Parser.AsType(function.Arguments[0])!, function.Name != "is", function.Position);
        var arguments = Arguments(function, input, focus);
        switch (function.Name)
        {
            case "select":
                return arguments[0] with { IsUnordered = input.IsUnordered || arguments[0].IsUnordered };
            case "union" or "combine":
                return input.Or(arguments[0]);
            case "coalesce":
                return StaticType.Of(arguments);
            case "iif":
                return Iif(function, arguments);
            case "extension":
                return StaticType.Of(R4.Definitions.Types["Extension"]);
        }
        if (FunctionType.Find(function.Name) is not { } type)
            return StaticType.Any;
        if (input.Excludes(type.Input))
            Report(function.Position, FhirPathMessages.WrongInput, function.Name, type.InputName, input.Name);
        return type.Result is null ? input : type.Result with
        {
            IsUnordered = type.Result.IsUnordered,
        };
    }

    /// <summary>Criteria and projections see an item of the input; other arguments see what surrounds the call.</summary>
    private List<StaticType> Arguments(FunctionExpression function, StaticType input, StaticType focus)
    {
        var inner = function.Name switch
        {
            "where" or "select" or "exists" or "all" or "iif" or "sort" or "trace" or "defineVariable" => input,
            "repeat" or "repeatAll" or "aggregate" => StaticType.Any,
            _ => focus,
        };
        var types = new List<StaticType>(function.Arguments.Length);
        foreach (var argument in function.Arguments)
            types.Add(function.Name == "sort" && argument is NegationExpression key
                ? Visit(key.Operand, inner)
                : Visit(argument, inner));
        return types;
    }

    private StaticType Iif(FunctionExpression function, List<StaticType> arguments)
    {
        if (arguments[0].Excludes(ValueKinds.Boolean))
            Report(function.Arguments[0].Position, FhirPathMessages.ConditionNotBoolean, function.Name);
        return StaticType.Of(arguments.Skip(1));
    }

    private StaticType Indexer(IndexerExpression indexer, StaticType focus)
    {
        var target = Visit(indexer.Target, focus);
        if (Visit(indexer.Index, focus).Excludes(ValueKinds.Number))
            Report(indexer.Position, FhirPathMessages.WrongArgument, "[]", "1", "Integer");
        if (target.IsUnordered && options.ChecksOrder)
            Report(indexer.Position, FhirPathMessages.OrderNotDefined, "[]");
        return target;
    }

    private StaticType Negation(NegationExpression negation, StaticType focus)
    {
        var operand = Visit(negation.Operand, focus);
        if (operand.Excludes(ValueKinds.Number | ValueKinds.Quantity))
            Report(negation.Position, FhirPathMessages.NotANumber, operand.Name);
        return operand;
    }

    private StaticType Binary(BinaryExpression binary, StaticType focus)
    {
        var left = Visit(binary.Left, focus);
        var right = Visit(binary.Right, focus);
        if (binary.Operator == BinaryOperator.Union)
            return left.Or(right);
        if (OperatorTypes.Result(binary.Operator, left, right) is { } result)
            return result;
        Report(binary.Position, FhirPathMessages.OperatorNotApplicable,
            OperatorText.Of(binary.Operator), left.Name, right.Name);
        return StaticType.Any;
    }

    private StaticType OfType(StaticType operand, TypeSpecifier type, bool isCast, int position)
    {
        // A test may ask for what cannot be; a cast may not.
        if (!TypeTest.IsKnown(type) && (isCast || type.Namespace is null))
            Report(position, FhirPathMessages.UnknownType, type.Name);
        if (!isCast)
            return StaticType.Boolean;
        return type.Namespace is null or "FHIR" && R4.Definitions.Types.TryGetValue(type.Name, out var schema)
            ? StaticType.Of(schema) with { IsUnordered = operand.IsUnordered }
            : StaticType.Any;
    }
}
