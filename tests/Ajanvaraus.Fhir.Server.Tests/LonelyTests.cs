namespace Ajanvaraus.Fhir.Server.Tests;

/// <summary>Tests beside which no other runs: they read all that the process writes to its console, or look at what takes less than a second.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LonelyTests
{
    public const string Name = "lonely";
}
