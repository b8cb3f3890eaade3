using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>Which resources a transaction writes: by the ids given, by conditions, or new ones.</summary>
/// <param name="visibility">What conditions find: what the caller sees; null: everything.</param>
internal sealed class WriteIdentities(
    WriteSession session, WriteServices services, ImmutableArray<WriteTarget> targets, Visibility? visibility)
{
    public async ValueTask<Problem?> FindAsync()
    {
        foreach (var target in targets)
        {
            if (await IdentifyAsync(target) is { } problem)
                return target.Locate(problem);
        }
        return CheckIdentities();
    }

    /// <summary>A condition may have found what another entry names, or what another condition has found.</summary>
    /// <remarks>Source: http://hl7.org/fhir/R4/http.html#trules: "if any resource identities overlap … fail".</remarks>
    private Problem? CheckIdentities()
    {
        if (targets.Length < 2)
            return null;
        var written = new Dictionary<(string Type, string Id), WriteTarget>();
        var conditions = new Dictionary<string, WriteTarget>();
        foreach (var target in targets)
        {
            // Two that make what is not there yet by one condition would make it twice.
            var isNew = target.Intent is { IfNoneExist: not null } or { Condition: not null } && !target.IsDone;
            if (isNew && !conditions.TryAdd(ConditionText(target.Intent), target))
                return Duplicate(conditions[ConditionText(target.Intent)], target);
            if (!target.IsDone && !written.TryAdd((target.Type, target.Id), target))
                return Duplicate(written[(target.Type, target.Id)], target);
        }
        return null;
    }

    private static Problem? Duplicate(WriteTarget first, WriteTarget second) => second.Intent.EntryIndex < 0
        ? null
        : RestIssues.DuplicateIdentity(first.Intent.EntryIndex, second.Intent.EntryIndex);

    private async ValueTask<Problem?> IdentifyAsync(WriteTarget target)
    {
        var intent = target.Intent;
        if ((intent.IfNoneExist ?? intent.Condition) is { } condition)
        {
            await session.LockConditionAsync(ConditionText(intent));
            var found = await session.FindAsync(intent.Type, condition.Expression, limit: 2, visibility);
            if (found.Length > 1)
                return WriteProblems.SeveralMatches();
            if (found.Length == 1 && intent.IfNoneExist is not null)
            {
                target.Id = found[0].Id;
                target.Finish(found[0], WriteEffect.Unchanged);
                return null;
            }
            if (found.Length == 1)
            {
                if (intent.Resource?.Id is { } given && given != found[0].Id)
                    return WriteProblems.IdDiffersFromMatch();
                target.Id = found[0].Id;
            }
        }
        if (target.Id.Length == 0 && intent is { Condition: not null, Resource.Id: { } named })
            target.Id = named;
        if (target.Id.Length == 0)
        {
            target.Id = services.Ids.Next();
            session.TakeNew(target.Type, target.Id);
        }
        return null;
    }

    /// <summary>The same for the same criteria in any order.</summary>
    private static string ConditionText(WriteIntent intent) =>
        intent.Type + '?' + string.Join('&', (intent.IfNoneExist ?? intent.Condition)!.Applied
            .Select(p => $"{p.Key}={p.Value}").Order(StringComparer.Ordinal));
}
