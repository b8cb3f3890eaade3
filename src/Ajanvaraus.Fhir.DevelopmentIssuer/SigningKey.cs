using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.DevelopmentIssuer;

/// <summary>The key of this issuer, ES384, kept in a file that its owner alone may read.</summary>
internal sealed class SigningKey : IDisposable
{
    private const int IdBytes = 8;

    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        Id = Base64Url.EncodeToString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, IdBytes));
    }

    public string Id { get; }

    /// <summary>Reads the key, or makes it where there is none.</summary>
    public static SigningKey Open(string path)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        if (File.Exists(path))
        {
            key.ImportFromPem(File.ReadAllText(path));
            return new SigningKey(key);
        }
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.Write(key.ExportPkcs8PrivateKeyPem());
        return new SigningKey(key);
    }

    public JsonObject Public()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["kty"] = "EC", ["crv"] = "P-384", ["use"] = "sig", ["alg"] = "ES384", ["kid"] = Id,
            ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y),
        };
    }

    public string Sign(JsonObject claims, string type)
    {
        var header = new JsonObject { ["alg"] = "ES384", ["kid"] = Id, ["typ"] = type };
        var text = $"{Encode(header)}.{Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA384))}";
    }

    /// <summary>The claims of a token that this key has signed; else null.</summary>
    public JsonObject? Read(string token)
    {
        if (token.Split('.') is not [var header, var claims, var signature])
            return null;
        try
        {
            var isOwn = _key.VerifyData(
                Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA384);
            return isOwn ? JsonNode.Parse(Base64Url.DecodeFromChars(claims)) as JsonObject : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public void Dispose() => _key.Dispose();

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
