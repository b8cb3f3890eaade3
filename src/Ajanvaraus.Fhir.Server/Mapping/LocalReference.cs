using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Mapping;

/// <summary>A reference to a resource of this server: <c>Type/id</c>, without a version.</summary>
internal readonly record struct LocalReference(string Type, string Id)
{
    /// <summary>Null for anything that does not lie on this server: absolute, contained, conditional or malformed.</summary>
    public static LocalReference? Parse(string? reference) =>
        ReferenceText.TrySplit(reference, out var start, out var type, out var id) && start == 0
            ? new LocalReference(type.ToString(), id.ToString())
            : null;

    /// <summary>The id when the reference is to that type; else null.</summary>
    public static string? IdOf(string? reference, string type) =>
        ReferenceText.TrySplit(reference, out var start, out var named, out var id) && start == 0
            && named.SequenceEqual(type)
                ? id.ToString()
                : null;

    public override string ToString() => $"{Type}/{Id}";
}
