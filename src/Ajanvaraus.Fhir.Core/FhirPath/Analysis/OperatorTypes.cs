using Ajanvaraus.Fhir.Core.FhirPath.Expressions;

namespace Ajanvaraus.Fhir.Core.FhirPath.Analysis;

/// <summary>Which types an operator joins, and what it gives: http://hl7.org/fhirpath/N1/#operations .</summary>
internal static class OperatorTypes
{
    private const ValueKinds Measured = ValueKinds.Number | ValueKinds.Quantity;

    /// <summary>Null when the operator can never join the two.</summary>
    public static StaticType? Result(BinaryOperator name, StaticType left, StaticType right)
    {
        if (left.Kinds == ValueKinds.None || right.Kinds == ValueKinds.None)
            return IsTruth(name) ? StaticType.Boolean : StaticType.Any;
        switch (name)
        {
            case BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater
                or BinaryOperator.GreaterOrEqual:
                return HaveOrder(left, right) ? StaticType.Boolean : null;
            case BinaryOperator.Concatenate:
                return StaticType.Text;
            case BinaryOperator.Add:
                return Both(ValueKinds.Text, left, right) ? Sum(left, right, StaticType.Text) : Moved(left, right);
            case BinaryOperator.Subtract:
                return Moved(left, right);
            case BinaryOperator.Multiply or BinaryOperator.Divide:
                return Both(Measured, left, right) ? Measure(left, right) : null;
            case BinaryOperator.Div or BinaryOperator.Mod:
                return Both(ValueKinds.Number, left, right) ? StaticType.Number : null;
            default:
                return StaticType.Boolean;
        }
    }

    private static bool IsTruth(BinaryOperator name) => name < BinaryOperator.Union;

    private static bool Both(ValueKinds kinds, StaticType left, StaticType right) =>
        !left.Excludes(kinds) && !right.Excludes(kinds);

    private static StaticType Sum(StaticType left, StaticType right, StaticType result) =>
        left.IsAny || right.IsAny ? StaticType.Any : result;

    private static StaticType? Moved(StaticType left, StaticType right)
    {
        if (!left.Excludes(ValueKinds.Date | ValueKinds.Time) && !right.Excludes(ValueKinds.Quantity))
            return left;
        return Both(Measured, left, right) ? Measure(left, right) : null;
    }

    private static StaticType Measure(StaticType left, StaticType right) =>
        left.IsAny || right.IsAny ? StaticType.Any
        : left.Excludes(ValueKinds.Quantity) && right.Excludes(ValueKinds.Quantity) ? StaticType.Number
        : StaticType.Quantity;

    /// <summary>A text beside a date is read as one.</summary>
    private static bool HaveOrder(StaticType left, StaticType right) =>
        Both(ValueKinds.Text | ValueKinds.Date, left, right) || Both(ValueKinds.Time, left, right)
        || Both(Measured, left, right);
}
