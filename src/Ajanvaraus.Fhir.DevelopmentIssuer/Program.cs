using Ajanvaraus.Fhir.DevelopmentIssuer;

return await IssuerCommands.Root().Parse(args).InvokeAsync();
