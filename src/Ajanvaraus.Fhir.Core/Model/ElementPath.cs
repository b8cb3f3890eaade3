using System.Text;

using Ajanvaraus.Fhir.Core.Definitions;

namespace Ajanvaraus.Fhir.Core.Model;

/// <summary>Where a walk through a resource stands; becomes text only when something is to be said.</summary>
/// <remarks>Shape: <c>Appointment.participant[0].actor.reference</c>, with an index on what repeats.</remarks>
public struct ElementPath
{
    private (PropertySchema? Property, string? Root, int Index)[] _steps;
    private int _count;

    public ElementPath()
    {
        _steps = new (PropertySchema?, string?, int)[16];
    }

    public void Push(string root) => Add((null, root, -1));

    public void Push(PropertySchema property, int index = -1) => Add((property, null, index));

    public void Pop() => _count--;

    public override readonly string ToString()
    {
        var text = new StringBuilder();
        for (var i = 0; i < _count; i++)
        {
            var (property, root, index) = _steps[i];
            if (i > 0)
                text.Append('.');
            text.Append(root ?? property!.Element.Name);
            if (index >= 0)
                text.Append('[').Append(index).Append(']');
        }
        return text.ToString();
    }

    private void Add((PropertySchema?, string?, int) step)
    {
        if (_count == _steps.Length)
            Array.Resize(ref _steps, _count * 2);
        _steps[_count++] = step;
    }
}
