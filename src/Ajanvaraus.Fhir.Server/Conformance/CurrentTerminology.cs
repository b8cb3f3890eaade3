using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;

namespace Ajanvaraus.Fhir.Server.Conformance;

/// <summary>Terminology over the resources that are in force: what is written counts from the next question on.</summary>
public sealed class CurrentTerminology(ConformanceCatalogue catalogue, TimeProvider clock)
{
    private readonly TerminologyResources _resources = new();
    private Moment? _last;

    /// <summary>The same instance as long as nothing has changed, with all that it has worked out.</summary>
    public async ValueTask<Moment> AtAsync(CancellationToken cancel)
    {
        var source = await catalogue.CurrentAsync(cancel);
        if (Volatile.Read(ref _last) is { } last && ReferenceEquals(last.Source, source))
            return last;
        var moment = new Moment(source, new TerminologyService(source, clock, _resources));
        Volatile.Write(ref _last, moment);
        return moment;
    }

    /// <summary>The instance that <see cref="AtAsync"/> gave last; null before the first.</summary>
    public Moment? Last => Volatile.Read(ref _last);

    /// <summary>Terminology with a resource that came with the question, before all others.</summary>
    public TerminologyService With(ElementNode resource, IConformanceSource source) =>
        new(new ConformanceSet([resource], source), clock, _resources);

    /// <summary>Terminology over other resources than those in force.</summary>
    public TerminologyService Over(IConformanceSource source) => new(source, clock, _resources);

    /// <param name="Source">The resources.</param>
    /// <param name="Service">Answers from them.</param>
    public sealed record Moment(IConformanceSource Source, TerminologyService Service);
}
