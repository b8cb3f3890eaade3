using System.ComponentModel;
using System.Diagnostics;

namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>A test that looks at system calls: skipped where <c>strace</c> is not there or may not look.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StraceFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> CanLook = new(Look);

    public StraceFactAttribute() => Skip = CanLook.Value ? null! : "strace is not there, or may not look at other processes";

    private static bool Look()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("strace", ["-qq", "-e", "trace=none", "true"])
            {
                RedirectStandardError = true,
            })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
