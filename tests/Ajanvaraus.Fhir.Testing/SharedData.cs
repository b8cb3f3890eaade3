using Xunit;

namespace Ajanvaraus.Fhir.Testing;

/// <summary>Other people's files beside the checkout: <c>../shared/data</c>. They are never copied in.</summary>
/// <remarks>Tests on them carry <see cref="SharedDataFactAttribute"/> or its theory.</remarks>
public static class SharedData
{
    private static readonly string[] Places = ["../shared/data", "../../shared/data"];

    /// <summary>Full path of the folder; null where it is absent.</summary>
    public static string? Root { get; } = Places
        .Select(place => Path.GetFullPath(Path.Combine(Repository.Root, place)))
        .FirstOrDefault(Directory.Exists);

    /// <summary>A file or folder in it, for example <c>Find("hl7-fi", "examples")</c>.</summary>
    public static string Find(params ReadOnlySpan<string> parts) =>
        Path.Combine([Root ?? throw new InvalidOperationException(Absent("")), .. parts]);

    /// <summary>Why a test on that file or folder cannot run; null when it can.</summary>
    internal static string? SkipReason(string relative) =>
        Root is { } root && Path.Exists(Path.Combine(root, relative)) ? null : Absent(relative);

    private static string Absent(string relative) =>
        $"{Path.Combine("shared/data", relative)} is not beside the checkout";
}

/// <summary>A fact about shared data; shows as skipped, with the reason, where the data is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    /// <param name="relative">What is needed, below <c>shared/data</c>.</param>
    public SharedDataFactAttribute(string relative = "") => Skip = SharedData.SkipReason(relative);
}

/// <summary>A theory over shared data; shows as one skipped test, with the reason, where the data is absent.</summary>
/// <remarks>Its row source must itself yield nothing, not fail, where <see cref="SharedData.Root"/> is null.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    /// <param name="relative">What is needed, below <c>shared/data</c>.</param>
    public SharedDataTheoryAttribute(string relative = "") => Skip = SharedData.SkipReason(relative);
}
