using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Audit;

namespace Ajanvaraus.Fhir.Server.Audit;

/// <summary>What the database can find of a search of AuditEvents by itself.</summary>
/// <param name="Narrowing">Everything that meets the search meets it.</param>
/// <param name="IsExact">Nothing else does.</param>
/// <param name="Ids">The AuditEvents that are asked for by name; null: any.</param>
internal sealed record AuditCriteria(AuditNarrowing Narrowing, bool IsExact, ImmutableArray<string>? Ids)
{
    public static AuditCriteria Of(SearchExpression? expression)
    {
        var all = new AuditCriteria(AuditNarrowing.None, IsExact: true, Ids: null);
        return expression is null ? all : all.And(expression);
    }

    private AuditCriteria And(SearchExpression operand) => operand switch
    {
        AndExpression { Operands: var operands } => operands.Aggregate(this, (criteria, one) => criteria.And(one)),
        TrustedExpression { Operand: var own } => And(own),
        IdExpression { Ids: var ids } when Ids is null => this with { Ids = ids, IsExact = false },
        DateExpression { Parameter.Code: "date" } date => During(date.Prefix, date.Start, date.End),
        LastUpdatedExpression updated => During(updated.Prefix, updated.Start, updated.End),
        _ => By(operand) ?? this with { IsExact = false },
    };

    private AuditCriteria During(SearchPrefix prefix, long start, long end)
    {
        var (from, to) = prefix switch
        {
            SearchPrefix.Eq => (start, end),
            SearchPrefix.Ge => (start, long.MaxValue),
            SearchPrefix.Gt or SearchPrefix.Sa => (end, long.MaxValue),
            SearchPrefix.Le => (long.MinValue, end),
            SearchPrefix.Lt or SearchPrefix.Eb => (long.MinValue, start),
            _ => (long.MinValue, long.MaxValue),
        };
        return this with
        {
            Narrowing = Narrowing with { From = Math.Max(from, Narrowing.From), To = Math.Min(to, Narrowing.To) },
            IsExact = IsExact && prefix is not (SearchPrefix.Ne or SearchPrefix.Ap or SearchPrefix.Co or SearchPrefix.Po),
        };
    }

    /// <summary>A client may be the one who acts, too.</summary>
    private AuditCriteria? OfPatients(ImmutableArray<string> ids, HashSet<string> codes)
    {
        if (codes.SetEquals(["entity"]))
            return Narrowing.Clients.IsEmpty ? this with { Narrowing = Narrowing with { Clients = ids } } : null;
        return Narrowing.People.IsEmpty
            ? this with
            {
                Narrowing = Narrowing with { People = ids },
                IsExact = IsExact && (codes.Contains("patient") || codes.SetEquals(["agent", "entity"])),
            }
            : null;
    }

    /// <summary>Null for what is not one of some people or things.</summary>
    private AuditCriteria? By(SearchExpression operand)
    {
        var each = (operand is OrExpression or ? or.Operands : [operand]).Select(e => e as ReferenceExpression).ToList();
        if (each.Exists(e => e is not { TargetType: not null }))
            return null;
        var texts = each.Select(e => $"{e!.TargetType}/{e.TargetId}").ToImmutableArray();
        var codes = each.Select(e => e!.Parameter.Code).ToHashSet();
        if (each.TrueForAll(e => e!.TargetType == "Patient") && codes.IsSubsetOf(["patient", "agent", "entity"]))
            return OfPatients([.. each.Select(e => e!.TargetId)], codes);
        return codes.Count != 1 ? null : codes.Single() switch
        {
            "agent" when Narrowing.Agents.IsEmpty => this with { Narrowing = Narrowing with { Agents = texts } },
            "entity" when Narrowing.Entities.IsEmpty => this with { Narrowing = Narrowing with { Entities = texts } },
            _ => null,
        };
    }
}
