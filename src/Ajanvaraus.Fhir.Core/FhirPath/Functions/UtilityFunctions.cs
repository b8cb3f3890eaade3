using System.Globalization;

namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#utility-functions.</summary>
internal static class UtilityFunctions
{
    public static readonly FunctionDefinition[] All =
    [
        // The specification lets an engine decide where a trace goes; this one keeps no trace of personal data.
        new("trace", 1, 2, static (in FunctionCall call) => call.Output.AddRange(call.Input)),
        new("now", 0, 0, static (in FunctionCall call) => Moment(call, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'")),
        new("today", 0, 0, static (in FunctionCall call) => Moment(call, "yyyy-MM-dd")),
    ];

    private static void Moment(in FunctionCall call, string format)
    {
        var text = call.Context.Clock.GetUtcNow().ToString(format, CultureInfo.InvariantCulture);
        call.Output.Add(FhirPathValue.Of(FhirPathTemporal.ParseDateTime(text)!));
    }
}
