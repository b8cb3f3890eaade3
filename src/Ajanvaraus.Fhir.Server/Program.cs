using System.CommandLine;
using System.Globalization;

using Ajanvaraus.Fhir.Server.Commands;

// FHIR values and logs never depend on the machine's language.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var root = new RootCommand("Ajanvaraus.Fhir: an HL7 FHIR R4 server for scheduling in social care.")
{
    ServeCommand.Create(),
    DatabaseCommands.Migrate(),
    DatabaseCommands.Check(),
};
return await root.Parse(args).InvokeAsync();
