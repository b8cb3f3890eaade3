using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

using Ajanvaraus.Fhir.Persistence.Identities;

namespace Ajanvaraus.Fhir.Persistence.Audit;

/// <summary>Makes entries hold on to each other: HMAC-SHA-256 over each and the one before it.</summary>
/// <remarks>
/// Whoever changes, adds or removes an entry without the secret leaves a chain that does not fit. Taken over the content
/// in clear, so that the keys which it is stored under may change. Source: ADR 0030.
/// </remarks>
public sealed class AuditSeal(byte[] secret)
{
    /// <summary>Bytes of a secret.</summary>
    public const int SecretLength = 32;

    private const int BlockLength = 16;

    /// <summary>At random, and nothing that could be taken for sealed bytes: where there are no keys it is stored as it is.</summary>
    public static byte[] NewSecret()
    {
        while (true)
            if (RandomNumberGenerator.GetBytes(SecretLength) is var secret && !IdentityKeys.IsSealed(secret))
                return secret;
    }

    /// <summary>Of an entry.</summary>
    /// <param name="before">Hash of the entry before it; empty for the first of a chain.</param>
    public byte[] Hash(AuditPlace place, long recorded, ReadOnlySpan<byte> before, AuditRecord record)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        mac.AppendData("entry"u8);
        Add(mac, place.Chain);
        Add(mac, place.Seq);
        Add(mac, recorded);
        Add(mac, before);
        Add(mac, record.Agent);
        Add(mac, record.Body);
        foreach (var line in record.Lines)
        {
            Add(mac, line.Client);
            Add(mac, line.Entity);
        }
        return mac.GetHashAndReset();
    }

    /// <summary>Of the end of a chain.</summary>
    public byte[] Mac(AuditPlace last, ReadOnlySpan<byte> hash)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        mac.AppendData("end"u8);
        Add(mac, last.Chain);
        Add(mac, last.Seq);
        Add(mac, hash);
        return mac.GetHashAndReset();
    }

    /// <summary>The public name of a line, which tells neither how many there are nor which came first.</summary>
    /// <returns>32 hexadecimal digits: one block of AES.</returns>
    public string Name(AuditPlace place, int line)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        BinaryPrimitives.WriteInt32BigEndian(block, place.Chain);
        BinaryPrimitives.WriteInt64BigEndian(block[4..], place.Seq);
        BinaryPrimitives.WriteInt32BigEndian(block[12..], line);
        using var cipher = Names();
        return Convert.ToHexStringLower(cipher.EncryptEcb(block, PaddingMode.None));
    }

    /// <summary>What <see cref="Name"/> was made of; null for what is no name.</summary>
    public (AuditPlace Place, int Line)? Find(string name)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        if (name.Length != 2 * BlockLength
            || Convert.FromHexString(name, block, out _, out _) != System.Buffers.OperationStatus.Done)
            return null;
        using var cipher = Names();
        var plain = cipher.DecryptEcb(block, PaddingMode.None);
        return (
            new AuditPlace(BinaryPrimitives.ReadInt32BigEndian(plain), BinaryPrimitives.ReadInt64BigEndian(plain.AsSpan(4))),
            BinaryPrimitives.ReadInt32BigEndian(plain.AsSpan(12)));
    }

    /// <summary>One block at a time, each different: there is nothing to chain.</summary>
    private Aes Names()
    {
        var cipher = Aes.Create();
        cipher.Key = HMACSHA256.HashData(secret, "names"u8);
        return cipher;
    }

    private static void Add(IncrementalHash mac, string text) => Add(mac, Encoding.UTF8.GetBytes(text));

    // With its length, so that nothing can be moved from one part to the next.
    private static void Add(IncrementalHash mac, ReadOnlySpan<byte> bytes)
    {
        Add(mac, bytes.Length);
        mac.AppendData(bytes);
    }

    private static void Add(IncrementalHash mac, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        mac.AppendData(bytes);
    }
}
