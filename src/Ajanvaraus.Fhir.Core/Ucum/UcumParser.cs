using System.Globalization;

namespace Ajanvaraus.Fhir.Core.Ucum;

/// <summary>Reads a UCUM code by its grammar: https://ucum.org/ucum#section-Grammar-of-Units-and-Unit-Terms .</summary>
internal ref struct UcumParser(ReadOnlySpan<char> text, Func<string, UcumAtom?> atoms)
{
    private const int MaxLength = 1000;
    private const int MaxDepth = 32;
    private const int MaxExponent = 99;

    private static readonly (string Code, UcumFactor Factor)[] Prefixes =
    [
        ("Ki", UcumFactor.Of(1024)), ("Mi", UcumFactor.Of(1048576)), ("Gi", UcumFactor.Of(1073741824)),
        ("Ti", UcumFactor.Of(1099511627776)), ("da", UcumFactor.Of(1, 1)), ("Y", UcumFactor.Of(1, 24)),
        ("Z", UcumFactor.Of(1, 21)), ("E", UcumFactor.Of(1, 18)), ("P", UcumFactor.Of(1, 15)),
        ("T", UcumFactor.Of(1, 12)), ("G", UcumFactor.Of(1, 9)), ("M", UcumFactor.Of(1, 6)),
        ("k", UcumFactor.Of(1, 3)), ("h", UcumFactor.Of(1, 2)), ("d", UcumFactor.Of(1, -1)),
        ("c", UcumFactor.Of(1, -2)), ("m", UcumFactor.Of(1, -3)), ("u", UcumFactor.Of(1, -6)),
        ("n", UcumFactor.Of(1, -9)), ("p", UcumFactor.Of(1, -12)), ("f", UcumFactor.Of(1, -15)),
        ("a", UcumFactor.Of(1, -18)), ("z", UcumFactor.Of(1, -21)), ("y", UcumFactor.Of(1, -24)),
    ];

    private static readonly UcumUnit Unity = new(UcumFactor.One, ImmutableSortedDictionary<string, int>.Empty);

    private readonly ReadOnlySpan<char> _text = text;
    private int _at = 0;
    private int _depth = 0;

    /// <param name="text">The code.</param>
    /// <param name="atoms">Finds a unit without prefix; null for an unknown one.</param>
    public static UcumUnit? Parse(string text, Func<string, UcumAtom?> atoms)
    {
        if (text.Length is 0 or > MaxLength || text.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return null;
        var parser = new UcumParser(text, atoms);
        var unit = parser.TakeSign('/') ? parser.Term(divide: true) : parser.Term(divide: false);
        return parser._at == text.Length ? unit : null;
    }

    private readonly char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private bool TakeSign(char sign)
    {
        if (Peek() != sign)
            return false;
        _at++;
        return true;
    }

    private UcumUnit? Term(bool divide)
    {
        UcumUnit? result = null;
        while (true)
        {
            if (Component() is not { } part)
                return null;
            result = result is null && !divide ? part : Combine(result ?? Unity, part, divide ? -1 : 1);
            if (Peek() is not ('.' or '/'))
                return result;
            divide = _text[_at++] == '/';
        }
    }

    private UcumUnit? Component()
    {
        if (Peek() == '{')
            return Annotation() ? Unity : null;
        UcumUnit? unit;
        if (TakeSign('('))
        {
            unit = ++_depth > MaxDepth ? null : Term(divide: false);
            _depth--;
            return unit is not null && TakeSign(')') ? unit : null;
        }
        unit = char.IsAsciiDigit(Peek()) && !IsTenPower() ? Number() : Annotatable();
        return unit is null || (Peek() == '{' && !Annotation()) ? null : unit;
    }

    /// <summary><c>10*</c> and <c>10^</c> begin with digits and are units.</summary>
    private readonly bool IsTenPower() => _text[_at..] is ['1', '0', '*' or '^', ..];

    private UcumUnit? Number()
    {
        var start = _at;
        while (char.IsAsciiDigit(Peek()))
            _at++;
        return decimal.TryParse(_text[start.._at], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0
                ? new UcumUnit(UcumFactor.Of(number), Unity.Dimensions)
                : null;
    }

    private bool Annotation()
    {
        var end = _text[_at..].IndexOf('}');
        if (end < 0 || _text.Slice(_at + 1, end - 1).Contains('{'))
            return false;
        _at += end + 1;
        return true;
    }

    private UcumUnit? Annotatable()
    {
        if (Symbol() is not { } symbol || Simple(symbol) is not { } unit)
            return null;
        var start = _at;
        if (Peek() is '+' or '-')
            _at++;
        while (char.IsAsciiDigit(Peek()))
            _at++;
        if (start == _at)
            return unit;
        return int.TryParse(_text[start.._at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power)
            && Math.Abs(power) is > 0 and <= MaxExponent
                ? Combine(Unity, unit, power)
                : null;
    }

    /// <summary>Up to an operator, a bracket, an annotation or an exponent; brackets <c>[…]</c> are whole.</summary>
    private string? Symbol()
    {
        var start = _at;
        if (char.IsAsciiDigit(Peek()))
            _at += 3;
        while (_at < _text.Length && !"./(){}+-0123456789".Contains(_text[_at]))
        {
            if (_text[_at] == '[')
            {
                var close = _text[_at..].IndexOf(']');
                if (close < 0)
                    return null;
                _at += close;
            }
            _at++;
        }
        return _at > start ? _text[start.._at].ToString() : null;
    }

    private readonly UcumUnit? Simple(string symbol)
    {
        if (atoms(symbol) is { } whole)
            return whole.Unit;
        foreach (var (code, factor) in Prefixes)
            if (symbol.StartsWith(code, StringComparison.Ordinal)
                && atoms(symbol[code.Length..]) is { IsMetric: true, Unit: var unit })
                return new UcumUnit(unit.Factor * factor, unit.Dimensions, unit.Zero / Plain(factor));
        return null;
    }

    private static decimal Plain(UcumFactor factor) => factor.ToDecimal() is { } number and not 0 ? number : 1;

    /// <summary>A temperature in a product is a difference: where its scale begins plays no part.</summary>
    private static UcumUnit Combine(UcumUnit left, UcumUnit right, int power)
    {
        var dimensions = left.Dimensions.ToBuilder();
        foreach (var (name, exponent) in right.Dimensions)
        {
            var sum = dimensions.GetValueOrDefault(name) + (exponent * power);
            if (sum == 0)
                dimensions.Remove(name);
            else
                dimensions[name] = sum;
        }
        return new UcumUnit(left.Factor * right.Factor.Power(power), dimensions.ToImmutable());
    }
}
