using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Server.Security.Policy;

/// <summary>What somebody sees whom no policy knows: nothing.</summary>
internal sealed class NothingVisible : Visibility
{
    public static readonly NothingVisible Instance = new();

    public override ImmutableArray<string> Types => [];

    public override SearchExpression Of(string type) => new NothingExpression();
}
