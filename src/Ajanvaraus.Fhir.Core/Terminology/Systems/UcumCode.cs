namespace Ajanvaraus.Fhir.Core.Terminology.Systems;

/// <summary>Checks units by the grammar of UCUM, case sensitive: https://ucum.org/ucum, section 2.</summary>
/// <remarks>The form decides what is no unit. Which atoms there are is known for the common ones only: a unit of
/// others cannot be told.</remarks>
internal ref struct UcumCode
{
    private const int Longest = 200;

    private static readonly HashSet<string> Metric =
    [
        "m", "s", "g", "K", "C", "cd", "mol", "sr", "Hz", "N", "Pa", "J", "W", "A", "V", "F", "Ohm", "S", "Wb", "Cel",
        "T", "H", "lm", "lx", "Bq", "Gy", "Sv", "l", "L", "ar", "t", "bar", "u", "eV", "kat", "U", "eq", "osm", "cal",
        "m[H2O]", "m[Hg]", "[iU]", "[IU]", "Np", "B", "bit", "By", "st",
    ];

    private static readonly HashSet<string> Plain =
    [
        "min", "h", "d", "wk", "mo", "a", "a_j", "mo_j", "deg", "'", "''", "gon", "%", "[ppth]", "[ppm]", "[ppb]",
        "[pi]", "rad", "[pH]", "[in_i]", "[ft_i]", "[yd_i]", "[mi_i]", "[lb_av]", "[oz_av]", "[degF]", "[dpt]",
        "[arb'U]", "[CFU]", "[drp]",
    ];

    private static readonly string[] Prefixes =
    [
        "da", "Ki", "Mi", "Gi", "Ti", "Y", "Z", "E", "P", "T", "G", "M", "k", "h", "d", "c", "m", "u", "n", "p", "f",
        "a", "z", "y",
    ];

    private readonly ReadOnlySpan<char> _text;
    private int _at;
    private bool _areKnown = true;

    private UcumCode(ReadOnlySpan<char> text) => _text = text;

    /// <summary>Null when an atom is not among those known here.</summary>
    public static bool? IsValid(string code)
    {
        if (code.Length is 0 or > Longest)
            return false;
        var unit = new UcumCode(code);
        if (!unit.Term() || unit._at < code.Length)
            return false;
        return unit._areKnown ? true : null;
    }

    private readonly char Next => _at < _text.Length ? _text[_at] : '\0';

    private bool Term()
    {
        if (Next == '/')
            _at++;
        while (Component())
        {
            if (Next is not ('.' or '/'))
                return true;
            _at++;
        }
        return false;
    }

    private bool Component()
    {
        if (Next == '(')
        {
            _at++;
            return Term() && Next == ')' && _at++ >= 0;
        }
        var start = _at;
        if (char.IsAsciiDigit(Next))
            Digits();
        else if (Next != '{' && !Atom())
            return false;
        return Annotation() && _at > start;
    }

    private bool Atom()
    {
        var start = _at;
        while (_at < _text.Length && Next is > ' ' and <= '~' && "./(){}+-0123456789".IndexOf(Next) < 0)
        {
            if (Next == '[')
            {
                var length = _text[_at..].IndexOf(']');
                if (length < 0)
                    return false;
                _at += length;
            }
            _at++;
        }
        _areKnown &= IsKnown(_text[start.._at].ToString());
        if (_at > start && Next is '+' or '-')
            return _at++ >= 0 && Digits();
        return _at > start && (!char.IsAsciiDigit(Next) || Digits());
    }

    private bool Digits()
    {
        var start = _at;
        while (char.IsAsciiDigit(Next))
            _at++;
        // 10* and 10^ are atoms of their own, with an exponent.
        if (_text[start.._at].SequenceEqual("10") && Next is '*' or '^')
        {
            _at++;
            if (Next is '+' or '-')
                _at++;
            return !char.IsAsciiDigit(Next) || Digits();
        }
        return _at > start;
    }

    /// <summary>True when none stands here, or a whole one.</summary>
    private bool Annotation()
    {
        if (Next != '{')
            return true;
        var length = _text[_at..].IndexOf('}');
        if (length < 0 || _text.Slice(_at + 1, length - 1).ContainsAnyExceptInRange('!', '~')
            || _text.Slice(_at + 1, length - 1).Contains('{'))
            return false;
        _at += length + 1;
        return true;
    }

    private static bool IsKnown(string symbol) => Metric.Contains(symbol) || Plain.Contains(symbol)
        || Prefixes.Any(p => symbol.StartsWith(p, StringComparison.Ordinal) && Metric.Contains(symbol[p.Length..]));
}
