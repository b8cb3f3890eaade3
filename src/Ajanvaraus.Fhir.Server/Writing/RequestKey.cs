using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>The Idempotency-Key of one request, together with what was asked.</summary>
/// <remarks>Only digests: neither the caller nor anything of the request can be read from what is kept of it.</remarks>
public sealed class RequestKey
{
    /// <summary>Characters of a key.</summary>
    public const int Longest = 255;

    private RequestKey(byte[] keyHash, byte[] requestHash)
    {
        KeyHash = keyHash;
        RequestHash = requestHash;
    }

    /// <summary>SHA-256 of the caller and the key: keys of different callers never meet.</summary>
    public byte[] KeyHash { get; }

    /// <summary>SHA-256 of what was asked.</summary>
    public byte[] RequestHash { get; }

    /// <summary>Set when the answer is that of an earlier request.</summary>
    public bool IsReplayed { get; set; }

    /// <param name="principal">Who asks.</param>
    /// <param name="key">As the caller gave it; see <see cref="IsKey"/>.</param>
    /// <param name="asked">All texts of the request that say what is asked, in a fixed order: method, address, conditions.</param>
    /// <param name="body">As it was sent, unpacked.</param>
    public static RequestKey Of(
        string principal, string key, ReadOnlySpan<string?> asked, ReadOnlySpan<byte> body)
    {
        using var request = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in asked)
            Append(request, text);
        request.AppendData(body);
        using var whose = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(whose, principal);
        Append(whose, key);
        return new RequestKey(whose.GetHashAndReset(), request.GetHashAndReset());
    }

    /// <summary>True for 1 to 255 printable ASCII characters.</summary>
    public static bool IsKey(string text) =>
        text.Length is > 0 and <= Longest && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <summary>For work that goes on in another process.</summary>
    public string ToText() => Convert.ToHexString(KeyHash) + Convert.ToHexString(RequestHash);

    /// <param name="text">Made by <see cref="ToText"/>.</param>
    public static RequestKey Read(string text) => new(
        Convert.FromHexString(text[..(text.Length / 2)]), Convert.FromHexString(text[(text.Length / 2)..]));

    /// <summary>The key of one entry of a batch, which is a request of its own.</summary>
    public RequestKey OfEntry(int index)
    {
        using var whose = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        whose.AppendData(KeyHash);
        Append(whose, index.ToString(CultureInfo.InvariantCulture));
        return new RequestKey(whose.GetHashAndReset(), RequestHash);
    }

    /// <summary>With its length before it, so that two texts in a row never read as two others.</summary>
    private static void Append(IncrementalHash hash, string? text)
    {
        hash.AppendData(BitConverter.GetBytes(text?.Length ?? -1));
        hash.AppendData(Encoding.UTF8.GetBytes(text ?? ""));
    }
}
