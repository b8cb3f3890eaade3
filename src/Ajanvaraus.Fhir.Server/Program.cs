using System.Globalization;

using Ajanvaraus.Fhir.Server.Commands;

// FHIR values and logs never depend on the machine's language.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

return await CommandLine.RunAsync(args, Directory.GetCurrentDirectory(), Environment.GetEnvironmentVariable);
