using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>What a URL below the base names; with the method it gives the interaction.</summary>
public enum TargetKind
{
    System,
    Metadata,
    SystemHistory,
    SystemSearchForm,
    Type,
    TypeHistory,
    TypeSearchForm,
    Instance,
    InstanceHistory,
    Version,
    Operation,
    Compartment,
    CompartmentSearchForm,
    Job,
    JobFile,
}

/// <summary>A URL below the base, taken apart.</summary>
/// <param name="VersionId">As written, of <see cref="TargetKind.Version"/> and of operations on one; the name of a
/// <see cref="TargetKind.JobFile"/>.</param>
/// <param name="Operation">Name without <c>$</c>; only of <see cref="TargetKind.Operation"/>.</param>
/// <param name="Member">Resource type searched in the compartment of a resource; <c>*</c>: all of its types.</param>
public readonly record struct FhirTarget(
    TargetKind Kind, string? Type = null, string? Id = null, string? VersionId = null, string? Operation = null,
    string? Member = null)
{
    public override string ToString() => $"{Kind} {Type}/{Id}/{VersionId}{Operation}";
}

/// <summary>Takes URLs below the base apart, for HTTP requests and Bundle entries alike.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#summary.</remarks>
public sealed class TargetParser
{
    private const int MaxSegments = 5;

    private readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _types;

    private readonly FhirDefinitions _definitions;

    public TargetParser(FhirDefinitions definitions)
    {
        _definitions = definitions;
        _types = definitions.ResourceTypes.ToFrozenDictionary(t => t).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Reads a path without its query, unescaped: <c>Patient/1/_history</c>.</summary>
    /// <remarks>Errors: an unknown resource type or a path that names nothing, both not found.</remarks>
    public Outcome<FhirTarget> Parse(ReadOnlySpan<char> path)
    {
        // Two slashes begin the name of another server: RFC 3986, 4.2.
        if (path.StartsWith("//"))
            return RestIssues.NoSuchUrl();
        path = path.Trim('/');
        Span<Range> segments = stackalloc Range[MaxSegments + 1];
        var count = path.IsEmpty ? 0 : path.Split(segments, '/');
        if (count > MaxSegments)
            return RestIssues.NoSuchUrl();
        if (count == 0)
            return new FhirTarget(TargetKind.System);

        var first = path[segments[0]];
        if (_types.TryGetValue(first, out var type))
            return count == 1
                ? new FhirTarget(TargetKind.Type, type)
                : OfType(type, path[segments[1]], path, segments[2..count]);
        if (first is "_async" && count is 2 or 3)
            return new FhirTarget(
                count == 2 ? TargetKind.Job : TargetKind.JobFile, Id: path[segments[1]].ToString(),
                VersionId: count == 2 ? null : path[segments[2]].ToString());
        return count == 1 ? OfSystem(first) : UnknownFirst(first);
    }

    private static Outcome<FhirTarget> OfSystem(ReadOnlySpan<char> segment) => segment switch
    {
        "metadata" => new FhirTarget(TargetKind.Metadata),
        "_history" => new FhirTarget(TargetKind.SystemHistory),
        "_search" => new FhirTarget(TargetKind.SystemSearchForm),
        ['$', .. var name] => new FhirTarget(TargetKind.Operation, Operation: name.ToString()),
        _ => UnknownFirst(segment),
    };

    private Outcome<FhirTarget> OfType(
        string type, ReadOnlySpan<char> second, ReadOnlySpan<char> path, ReadOnlySpan<Range> rest)
    {
        if (second is "_history" or "_search" or ['$', ..])
        {
            if (rest.Length > 0)
                return RestIssues.NoSuchUrl();
            return second switch
            {
                "_history" => new FhirTarget(TargetKind.TypeHistory, type),
                "_search" => new FhirTarget(TargetKind.TypeSearchForm, type),
                _ => new FhirTarget(TargetKind.Operation, type, Operation: second[1..].ToString()),
            };
        }
        var id = second.ToString();
        if (rest.Length == 0)
            return new FhirTarget(TargetKind.Instance, type, id);
        var fourth = rest.Length > 1 ? path[rest[1]] : default;
        return rest.Length > 2
            ? OfVersion(type, id, path[rest[0]], fourth, path[rest[2]])
            : OfInstance(type, id, path[rest[0]], fourth, rest.Length);
    }

    private Outcome<FhirTarget> OfInstance(
        string type, string id, ReadOnlySpan<char> third, ReadOnlySpan<char> fourth, int count) => third switch
        {
            "_history" when count == 1 => new FhirTarget(TargetKind.InstanceHistory, type, id),
            "_history" => new FhirTarget(TargetKind.Version, type, id, fourth.ToString()),
            ['$', .. var name] when count == 1 =>
                new FhirTarget(TargetKind.Operation, type, id, Operation: name.ToString()),
            _ when count == 1 || fourth is "_search" => InCompartment(type, id, third, isForm: count > 1),
            _ => RestIssues.NoSuchUrl(),
        };

    /// <summary><c>Patient/1/_history/2/$meta</c>.</summary>
    private static Outcome<FhirTarget> OfVersion(
        string type, string id, ReadOnlySpan<char> third, ReadOnlySpan<char> version, ReadOnlySpan<char> last) =>
        third is "_history" && last is ['$', .. var name]
            ? new FhirTarget(TargetKind.Operation, type, id, version.ToString(), name.ToString())
            : RestIssues.NoSuchUrl();

    /// <summary><c>Patient/1/Appointment</c>; a type that is no member is a search that finds nothing.</summary>
    private Outcome<FhirTarget> InCompartment(string type, string id, ReadOnlySpan<char> member, bool isForm)
    {
        if (_definitions.Compartment(type) is null)
            return RestIssues.NoSuchUrl();
        if (!_types.TryGetValue(member, out var name) && member is not "*")
            return UnknownFirst(member);
        var kind = isForm ? TargetKind.CompartmentSearchForm : TargetKind.Compartment;
        return new FhirTarget(kind, type, id, Member: name ?? "*");
    }

    private static Problem UnknownFirst(ReadOnlySpan<char> segment) =>
        segment.Length > 0 && char.IsAsciiLetterUpper(segment[0])
            ? RestIssues.UnknownType()
            : RestIssues.NoSuchUrl();
}
