using System.CommandLine;

using Ajanvaraus.Fhir.Server.Middleware;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary>Options of what one request may ask of the server, each within its bounds.</summary>
internal sealed class LimitOptions
{
    private const int Kilobyte = 1024;
    private const int Gigabyte = 1024 * 1024 * 1024;

    private readonly Option<int> _resourceBytes;
    private readonly Option<int> _terminologyBytes;
    private readonly Option<int> _bundleBytes;
    private readonly Option<int> _bundleEntries;
    private readonly Option<int> _defaultCount;
    private readonly Option<int> _maxCount;
    private readonly CommandLanguage _language;

    public LimitOptions(CommandLanguage language)
    {
        _language = language;
        var limits = FhirLimits.Default;
        _resourceBytes = Number("--max-resource-bytes", limits.MaxResourceBytes, Kilobyte, Gigabyte,
            "Bytes of one resource at the most.", "Yhden resurssin tavumäärä enintään.");
        _terminologyBytes = Number("--max-terminology-bytes", limits.MaxTerminologyBytes, Kilobyte, Gigabyte,
            "Bytes of one CodeSystem, ValueSet or ConceptMap at the most.",
            "Yhden koodiston, koodijoukon tai muunnoksen tavumäärä enintään.");
        _bundleBytes = Number("--max-bundle-bytes", limits.MaxBundleBytes, Kilobyte, Gigabyte,
            "Bytes of a batch or transaction at the most.", "Erän tai transaktion tavumäärä enintään.");
        _bundleEntries = Number("--max-bundle-entries", limits.MaxBundleEntries, 1, 1_000_000,
            "Entries of a batch or transaction at the most.", "Erän tai transaktion merkintöjen määrä enintään.");
        _defaultCount = Number("--default-count", limits.DefaultCount, 1, 100_000,
            "Versions on a page of a history.", "Versioita historian sivulla.");
        _maxCount = Number("--max-count", limits.MaxCount, 1, 100_000,
            "Versions on a page of a history at the most.", "Versioita historian sivulla enintään.");
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])
            [_resourceBytes, _terminologyBytes, _bundleBytes, _bundleEntries, _defaultCount, _maxCount])
            command.Options.Add(option);
    }

    public FhirLimits Of(ParseResult arguments) => new(
        arguments.GetValue(_resourceBytes), arguments.GetValue(_terminologyBytes), arguments.GetValue(_bundleBytes),
        arguments.GetValue(_bundleEntries), arguments.GetValue(_defaultCount), arguments.GetValue(_maxCount));

    private Option<int> Number(string name, int byDefault, int least, int most, string english, string finnish) =>
        ServerCommand.Number(name, byDefault, least, most, _language, english, finnish);
}
