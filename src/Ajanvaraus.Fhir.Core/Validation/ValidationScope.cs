using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Validation.Profiles;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>What the checks of one validation share: known profiles, terminology, evaluation contexts and a budget.</summary>
/// <remarks>For one thread and one validation.</remarks>
internal sealed class ValidationScope
{
    /// <summary>Elements checked against profiles, all counted; a resource of a megabyte stays well below it.</summary>
    private const int MostSteps = 2_000_000;

    /// <summary>Profiles of profiles of profiles: deeper nesting comes of definitions that run in circles.</summary>
    private const int MostDepth = 100;

    private readonly HashSet<(ElementNode, string)> _underway = [];
    private readonly Dictionary<(ElementNode, string), bool> _conformance = [];
    private readonly HashSet<(string, string)> _told = [];
    private List<FhirPathValue>? _values;
    private FhirPathContext? _context;
    private BundleIndex? _bundle;
    private int _steps;
    private int _depth;

    public required ElementNode Root { get; init; }

    /// <summary>Null where only the base definitions are checked.</summary>
    public ProfileLibrary? Profiles { get; init; }

    public ITerminology? Terminology { get; init; }

    /// <summary>Best practices and other advice that is wanted only when somebody asks for a validation.</summary>
    public bool TellsAdvice { get; init; }

    /// <summary>How often a question met itself further out and was taken to be answered by yes.</summary>
    public int Assumptions { get; private set; }

    public bool IsExhausted => _steps > MostSteps || _depth > MostDepth;

    /// <summary>What is written together with the root; null when it is written alone.</summary>
    public BundleIndex? Around { get; init; }

    /// <summary>The resources of the outermost Bundle by their addresses, or of the transaction that the root is part
    /// of; null when there is neither.</summary>
    public BundleIndex? Bundle => Root.Type.Name != "Bundle" ? Around : _bundle ??= new BundleIndex(Root);

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

    /// <summary>The truth of an invariant; null, with the reason, when it has none.</summary>
    /// <remarks>An empty result is not true: http://hl7.org/fhirpath/N1/#singleton-evaluation-of-collections.</remarks>
    public bool? IsTrue(FhirPathExpression expression, ElementNode node, Findings findings, out string failure)
    {
        var (context, values) = TakeContext(findings);
        expression.Evaluate(node, context, values);
        failure = context.Error?.ToString() ?? (values.Count > 1 ? "the result is no single boolean" : "");
        bool? result = failure.Length > 0 ? null : values.Count == 1 && (values[0].Boolean ?? true);
        GiveBack(context, values);
        return result;
    }

    /// <summary>What the expression finds, evaluated on the resource.</summary>
    public ImmutableArray<ElementNode> Select(FhirPathExpression expression, Findings findings)
    {
        var (context, values) = TakeContext(findings);
        expression.Evaluate(findings.Resource, context, values);
        ImmutableArray<ElementNode> found = [.. values.Select(value => value.Node).OfType<ElementNode>()];
        GiveBack(context, values);
        return found;
    }

    /// <summary>A context for one evaluation; one that asks <c>conformsTo()</c> leads to evaluations inside it.</summary>
    private (FhirPathContext Context, List<FhirPathValue> Values) TakeContext(Findings findings)
    {
        var context = _context;
        if (context is null || context.Resource != findings.Resource || context.RootResource != findings.Container)
        {
            context = new FhirPathContext
            {
                Resource = findings.Resource,
                RootResource = findings.Container,
                Resolver = Bundle is { } bundle ? url => bundle.Find(url, findings.Container) : null,
                Terminology = Terminology,
                Conformance = Profiles is { } profiles ? new ConformanceHere(profiles, findings) : null,
            };
        }
        var values = _values ?? [];
        (_context, _values) = (null, null);
        return (context, values);
    }

    private void GiveBack(FhirPathContext context, List<FhirPathValue> values)
    {
        values.Clear();
        (_context, _values) = (context, values);
    }

    /// <summary>Answers <c>conformsTo()</c> and <c>slice()</c> within the validation that is under way, with its budget and its guard.</summary>
    private sealed class ConformanceHere(ProfileLibrary profiles, Findings findings) : IProfileConformance
    {
        public bool? Conforms(ElementNode node, string profile) => profiles.Conforms(node, profile, findings.Quiet());

        public ImmutableArray<ElementNode> Slice(ElementNode node, string profile, string slice) =>
            profiles.Slice(node, profile, slice, findings.Quiet());
    }
}
