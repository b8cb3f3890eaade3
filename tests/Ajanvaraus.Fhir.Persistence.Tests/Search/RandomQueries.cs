using System.Globalization;
using System.Text.Json;

using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Persistence.Tests.Search;

/// <summary>Query texts from a seed, mostly about values that stored resources have.</summary>
internal sealed class RandomQueries(Random random, SearchParameterRegistry registry, SearchOracle oracle)
{
    private static readonly string[] Prefixes = ["", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"];

    private static readonly string[] Precisions =
        ["yyyy", "yyyy-MM", "yyyy-MM-dd", "yyyy-MM-ddTHH:mmZ", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.fffZ"];

    /// <summary>One to three criteria on a type.</summary>
    public List<KeyValuePair<string, string>> Criteria(string type) =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Criterion(type, depth: 0))];

    /// <summary>Any parameter with a value of odd pieces.</summary>
    public KeyValuePair<string, string> Garbage(string type)
    {
        string[] pieces =
        [
            "", "gt", "le", "ap", "sa", "ne", "0001", "9999-12-31", "2026-11", "T23:59:60Z", "1e27",
            "-79228162514264337593543950335", "0.0",
            "e", "|", ",", "\\", "%", "_", "'", "\"", ";", "--", "$", "ä", "😀",
            "\u007f", "\uFFFF", "\uE000", "Patient/", "http://x/", " ", "[", "*",
        ];
        var parameter = Pick([.. registry.For(type).Where(SearchParameterRegistry.IsSearchable)]);
        return new(
            parameter.Code + Pick("", "", ":not", ":text", ":exact", ":contains", ":identifier"),
            string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(pieces))));
    }

    /// <summary>A few sort keys, some from the top down.</summary>
    public string Sort(string type)
    {
        var codes = Used(type).Select(p => p.Code).Append("_id").Append("_lastUpdated").ToArray();
        return string.Join(",", Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick("", "-") + Pick(codes)));
    }

    /// <summary>A directive, mostly one that has something to follow from the type.</summary>
    public KeyValuePair<string, string> Include(string type)
    {
        var isReverse = random.Next(2) == 0;
        var all = RandomResources.Types.SelectMany(t => References(t).Select(p => (Source: t, Parameter: p))).ToArray();
        var useful = all.Where(r => isReverse ? r.Parameter.Targets.Contains(type) : r.Source == type).ToArray();
        var (source, parameter) = Pick(useful.Length > 0 && random.Next(3) > 0 ? useful : all);
        var code = random.Next(4) == 0 ? "*" : parameter.Code;
        var target = random.Next(5) == 0 ? ":" + Pick([.. RandomResources.Types]) : "";
        var iterate = Pick("", ":iterate", ":recurse");
        return random.Next(8) == 0
            ? new("_include" + iterate, "*")
            : new((isReverse ? "_revinclude" : "_include") + iterate, $"{source}:{code}{target}");
    }

    /// <summary>A criterion on that parameter.</summary>
    public KeyValuePair<string, string> On(string type, string code) => Leaf(type, registry.Find(type, code)!);

    private KeyValuePair<string, string> Criterion(string type, int depth)
    {
        var kind = depth < 4 ? random.Next(10) : 9;
        if (kind == 0 && Chain(type, depth) is { } chain)
            return chain;
        if (kind == 1 && Has(type, depth) is { } has)
            return has;
        return kind switch
        {
            2 => Own(type),
            3 => new("_filter", Filter(type, 0)),
            _ => Leaf(type, Pick(Used(type))),
        };
    }

    /// <summary>A text of the language of _filter.</summary>
    private string Filter(string type, int depth) => (depth < 3 ? random.Next(8) : 7) switch
    {
        0 => $"{Filter(type, depth + 1)} and {Filter(type, depth + 1)}",
        1 => $"{Filter(type, depth + 1)} or {Filter(type, depth + 1)}",
        2 => $"not ({Filter(type, depth + 1)})",
        3 => $"({Filter(type, depth + 1)})",
        4 when Step(type) is var (name, target) => $"{name}[{Filter(target, depth + 2)}].{Filter(target, 3)}",
        5 when Step(type) is var (name, target) => $"{name}.{Filter(target, 3)}",
        _ => Test(type),
    };

    private (string Name, string Target)? Step(string type)
    {
        var steps = References(type)
            .SelectMany(p => p.Targets.Intersect(RandomResources.Types).Select(t => (Name: $"{p.Code}:{t}", Target: t)))
            .Where(s => oracle.Of(s.Target).Any()).ToArray();
        return steps.Length == 0 ? null : Pick(steps);
    }

    private string Test(string type)
    {
        var parameter = Pick([.. Used(type).Where(
            p => p.Type is not (SearchParameterType.Composite or SearchParameterType.Special))]);
        if (random.Next(10) == 0)
            return $"{parameter.Code} pr {Pick("true", "false")}";
        var entries = oracle.Of(type).OrderBy(_ => random.Next()).First(r => oracle.HasValue(r, parameter)).Entries;
        var key = parameter.Key;
        var (operators, value) = parameter.Type switch
        {
            SearchParameterType.String => (
                "eq ne co sw ew gt lt ge le", Pick([.. entries.Strings.Where(e => e.Parameter == key)]).Normalized),
            SearchParameterType.Number => ("eq ne gt lt ge le ap sa eb co", Pick("0.5", "1", "5", "99.95")),
            SearchParameterType.Date => (
                "eq ne gt lt ge le ap sa eb co po", Pick("2026", "2026-11-23", "1950-06", "2026-11-23T09:00:00Z")),
            SearchParameterType.Quantity => (
                "eq ne gt lt ge le ap sa eb", Pick("5", "1.0||mg", "100|http://unitsofmeasure.org|kg")),
            SearchParameterType.Token => Coding(Pick([.. entries.Tokens.Where(e => e.Parameter == key)])),
            SearchParameterType.Uri => ("eq ne", Pick([.. entries.Uris.Where(e => e.Parameter == key)]).Uri),
            _ => ("re", Pick("Patient/P1", "Organization/O0", "Schedule/S1", "http://muu.example/Patient/P1")),
        };
        var some = parameter.Type == SearchParameterType.String && random.Next(2) == 0 ? Start(value) : value;
        return $"{parameter.Code} {Pick(operators.Split(' '))} \"{JsonEncodedText.Encode(some)}\"";
    }

    private (string Operators, string Value) Coding(TokenEntry entry) => random.Next(3) switch
    {
        0 => ("in ni", Pick(SearchTerms.ValueSets)),
        1 => ("ss sb", Pick("urn:a|1", "urn:a|2", "urn:b|2")),
        _ => ("eq ne", entry.Code.Length == 0 ? "1" : Pick(entry.Code, $"{entry.System}|{entry.Code}")),
    };

    private KeyValuePair<string, string>? Chain(string type, int depth)
    {
        if (References(type) is not { Length: > 0 } references)
            return null;
        var parameter = Pick(references);
        var targets = parameter.Targets.Intersect(RandomResources.Types).ToArray();
        if (targets.Length == 0)
            return null;
        var target = Pick(targets);
        var inner = Criterion(target, depth + 1);
        return new($"{parameter.Code}:{target}.{inner.Key}", inner.Value);
    }

    private KeyValuePair<string, string>? Has(string type, int depth)
    {
        var sources = RandomResources.Types
            .SelectMany(s => References(s).Where(p => p.Targets.Contains(type)).Select(p => (s, p.Code))).ToArray();
        if (sources.Length == 0)
            return null;
        var (source, code) = Pick(sources);
        var inner = Criterion(source, depth + 1);
        return new($"_has:{source}:{code}:{inner.Key}", inner.Value);
    }

    /// <summary>What every resource has.</summary>
    private KeyValuePair<string, string> Own(string type)
    {
        var some = Pick([.. oracle.Of(type)]);
        return random.Next(4) switch
        {
            3 => new("_list", Pick("L0", "L1", "L2,L3")),
            0 => new("_id", $"{some.Id},{type[0]}0"),
            1 => new("_id:not", some.Id),
            _ => new("_lastUpdated", Pick(Prefixes) + Date(some.LastUpdated)),
        };
    }

    private KeyValuePair<string, string> Leaf(string type, SearchParameter parameter)
    {
        if (random.Next(12) == 0 && parameter.Type is not (SearchParameterType.Composite or SearchParameterType.Special))
            return new(parameter.Code + ":missing", Pick("true", "false"));
        var entries = Pick([.. oracle.Of(type)]).Entries;
        foreach (var resource in oracle.Of(type).OrderBy(_ => random.Next()))
            if (oracle.HasValue(resource, parameter))
            {
                entries = resource.Entries;
                break;
            }
        var modifier = Modifier(parameter);
        var values = Enumerable.Range(0, random.Next(4) == 0 ? 2 : 1).Select(_ => Value(parameter, modifier, entries));
        return new(parameter.Code + (modifier.Length > 0 ? ":" + modifier : ""), string.Join(",", values));
    }

    private string Modifier(SearchParameter parameter) => parameter.Type switch
    {
        SearchParameterType.Token when parameter.Code == "identifier" => Pick("", "not", "text", "of-type"),
        SearchParameterType.Token => Pick("", "", "not", "text", "in", "not-in", "above", "below"),
        SearchParameterType.Uri => Pick("", "above", "below"),
        SearchParameterType.String => Pick("", "contains", "exact"),
        SearchParameterType.Reference => Pick("", "", "identifier", "text"),
        _ => "",
    };

    private string Value(SearchParameter parameter, string modifier, IndexEntries entries)
    {
        var key = parameter.Key;
        return parameter.Type switch
        {
            SearchParameterType.Token => Token(Pick([.. entries.Tokens.Where(e => e.Parameter == key)]), modifier),
            SearchParameterType.String => Text(Pick([.. entries.Strings.Where(e => e.Parameter == key)]), modifier),
            SearchParameterType.Date => DateValue(Pick([.. entries.Dates.Where(e => e.Parameter == key)])),
            SearchParameterType.Number => Number(Pick([.. entries.Numbers.Where(e => e.Parameter == key)]).Low),
            SearchParameterType.Quantity => Quantity(Pick([.. entries.Quantities.Where(e => e.Parameter == key)])),
            SearchParameterType.Uri => Uri(Pick([.. entries.Uris.Where(e => e.Parameter == key)]).Uri, modifier),
            SearchParameterType.Composite => Composite(
                parameter, Pick([.. entries.Composites.Where(e => e.Parameter == key)])),
            SearchParameterType.Special when parameter.IsPosition => Near(),
            SearchParameterType.Special => Words(Pick([.. entries.Texts.Where(e => e.Parameter == key)]).Words),
            _ => Reference(Pick([.. entries.References.Where(e => e.Parameter == key)]), modifier),
        };
    }

    private string Composite(SearchParameter parameter, CompositeEntry entry) => string.Join(
        '$', parameter.Components.Select((part, n) => Value(part, "", entry.Components[n])));

    private string Near()
    {
        var place = Pick("60.17|24.94", "61.5|23.76", "90|0", "0|180", "-33.9|-179.99");
        return place + Pick("", "|", "|1", "|200|km", "|150|[mi_us]", "|30000|km", "|20|m", "|0|km", "|5|mi", "|20020|km");
    }

    private string Words(string text)
    {
        var words = text.Split(' ');
        var start = random.Next(words.Length);
        var phrase = string.Join(' ', words.Skip(start).Take(random.Next(1, 4)));
        var word = Pick(words);
        return random.Next(7) switch
        {
            0 => $"\"{phrase}\"",
            1 => $"\"{phrase}\" OR {Pick(words)}",
            2 => Start(word) + "*",
            3 => $"{word} NOT {Pick("hei", "virta", Pick(words))}",
            4 => $"({Pick(words)} OR olematon) {word}",
            5 => $"{word} AND {Pick(words)}",
            _ => word.ToUpperInvariant(),
        };
    }

    private string Token(TokenEntry entry, string modifier)
    {
        switch (modifier)
        {
            case "text":
                return entry.Text is { Length: > 0 } text ? Escape(Start(text)) : "virt";
            case "of-type":
                return $"{Pick("urn:a", "urn:b")}|{Pick("1", "2")}|{Pick("1", "2", Escape(entry.Code))}";
            case "in" or "not-in":
                return Pick(SearchTerms.ValueSets);
            case "above" or "below":
                return Pick(Pick("urn:a|1", "urn:a|2", "urn:b|2"), @"urn:a|K\|1", "urn:a|A%");
        }
        return Coded(entry.System, entry.Code);
    }

    private string Uri(string uri, string modifier) => Escape(modifier switch
    {
        "below" => Pick(uri, uri[..uri.LastIndexOf('/')], uri[..^1]),
        "above" => Pick(uri, uri + "/more", uri + "more", uri + "/a/b/"),
        _ => uri,
    });

    private string Coded(string system, string code)
    {
        if (code.Length == 0)
            return system.Length == 0 ? "1" : Escape(system) + "|";
        return Pick(Escape(code), $"{Escape(system)}|{Escape(code)}", $"|{Escape(code)}");
    }

    private string Text(StringEntry entry, string modifier)
    {
        if (modifier == "exact")
            return Escape(entry.Exact);
        var text = Pick(entry.Normalized, entry.Exact);
        return Escape(modifier == "contains" ? Start(text[Whole(text, random.Next(text.Length))..]) : Start(text));
    }

    private string Start(string text) =>
        text[..Whole(text, random.Next(1, text.Length + 1))] is var start && start.Trim().Length > 0 ? start : "v";

    /// <summary>Never between the halves of a pair.</summary>
    private static int Whole(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;

    private string DateValue(DateEntry entry)
    {
        const long november = 1_795_000_000_000_000;
        var at = Pick(entry.Start, entry.End) is var end and not (long.MinValue or long.MaxValue) ? end : november;
        return Pick(Prefixes) + Date(at);
    }

    private string Date(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * 10)
        .ToString(Pick(Precisions), CultureInfo.InvariantCulture);

    private string Number(double low)
    {
        var value = double.IsFinite(low) ? low : 5;
        var near = value + Pick(0, 0.05, 0.5, -0.5, 0.005);
        return Pick(Prefixes) + near.ToString(Pick("0", "0.0", "0.00", "0.000"), CultureInfo.InvariantCulture);
    }

    private string Quantity(QuantityEntry entry) => Number(entry.Low) + Pick(
        "", $"|{Escape(entry.System)}|{Escape(entry.Code)}", $"||{Escape(entry.Code)}", $"||{Escape(entry.Unit)}");

    private string Reference(ReferenceEntry entry, string modifier)
    {
        if (modifier == "text")
            return Pick("Virt", "m\u00e4k", "a", "5");
        if (modifier == "identifier")
            return entry.IdentifierValue.Length > 0
                ? Coded(entry.IdentifierSystem, entry.IdentifierValue)
                : Pick("1", "urn:a|", "urn:a|2", "|3");
        if (entry.TargetId.Length > 0)
            return Pick(entry.TargetId, $"{entry.TargetType}/{entry.TargetId}",
                $"{RandomResources.BaseUrl}/{entry.TargetType}/{entry.TargetId}");
        return entry.Uri.Length > 0 ? Escape(entry.Uri) : "Patient/P0";
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("$", "\\$", StringComparison.Ordinal);

    /// <summary>Parameters of which at least one stored resource has a value.</summary>
    private SearchParameter[] Used(string type) =>
    [
        .. registry.For(type).Where(p => SearchParameterRegistry.IsSearchable(p) && p.Code is not ("_id" or "_lastUpdated")
            && oracle.Of(type).Any(r => oracle.HasValue(r, p))),
    ];

    private SearchParameter[] References(string type) =>
        [.. registry.For(type).Where(p => p.Type == SearchParameterType.Reference)];

    private T Pick<T>(params T[] among) => among[random.Next(among.Length)];
}
