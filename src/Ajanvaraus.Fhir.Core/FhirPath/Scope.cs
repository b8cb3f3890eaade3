using System.Runtime.InteropServices;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary><c>$this</c>, <c>$index</c> and <c>$total</c>.</summary>
internal sealed class Scope
{
    public List<FhirPathValue> This { get; } = [];

    /// <summary>Null outside of <c>aggregate()</c>.</summary>
    public List<FhirPathValue>? Total { get; set; }

    public int Index { get; set; } = -1;

    public void Focus(FhirPathValue item, int index)
    {
        CollectionsMarshal.SetCount(This, 1);
        This[0] = item;
        Index = index;
    }
}

/// <summary>Adds the values of an expression to the output.</summary>
internal delegate void Evaluator(FhirPathContext context, Scope scope, List<FhirPathValue> output);
