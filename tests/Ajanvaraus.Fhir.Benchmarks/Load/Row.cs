namespace Ajanvaraus.Fhir.Benchmarks.Load;

/// <summary>One kind of work with its requests.</summary>
/// <param name="Requests">Each repeats from its beginning, unless it is a supply.</param>
/// <param name="Status">Of a good answer.</param>
/// <param name="IsSupply">Each request can be sent once: a Slot is booked only once.</param>
/// <param name="MedplumOne">Requests per second of the comparison at one connection; 0: none is known.</param>
/// <param name="MedplumMany">The same at 32 connections.</param>
internal sealed record Row(
    string Name, byte[][] Requests, int Status, bool IsSupply = false, double MedplumOne = 0, double MedplumMany = 0)
{
    private int _next = -1;

    /// <summary>The next request; null when the supply is used up.</summary>
    public byte[]? Next()
    {
        var n = Interlocked.Increment(ref _next);
        if (!IsSupply)
            return Requests[(int)((uint)n % (uint)Requests.Length)];
        return n < Requests.Length ? Requests[n] : null;
    }
}

/// <summary>What a row gave.</summary>
/// <param name="Spread">Greatest share of bare Kestrel of a slice over the least: 1.3 says that the machine was busy with something else.</param>
/// <param name="CpuMilliseconds">Of the server, for one request.</param>
internal sealed record Measured(
    Row Row, int Connections, double PerSecond, double Spread, int Failures, double P50, double P95, double P99,
    double CpuMilliseconds)
{
    /// <summary>Bare Kestrel per second in the same moments; 0 where it was not measured beside.</summary>
    public double KestrelPerSecond { get; init; }

    /// <summary>Of bare Kestrel, beside it: 0.5 is half as many per second.</summary>
    public double Share => KestrelPerSecond > 0 ? PerSecond / KestrelPerSecond : double.NaN;

    /// <summary>How many times Medplum's share of bare Kestrel on its machine; NaN where no figure of it is known.</summary>
    public double TimesMedplumByShare(double medplum) =>
        medplum > 0 ? Share / (medplum / (Connections == 1 ? BareKestrel.MedplumOne : BareKestrel.MedplumMany)) : double.NaN;

    /// <summary>SQL statements for one request, those of a group commit among them.</summary>
    public double Statements { get; init; }

    /// <summary>The first answer that was not good, to say why.</summary>
    public string? FirstFailure { get; init; }
}
