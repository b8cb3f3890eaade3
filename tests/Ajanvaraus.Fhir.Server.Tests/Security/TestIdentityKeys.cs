using System.Security.Cryptography;
using System.Text;

using Ajanvaraus.Fhir.Persistence.Identities;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>Keys by which test servers hide personal identity codes; two of one name are the same.</summary>
internal static class TestIdentityKeys
{
    public static readonly IdentityKeys Usual = Of("test");

    /// <param name="names">The one to write by first.</param>
    public static IdentityKeys Of(params string[] names) =>
        IdentityKeys.Of([.. names.Select(name => (name, SHA256.HashData(Encoding.UTF8.GetBytes(name))))]);

    /// <summary>A key of that name which is none of <see cref="Of"/>.</summary>
    public static IdentityKeys OfOtherSecret(string name) => IdentityKeys.Of((name, SHA256.HashData(Encoding.UTF8.GetBytes(name + " anew"))));

    /// <summary>As the lines of a key file.</summary>
    public static string[] Lines(params string[] names) =>
        [.. names.Select(name => $"{name}={Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}")];
}
