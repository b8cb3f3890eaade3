using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Audit;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Jobs;
using Ajanvaraus.Fhir.Server.Messages;
using Ajanvaraus.Fhir.Server.Operations;
using Ajanvaraus.Fhir.Server.Operations.Bulk;
using Ajanvaraus.Fhir.Server.Operations.Meta;
using Ajanvaraus.Fhir.Server.Operations.Terminology;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;
using Ajanvaraus.Fhir.Server.Security.Representation;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server;

/// <summary>Everything that answers FHIR requests, put together over one store.</summary>
public sealed class FhirFacade
{
    private readonly Lazy<AccessPolicy> _policy;
    private BundleInteraction? _bundles;

    public FhirFacade(ResourceStore store, ServerOptions options, TimeProvider clock)
    {
        var definitions = R4.Definitions;
        var settings = new SearchSettings { BaseUrl = options.BaseUrl, Clock = clock };
        SearchParameters = new CurrentSearchParameters(BuiltInRules.SearchParameters, store, settings);
        var parameters = SearchParameters.BuiltIn;
        _policy = new Lazy<AccessPolicy>(() => new AccessPolicy(
            options.Tokens.Policy is { } policy ? PolicyTable.Read(policy, definitions) : PolicyTable.BuiltIn(definitions),
            parameters, new SearchQueryParser(parameters, settings)));
        Conformance = new ConformanceCatalogue(store, ProfilePackage.Instance);
        Terminology = new CurrentTerminology(Conformance, clock);
        var criteria = new SearchCriteria(SearchParameters, Terminology);
        Validator = BuiltInRules.Validator;
        Profiles = new ProfileValidation(Terminology, Validator, definitions, options.Profiles);
        Services = new WriteServices(
            SearchParameters, new IdSource(clock), new ConditionalReferences(criteria), criteria, new SlotClaims(Profiles))
        {
            MaxBookings = options.MaxBookings,
            Messages = options.Messages.IsNone ? null : new OutgoingMessages(options.Messages.Quiet),
        };
        Holds = new HoldExpiry(store, Services, clock);
        var keys = new RequestKeys(store, options.KeepKeys, clock);
        Pipeline = new WritePipeline(store, Holds, Services, keys, Profiles);
        var seal = new PageSeal(store);
        var log = new AuditLog(store);
        var events = new AuditEvents(store, log, Services, clock);
        var search = new Search(
            new ComputedSlotSearch(store, Services, clock), events, Holds, criteria, seal, clock);
        var audit = new AccessAudit(log, IsOfClients, options.OwnBaseUrls, () => !store.Identities.AreNone);
        Board = new JobBoard(store, options.Jobs, clock);
        var exports = new ExportServices(
            store, Board, new PatientCompartment(parameters), criteria, definitions.ResourceTypes, settings.Zone,
            NeedsToken: !options.IsOpen, () => Access, audit);
        var find = new FindServices(
            store, Holds, SearchParameters.Parser, new FindLimits(), Services.SlotClaims, clock);
        Groups = new GroupDecisions(Pipeline, find);
        Operations = new OperationTable(
        [
            .. SchedulingOperations.All(Pipeline, find, Validator, keys, Services.Ids, options.Holds, Groups),
            .. TerminologyOperations.All(Terminology, store),
            new TellVersions(),
            new ValidateResource(store, Profiles),
            new EvaluateFhirPath(clock, Terminology, Profiles),
            new TellMeta(store, parameters),
            .. ChangeMeta.All(store, Services, Profiles, Validator).Select(change => new AnsweredOnce(change, keys)),
            new PatientEverything(store, exports.Compartment, search, settings.Zone),
            .. StartExport.All(exports),
            new StartImport(Board),
            new StartReindex(Board),
            new ProcessBundle(() => _bundles!),
        ]);
        Dispatcher = new Dispatcher(new TargetParser(definitions), Operations)
        {
            Rates = new RequestRates(options.Rates, clock),
            Audit = audit,
        };

        Dispatcher.Representatives = new Representatives(store, new SearchQueryParser(parameters, settings), () => _policy.Value, clock);
        var requests = new RequestWork(Board, () => Dispatcher, () => Access);
        Dispatcher.Background = requests.StartAsync;
        Works =
        [
            requests, new ExportWork(exports), new ReindexWork(store, SearchParameters, clock),
            new ImportWork(new ImportServices(this, store, options.Limits.MaxTerminologyBytes, clock, !options.IsOpen, audit)),
        ];
        Dispatcher.Add(TargetKind.Job, HttpMethods.Get, new JobStatus(Board));
        Dispatcher.Add(TargetKind.Job, HttpMethods.Delete, new JobCancel(Board));
        Dispatcher.Add(TargetKind.JobFile, HttpMethods.Get, new JobFileRead(store, Board));
        Dispatcher.Add(
            TargetKind.Metadata, HttpMethods.Get,
            new Capabilities(definitions, SearchParameters, Operations, clock, needsToken: !options.IsOpen));
        var history = new History(store, Holds, options.Limits, settings.Zone);
        AddReads(store, search, events, parameters, history, new HistorySearch(history, store, criteria, seal, clock));
        AddWrites(new ResourceReader(Validator), criteria, options, clock);
    }

    public WriteServices Services { get; }

    /// <summary>The search parameters in force.</summary>
    public CurrentSearchParameters SearchParameters { get; }

    /// <summary>How identities are read: scopes by the search parameters in force, and the policy.</summary>
    public AccessRules Access => new(new SmartScopeParser(R4.Definitions, SearchParameters.Parser), _policy.Value);

    public HoldExpiry Holds { get; }

    public WritePipeline Pipeline { get; }

    public StructuralValidator Validator { get; }

    /// <summary>Validates by the profiles in force.</summary>
    public ProfileValidation Profiles { get; }

    /// <summary>Profiles, value sets and code systems in force.</summary>
    public ConformanceCatalogue Conformance { get; }

    /// <summary>Answers from them what codes mean.</summary>
    public CurrentTerminology Terminology { get; }

    public OperationTable Operations { get; }

    /// <summary>Whether groups take place.</summary>
    internal GroupDecisions Groups { get; }

    public Dispatcher Dispatcher { get; }

    /// <summary>Work in the background: begun, looked at, cancelled.</summary>
    public JobBoard Board { get; }

    /// <summary>The kinds of such work.</summary>
    public ImmutableArray<IJobWork> Works { get; }

    /// <summary>Types whose resources tell something of clients.</summary>
    private bool IsOfClients(string type) =>
        _policy.Value.Table.Classes.GetValueOrDefault(type) is "client" or "record" or "audit";

    private void AddReads(
        ResourceStore store, Search search, AuditEvents events, SearchParameterRegistry parameters, History history,
        HistorySearch byCriteria)
    {
        Dispatcher.Add(TargetKind.Instance, HttpMethods.Get, new Read(store, events, Holds, Services.SlotClaims));
        Dispatcher.Add(TargetKind.Version, HttpMethods.Get, new VRead(store));
        Dispatcher.Add(TargetKind.Type, HttpMethods.Get, search);
        Dispatcher.Add(TargetKind.TypeSearchForm, HttpMethods.Post, search);
        var systemSearch = new SystemSearch(search, R4.Definitions);
        Dispatcher.Add(TargetKind.System, HttpMethods.Get, systemSearch);
        Dispatcher.Add(TargetKind.SystemSearchForm, HttpMethods.Post, systemSearch);
        var compartments = new CompartmentSearch(search, parameters);
        Dispatcher.Add(TargetKind.Compartment, HttpMethods.Get, compartments);
        Dispatcher.Add(TargetKind.CompartmentSearchForm, HttpMethods.Post, compartments);
        Dispatcher.Add(TargetKind.InstanceHistory, HttpMethods.Get, history);
        Dispatcher.Add(TargetKind.TypeHistory, HttpMethods.Get, byCriteria);
        Dispatcher.Add(TargetKind.TypeHistory, HttpMethods.Post, byCriteria);
        Dispatcher.Add(TargetKind.SystemHistory, HttpMethods.Get, history);
    }

    private void AddWrites(
        ResourceReader reader, SearchCriteria criteria, ServerOptions options, TimeProvider clock)
    {
        var update = new Update(Pipeline, reader, criteria, options.RequiresIfMatch);
        var delete = new Delete(Pipeline, criteria, options.RequiresIfMatch);
        var patch = new Patch(Pipeline, new PatchReader(clock), reader, criteria, options.RequiresIfMatch);
        Dispatcher.Add(TargetKind.Type, HttpMethods.Post, new Create(Pipeline, reader, criteria));
        Dispatcher.Add(TargetKind.Type, HttpMethods.Put, update);
        Dispatcher.Add(TargetKind.Type, HttpMethods.Delete, delete);
        Dispatcher.Add(TargetKind.Type, HttpMethods.Patch, patch);
        Dispatcher.Add(TargetKind.Instance, HttpMethods.Put, update);
        Dispatcher.Add(TargetKind.Instance, HttpMethods.Patch, patch);
        Dispatcher.Add(TargetKind.Instance, HttpMethods.Delete, delete);
        var entries = new BundleEntries(Dispatcher.Targets);
        _bundles = new BundleInteraction(
            new Batch(entries, Dispatcher), new Transaction(entries, Dispatcher, Pipeline), options.Limits);
        Dispatcher.Add(TargetKind.System, HttpMethods.Post, _bundles);
    }
}
