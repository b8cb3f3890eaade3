using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>What the checks of one validation share: known profiles, terminology, evaluation contexts and a budget.</summary>
/// <remarks>For one thread and one validation.</remarks>
internal sealed class ValidationScope
{
    /// <summary>Elements checked against profiles, all counted; a resource of a megabyte stays well below it.</summary>
    private const int MostSteps = 2_000_000;

    /// <summary>Profiles of profiles of profiles: deeper nesting comes of definitions that run in circles.</summary>
    private const int MostDepth = 100;

    private readonly List<FhirPathValue> _values = [];
    private readonly HashSet<(ElementNode, string)> _underway = [];
    private readonly Dictionary<(ElementNode, string), bool> _conformance = [];
    private readonly HashSet<(string, string)> _told = [];
    private FhirPathContext? _context;
    private ElementNode? _contextResource;
    private ElementNode? _contextContainer;
    private BundleIndex? _bundle;
    private int _steps;
    private int _depth;

    public required ElementNode Root { get; init; }

    public ITerminology? Terminology { get; init; }

    /// <summary>Best practices and other advice that is wanted only when somebody asks for a validation.</summary>
    public bool TellsAdvice { get; init; }

    /// <summary>How often a question met itself further out and was taken to be answered by yes.</summary>
    public int Assumptions { get; private set; }

    public bool IsExhausted => _steps > MostSteps || _depth > MostDepth;

    /// <summary>The resources of the outermost Bundle by their addresses; null when the root is none.</summary>
    public BundleIndex? Bundle => Root.Type.Name != "Bundle" ? null : _bundle ??= new BundleIndex(Root);

    /// <summary>Counts one element against one profile; false when the budget is used up.</summary>
    public bool TryStep()
    {
        _steps++;
        return !IsExhausted;
    }

    /// <summary>Begins to check an element against a profile; false when that is under way further out.</summary>
    public bool TryEnter(ElementNode node, string profile)
    {
        if (!_underway.Add((node, profile)))
        {
            Assumptions++;
            return false;
        }
        _depth++;
        return true;
    }

    public void Leave(ElementNode node, string profile)
    {
        _underway.Remove((node, profile));
        _depth--;
    }

    /// <summary>An answer that was found before; null: not asked yet.</summary>
    public bool? KnownConformance(ElementNode node, string profile) =>
        _conformance.TryGetValue((node, profile), out var known) ? known : null;

    public void Remember(ElementNode node, string profile, bool conforms) => _conformance[(node, profile)] = conforms;

    /// <summary>Tells once what of a profile cannot be checked.</summary>
    public void TellFault(string profile, string fault, Findings findings)
    {
        if (!findings.IsQuiet && _told.Add((profile, fault)))
            findings.Add(ProfileMessages.FaultyProfile, Root, fault, profile);
    }

    /// <summary>The truth of an invariant; null when the evaluation breaks a rule of the language.</summary>
    /// <remarks>An empty result is not true: http://hl7.org/fhirpath/N1/#singleton-evaluation-of-collections.</remarks>
    public bool? IsTrue(FhirPathExpression expression, ElementNode node, Findings findings)
    {
        var context = ContextOf(findings.Resource, findings.Container);
        _values.Clear();
        expression.Evaluate(node, context, _values);
        if (context.Error is not null || _values.Count > 1)
            return null;
        return _values.Count == 1 && (_values[0].Boolean ?? true);
    }

    /// <summary>Why the last <see cref="IsTrue"/> had no answer.</summary>
    public string LastFailure => _context?.Error?.ToString() ?? "the result is no single boolean";

    /// <summary>What the expression finds, evaluated on the resource.</summary>
    public IEnumerable<ElementNode> Select(FhirPathExpression expression, Findings findings)
    {
        var context = ContextOf(findings.Resource, findings.Container);
        var values = new List<FhirPathValue>();
        expression.Evaluate(findings.Resource, context, values);
        return values.Select(value => value.Node).OfType<ElementNode>();
    }

    private FhirPathContext ContextOf(ElementNode resource, ElementNode container)
    {
        if (_context is null || _contextResource != resource || _contextContainer != container)
        {
            _context = new FhirPathContext
            {
                Resource = resource,
                RootResource = container,
                Resolver = Bundle is { } bundle ? url => bundle.Find(url, container) : null,
            };
            (_contextResource, _contextContainer) = (resource, container);
        }
        return _context;
    }
}
