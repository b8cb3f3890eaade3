using System.Security.Cryptography;
using System.Text;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Engine;

namespace Ajanvaraus.Fhir.Persistence.Identities;

/// <summary>Hides personal identity codes in the database: by keyed hash where they are looked for, sealed where they are kept.</summary>
/// <remarks>
/// <para>What holds a code anywhere is sealed whole, with AES-GCM. A sealed body begins with a byte that no JSON and no
/// gzip begins with, so nothing that a client sends can pass for one; all others are passed through as they are.</para>
/// <para>In the index stands instead of a code its HMAC-SHA-256 together with its system. The two keys of a secret are
/// derived from it (HKDF), so that neither tells of the other.</para>
/// <para>The first key is the one that is written by; all are read and looked up by. Source: ADR 0028.</para>
/// </remarks>
public sealed class IdentityKeys
{
    /// <summary>Bytes of a secret.</summary>
    public const int SecretLength = 32;

    /// <summary>Longest name of a key, in characters of ASCII.</summary>
    public const int MaxNameLength = 32;

    private const byte Marker = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private static readonly byte[] SystemInJson = Encoding.ASCII.GetBytes($"\"{Henkilotunnus.System}\"");

    private readonly ImmutableArray<Key> _keys;

    private IdentityKeys(ImmutableArray<Key> keys)
    {
        _keys = keys;
        Mask = keys.IsEmpty ? null : new IndexMask(keys[0].Name, MaskedTree);
    }

    /// <summary>None: nothing that holds a code can be stored.</summary>
    public static IdentityKeys None { get; } = new([]);

    public bool AreNone => _keys.IsEmpty;

    /// <summary>Name of the key that is written by; empty when there is none.</summary>
    public string Current => _keys.IsEmpty ? "" : _keys[0].Name;

    /// <summary>What the index is made of instead of the content itself; null when nothing can be hidden.</summary>
    public IndexMask? Mask { get; }

    /// <param name="secrets">By name, the one to write by first; each of <see cref="SecretLength"/> bytes.</param>
    public static IdentityKeys Of(params IReadOnlyList<(string Name, byte[] Secret)> secrets) =>
        secrets.Count == 0 ? None : new IdentityKeys([.. secrets.Select(s => Key.Of(s.Name, s.Secret))]);

    /// <summary>Whether the body holds a code, or the system of the codes, anywhere.</summary>
    /// <param name="body">JSON in UTF-8.</param>
    public static bool MustHide(ReadOnlySpan<byte> body) =>
        body.IndexOf(SystemInJson) >= 0 || HenkilotunnusText.IsIn(body);

    /// <summary>Whether these bytes are what <see cref="Seal"/> gives.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> stored) => stored.Length > 0 && stored[0] == Marker;

    /// <summary>Name of the key that the bytes are sealed by; null when they are not sealed.</summary>
    public static string? NameOn(ReadOnlySpan<byte> stored) =>
        IsSealed(stored) ? Encoding.ASCII.GetString(NameIn(stored)) : null;

    /// <summary>The bytes under the current key.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        var key = _keys[0];
        var stored = new byte[key.Header.Length + NonceLength + TagLength + plain.Length];
        key.Header.CopyTo(stored, 0);
        var nonce = stored.AsSpan(key.Header.Length, NonceLength);
        var tag = stored.AsSpan(key.Header.Length + NonceLength, TagLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key.OfBodies, TagLength);
        cipher.Encrypt(nonce, plain, stored.AsSpan(stored.Length - plain.Length), tag, key.Header);
        return stored;
    }

    /// <summary>What was stored, in clear; bytes that are not sealed are given as they are.</summary>
    /// <exception cref="StorageFailedException">The key is not known, or somebody changed the bytes.</exception>
    public byte[] Open(byte[] stored)
    {
        if (!IsSealed(stored))
            return stored;
        try
        {
            var name = NameIn(stored);
            var key = KeyOf(name) ?? throw new CryptographicException("No key of that name");
            var rest = stored.AsSpan(key.Header.Length);
            var plain = new byte[rest.Length - NonceLength - TagLength];
            using var cipher = new AesGcm(key.OfBodies, TagLength);
            cipher.Decrypt(
                rest[..NonceLength], rest[(NonceLength + TagLength)..], rest.Slice(NonceLength, TagLength), plain, key.Header);
            return plain;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or OverflowException)
        {
            throw new StorageFailedException(StorageProblems.KeyUnknown, e);
        }
    }

    /// <summary>Whether <see cref="Open"/> gives what was stored.</summary>
    public bool CanOpen(byte[] stored)
    {
        try
        {
            Open(stored);
            return true;
        }
        catch (StorageFailedException)
        {
            return false;
        }
    }

    /// <summary>How the text may stand in the index: as it is, or with its codes hidden by each of the keys.</summary>
    public IReadOnlyList<string> Lookups(string text) =>
        _keys.IsEmpty || !HenkilotunnusText.IsIn(text) ? [text] : [.. _keys.Select(key => Masked(text, key))];

    /// <summary>The text with its codes hidden by the current key.</summary>
    public string Masked(string text) =>
        _keys.IsEmpty || !HenkilotunnusText.IsIn(text) ? text : Masked(text, _keys[0]);

    private ElementNode MaskedTree(ElementNode resource) =>
        resource.MapValues(node => HenkilotunnusText.IsIn(node.Value) ? Masked(node.Value!, _keys[0]) : null);

    private static string Masked(string text, Key key)
    {
        var masked = new StringBuilder();
        var from = 0;
        for (var at = HenkilotunnusText.Find(text); at >= 0; at = HenkilotunnusText.Find(text, from))
        {
            masked.Append(text, from, at - from).Append(key.HashOf(text.AsSpan(at, Henkilotunnus.Length)));
            from = at + Henkilotunnus.Length;
        }
        return masked.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>Empty, and so no key's, when the bytes are cut off.</summary>
    private static ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> stored) =>
        stored.Length > 1 && stored.Length >= stored[1] + 2 ? stored.Slice(2, stored[1]) : [];

    private Key? KeyOf(ReadOnlySpan<byte> name)
    {
        foreach (var key in _keys)
            if (key.Header.AsSpan(2).SequenceEqual(name))
                return key;
        return null;
    }

    /// <param name="Header">What stands before the nonce: marker, length of the name, name. It is authenticated too.</param>
    private sealed record Key(string Name, byte[] Header, byte[] OfBodies, byte[] OfIndex)
    {
        public static Key Of(string name, byte[] secret)
        {
            if (secret.Length != SecretLength || name.Length is 0 or > MaxNameLength || !Ascii.IsValid(name))
                throw new ArgumentException("A key has a short name and 256 bits", nameof(secret));
            return new Key(
                name, [Marker, (byte)name.Length, .. Encoding.ASCII.GetBytes(name)],
                Derived(secret, "Ajanvaraus.Fhir personal identity codes: bodies"u8),
                Derived(secret, "Ajanvaraus.Fhir personal identity codes: index"u8));
        }

        /// <summary>In hexadecimal: stays what it is where an index folds capitals.</summary>
        public string HashOf(ReadOnlySpan<char> code) => Convert.ToHexStringLower(
            HMACSHA256.HashData(OfIndex, Encoding.UTF8.GetBytes($"{Henkilotunnus.System}|{code}")));

        private static byte[] Derived(byte[] secret, ReadOnlySpan<byte> purpose)
        {
            var key = new byte[SecretLength];
            HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, [], purpose);
            return key;
        }
    }
}
