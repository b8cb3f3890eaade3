namespace Ajanvaraus.Fhir.Core.Model;

/// <summary>Makes logical ids: UUID version 7, which grow with time and so stay near each other in an index.</summary>
/// <remarks>Source: RFC 9562, section 5.7.</remarks>
public sealed class IdSource(TimeProvider clock)
{
#pragma warning disable RS0030 // The one place where ids are made.
    public string Next() => Guid.CreateVersion7(clock.GetUtcNow()).ToString();
#pragma warning restore RS0030
}
