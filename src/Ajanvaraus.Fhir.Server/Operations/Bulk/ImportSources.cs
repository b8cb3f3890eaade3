using Ajanvaraus.Fhir.Server.Jobs;

namespace Ajanvaraus.Fhir.Server.Operations.Bulk;

/// <summary>Where the lines of an import come from: what was sent, and addresses.</summary>
internal sealed class ImportSources
{
    /// <summary>The beginning of the names of files that were sent.</summary>
    public const string SentPrefix = "input-";

    /// <summary>An address, or the name of a file that was sent, for each input.</summary>
    public ImmutableArray<string> Addresses { get; private set; } = [];

    public ImmutableArray<JobPart> Files { get; private set; } = [];

    public ImportSources Add(string address)
    {
        Addresses = Addresses.Add(address);
        return this;
    }

    /// <param name="gzip">The lines.</param>
    public ImportSources Add(byte[] gzip)
    {
        var name = $"{SentPrefix}{Addresses.Length}";
        Files = Files.Add(new JobPart(name, 0, 0, gzip));
        return Add(name);
    }
}
