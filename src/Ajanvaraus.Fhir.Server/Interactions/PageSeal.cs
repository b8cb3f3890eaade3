using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>Makes what page links carry unreadable and unchangeable: sort values and criteria may be personal data.</summary>
/// <remarks>
/// <para>Shape: base64url of the key's id, a nonce, the content by AES-256-GCM and its tag. The path of the search is
/// authenticated with it, so that a link of one search is none of another.</para>
/// <para>The keys stand in the database: any process opens what another has sealed. When the newest is a week old, whoever
/// seals next makes another; a key is forgotten after two weeks, so that a link is good for a week at the least.</para>
/// </remarks>
public sealed class PageSeal(ResourceStore store)
{
    private const int KeyIdBytes = sizeof(int);
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private static readonly TimeSpan Renewed = TimeSpan.FromDays(7);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    /// <summary>One asks the database: the others wait for it.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    private State _state = new([]);

    /// <param name="path">Of the search, below the base.</param>
    /// <param name="now">Microseconds since 1970 UTC.</param>
    /// <param name="page">What the link carries.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <remarks>Errors: those of the storage, where a key is to be made.</remarks>
    public async ValueTask<Outcome<string>> SealAsync(string path, long now, PageState page, CancellationToken cancel)
    {
        var key = await NewestAsync(now, cancel);
        return key.Failed ? key.Problem : Seal(path, key.Value, page.ToBytes());
    }

    /// <summary>Null when the text was not sealed here for that path, or its key is forgotten.</summary>
    public async ValueTask<PageState?> OpenAsync(string path, string text, CancellationToken cancel)
    {
        if (!Base64Url.IsValid(text) || Base64Url.DecodeFromChars(text) is not { } bytes
            || bytes.Length < KeyIdBytes + NonceBytes + TagBytes)
            return null;
        var id = BinaryPrimitives.ReadInt32BigEndian(bytes);
        if ((Find(id) ?? await ReadAsync(id, cancel)) is not { } key)
            return null;
        var content = new byte[bytes.Length - KeyIdBytes - NonceBytes - TagBytes];
        using var aes = new AesGcm(key.Secret.Span, TagBytes);
        try
        {
            aes.Decrypt(
                bytes.AsSpan(KeyIdBytes, NonceBytes), bytes.AsSpan(KeyIdBytes + NonceBytes, content.Length),
                bytes.AsSpan(bytes.Length - TagBytes), content, Encoding.UTF8.GetBytes(path));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        return PageState.Read(content);
    }

    private static string Seal(string path, PageKey key, byte[] content)
    {
        var bytes = new byte[KeyIdBytes + NonceBytes + content.Length + TagBytes];
        BinaryPrimitives.WriteInt32BigEndian(bytes, key.Id);
        var nonce = bytes.AsSpan(KeyIdBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key.Secret.Span, TagBytes);
        aes.Encrypt(
            nonce, content, bytes.AsSpan(KeyIdBytes + NonceBytes, content.Length),
            bytes.AsSpan(bytes.Length - TagBytes), Encoding.UTF8.GetBytes(path));
        return Base64Url.EncodeToString(bytes);
    }

    private PageKey? Find(int id) => Volatile.Read(ref _state).Keys.FirstOrDefault(key => key.Id == id);

    private async ValueTask<PageKey?> ReadAsync(int id, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await ReadAsync(cancel);
            return Find(id);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<Outcome<PageKey>> NewestAsync(long now, CancellationToken cancel)
    {
        if (Fresh(now) is { } known)
            return known;
        await _turn.WaitAsync(cancel);
        try
        {
            await ReadAsync(cancel);
            if (Fresh(now) is { } other)
                return other;
            var made = await store.WriteAsync<PageKey>(AddAsync, cancel);
            if (!made.Failed)
                await ReadAsync(cancel);
            return made;
        }
        finally
        {
            _turn.Release();
        }
    }

    private PageKey? Fresh(long now) => Volatile.Read(ref _state).Keys is [var newest, ..]
        && newest.Created > now - (long)Renewed.TotalMicroseconds
            ? newest
            : null;

    private async ValueTask ReadAsync(CancellationToken cancel) =>
        Volatile.Write(ref _state, new State(await store.QueryAsync(session => session.PageKeys.AllAsync(), cancel)));

    private static async ValueTask<Outcome<PageKey>> AddAsync(WriteSession session)
    {
        var key = new PageKey(
            RandomNumberGenerator.GetInt32(int.MaxValue), session.Now,
            RandomNumberGenerator.GetBytes(PageKey.SecretBytes));
        await session.PageKeys.AddAsync(key, session.Now - (long)Kept.TotalMicroseconds);
        return key;
    }

    private sealed record State(ImmutableArray<PageKey> Keys);
}
