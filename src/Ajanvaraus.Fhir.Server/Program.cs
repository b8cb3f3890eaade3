using System.CommandLine;
using System.Globalization;

using Ajanvaraus.Fhir.Server.Commands;
using Ajanvaraus.Fhir.Server.Demo;

// FHIR values and logs never depend on the machine's language.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var root = new RootCommand("Ajanvaraus.Fhir: an HL7 FHIR R4 server for scheduling in social care.")
{
    ServeCommand.Create(),
    DemoCommand.Create((demo, cancel) => DemoServer.RunAsync(demo, TimeProvider.System, cancel)),
    DatabaseCommands.Migrate(),
    DatabaseCommands.Check(),
};
return await root.Parse(args).InvokeAsync();
