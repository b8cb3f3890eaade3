namespace Ajanvaraus.Fhir.Persistence.Idempotency;

/// <summary>What came of a request with an Idempotency-Key.</summary>
/// <param name="RequestHash">SHA-256 of what was asked.</param>
/// <param name="Created">Microseconds since 1970 UTC.</param>
/// <param name="Versions">What it wrote, as the server spelled it; null when the answer is kept whole.</param>
/// <param name="Status">HTTP status of an answer that is kept whole; 0 while there is none.</param>
/// <param name="Body">Of an answer that is kept whole.</param>
public sealed record KeptAnswer(
    ReadOnlyMemory<byte> RequestHash, long Created, string? Versions, int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>Begun, and neither answered nor given up.</summary>
    public bool IsUnderWay => Versions is null && Status == 0;
}
