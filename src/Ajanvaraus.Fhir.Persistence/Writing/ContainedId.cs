using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ajanvaraus.Fhir.Persistence.Writing;

/// <summary>How a contained resource is called in the database: by the key of its container and its id within it.</summary>
/// <remarks>No logical id has the sign between the two. One that is too long for the column is told by its digest.</remarks>
public static class ContainedId
{
    private const int KeyLength = 16;
    private const int MostInner = 64 - KeyLength - 1;

    /// <summary>Where the id within the container begins, counted from 1.</summary>
    public const int InnerStart = KeyLength + 2;

    /// <param name="container">Key of the resource that contains it.</param>
    /// <param name="id">Within that one; empty: what the ids of all that it contains begin with.</param>
    public static string Of(long container, string id) =>
        string.Create(CultureInfo.InvariantCulture, $"{container:x16}#{Inner(id)}");

    /// <summary>The id within the container as it stands here.</summary>
    /// <remarks>A tilde is in no id: a digest is never another one's id.</remarks>
    public static string Inner(string id) => id.Length <= MostInner
        ? id
        : string.Concat("~", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id))).AsSpan(0, MostInner - 1));

    /// <summary>The part after the key of the container; null for an id that is none of a contained resource.</summary>
    public static string? InnerOf(string id) =>
        id.Length >= InnerStart - 1 && id[KeyLength] == '#' ? id[(KeyLength + 1)..] : null;
}
