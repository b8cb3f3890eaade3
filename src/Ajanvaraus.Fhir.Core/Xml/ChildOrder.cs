using Ajanvaraus.Fhir.Core.Definitions;

namespace Ajanvaraus.Fhir.Core.Xml;

/// <summary>How a child stands to those before it.</summary>
internal enum ChildPlace { InOrder, Early, Apart, Again }

/// <summary>Follows the children of one element, which stand in the order of the definition, repetitions
/// together.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/xml.html .</remarks>
internal struct ChildOrder
{
    private UInt128 _seen;

    /// <summary>The furthest property in the order of the definition that was read.</summary>
    public PropertySchema? Last { get; private set; }

    /// <summary>Place of the child just taken among the repetitions of <see cref="Last"/>.</summary>
    public int Index { get; private set; }

    /// <summary>Again: of an element that does not repeat, or of a second type of a choice. It is not taken.</summary>
    public ChildPlace Take(PropertySchema property)
    {
        var element = property.Element;
        var bit = UInt128.One << element.Index;
        var isSeen = (_seen & bit) != 0;
        _seen |= bit;
        if (isSeen && !element.IsArray)
            return ChildPlace.Again;
        if (Last is not null && element.Index < Last.Element.Index)
            return isSeen ? ChildPlace.Apart : ChildPlace.Early;
        Index = property == Last ? Index + 1 : 0;
        Last = property;
        return ChildPlace.InOrder;
    }
}
