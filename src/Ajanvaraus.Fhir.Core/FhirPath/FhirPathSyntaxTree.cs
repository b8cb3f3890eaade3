using System.Text;
using System.Text.Json;

using Ajanvaraus.Fhir.Core.FhirPath.Expressions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>Writes a syntax tree as JSON in the form that the FHIRPath Lab shows.</summary>
/// <remarks>
/// <para>Shape: <c>ExpressionType</c>, <c>Name</c>, <c>Arguments</c> (what a step is taken from comes first; where
/// nothing is written there, the axis <c>builtin.that</c>), and <c>Position</c> and <c>Length</c> of its own token.</para>
/// <para>Source: https://github.com/brianpos/fhirpath-lab/blob/develop/server-api.md#ast-definition .</para>
/// </remarks>
public static class FhirPathSyntaxTree
{
    /// <summary>Each step nests two levels; the parser bounds the height of a tree.</summary>
    private static readonly JsonWriterOptions Options = new() { MaxDepth = 10_000 };

    public static string ToJson(FhirPathExpression expression)
    {
        var tokens = new List<Token>();
        Lexer.Read(expression.Text, tokens);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
            Write(json, expression.Tree, tokens);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Expression expression, List<Token> tokens)
    {
        var (type, name) = NameOf(expression);
        json.WriteStartObject();
        json.WriteString("ExpressionType", type);
        json.WriteString("Name", PrimitiveText.WellFormed(name));
        WriteArguments(json, expression, tokens);
        json.WriteNumber("Position", expression.Position);
        json.WriteNumber("Length", LengthOf(expression, tokens));
        json.WriteEndObject();
    }

    private static void WriteArguments(Utf8JsonWriter json, Expression expression, List<Token> tokens)
    {
        var startsPath = expression is MemberExpression { Target: null } or FunctionExpression { Target: null };
        var parts = ExpressionWalk.Parts(expression);
        if (!startsPath && parts.IsEmpty)
            return;
        json.WriteStartArray("Arguments");
        if (startsPath)
            WriteLeaf(json, "AxisExpression", "builtin.that");
        foreach (var part in parts)
            Write(json, part, tokens);
        if (expression is TypeExpression { Type: var type })
            WriteLeaf(json, "ConstantExpression", type.Namespace is { } scope ? $"{scope}.{type.Name}" : type.Name);
        json.WriteEndArray();
    }

    private static void WriteLeaf(Utf8JsonWriter json, string type, string name)
    {
        json.WriteStartObject();
        json.WriteString("ExpressionType", type);
        json.WriteString("Name", PrimitiveText.WellFormed(name));
        json.WriteEndObject();
    }

    private static (string Type, string Name) NameOf(Expression expression) => expression switch
    {
        LiteralExpression literal => ("ConstantExpression", literal.Value.ToString()),
        EmptyExpression => ("ConstantExpression", "{}"),
        SpecialExpression special => ("AxisExpression", "builtin." + special.Name),
        ExternalConstantExpression constant => ("VariableRefExpression", constant.Name),
        MemberExpression member => ("ChildExpression", member.Name),
        FunctionExpression function => ("FunctionCallExpression", function.Name),
        IndexerExpression => ("IndexerExpression", "[]"),
        NegationExpression => ("UnaryExpression", "-"),
        BinaryExpression binary => ("BinaryExpression", OperatorText.Of(binary.Operator)),
        TypeExpression { IsCast: true } => ("BinaryExpression", "as"),
        _ => ("BinaryExpression", "is"),
    };

    /// <summary>A quantity is written in two tokens: the number and its unit.</summary>
    private static int LengthOf(Expression expression, List<Token> tokens)
    {
        var (low, high) = (0, tokens.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (tokens[middle].Position < expression.Position)
                low = middle + 1;
            else
                high = middle;
        }
        var last = expression is LiteralExpression { Value.System: FhirPathQuantity } ? tokens[low + 1] : tokens[low];
        return last.Position + last.Length - expression.Position;
    }
}
