using System.Collections.Frozen;

namespace Ajanvaraus.Fhir.Core.Tests.Validation;

/// <summary>Cases whose verdict is knowingly not ours, each with the reason; docs/validation.md tells more.</summary>
internal static class ReferenceCaseDifferences
{
    private const string Terminology = "decided by a terminology server, of a system that is not here";
    private const string Extension = "an unknown extension is an error in its test cases only";
    private const string Progress = "answers may be missing while the status is in-progress; theirs asks for them all the same";

    public static FrozenDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["bundle-id-5"] = Terminology,
        ["obs-temp-code2"] = Terminology,
        ["pat-dob-ext"] = Extension,
        ["uuid-extension"] = Extension,
        ["patient-with-turvakielto"] = Extension,
        ["group-required-qr"] = Progress,
        ["string-min-occurs-qr"] = Progress,
        ["choice-invalid-type-qr"] = "R4 has a choice answered by a Coding; theirs only informs, against the name of its case",
        ["string-with-coding-async-qr"] = "its questionnaire gives a string options, which que-5 forbids; theirs holds the answer against them",
        ["patient-xver"] = "parts of an extension of R2 are checked by that version; only R4 is known here",
        ["encounter-period"] = "per-1: dates of different precision have no order, so none is broken",
        ["toplevel-minvalueduration-fail, by profile"] = "the extension minValueDuration is not one of R4",
        ["list-bad-reference"] = "a write refuses a relative reference that is none, so this is an error and not a warning",
    }.ToFrozenDictionary();
}
