using System.CommandLine;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Server.Security.Policy;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary><c>policy</c>: prints the access policy that comes with the server, as a table to start one's own from.</summary>
public static class PolicyCommand
{
    public static Command Create(CommandLanguage language)
    {
        var command = new Command(
            "policy", language.Say(
                "Prints the access policy, as CSV that --policy takes.", "Tulostaa käyttöoikeustaulukon CSV:nä, jonka --policy lukee."));
        command.SetAction(arguments =>
            arguments.InvocationConfiguration.Output.Write(PolicyTable.BuiltIn(R4.Definitions).Text));
        return command;
    }
}
