namespace Ajanvaraus.Fhir.Server.Mapping;

/// <summary>A reference to a resource of this server: <c>Type/id</c>, without a version.</summary>
internal readonly record struct LocalReference(string Type, string Id)
{
    /// <summary>Null for anything that does not lie on this server: absolute, contained, conditional or malformed.</summary>
    public static LocalReference? Parse(string? reference)
    {
        if (reference is null)
            return null;
        var slash = reference.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || !char.IsAsciiLetterUpper(reference[0]) || reference.AsSpan(0, slash).ContainsAny(':', '?'))
            return null;
        var version = reference.IndexOf("/_history/", slash, StringComparison.Ordinal);
        var id = version < 0 ? reference[(slash + 1)..] : reference[(slash + 1)..version];
        return id.Length is 0 or > 64 || id.AsSpan().ContainsAny('/', '?', '#')
            ? null
            : new LocalReference(reference[..slash], id);
    }

    /// <summary>The id when the reference is to that type; else null.</summary>
    public static string? IdOf(string? reference, string type) =>
        Parse(reference) is { } local && local.Type == type ? local.Id : null;

    public override string ToString() => $"{Type}/{Id}";
}
