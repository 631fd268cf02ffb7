using System.Globalization;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Identities;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Report;

/// <summary>What the report for a terminal says of a call's identity: its verification step by step, and what its refusal tells.</summary>
internal static class IdentityText
{
    private const int Indent = 4;

    public static void Write(TextLines lines, Call call, CallDiagnosis diagnosis, FindingTexts texts)
    {
        if (diagnosis.VerificationOf(call) is { } result)
        {
            lines.Wrapped(texts.Head("head.identity"), Verdict(result, texts), Indent, InkOf(result.Outcome));
            foreach (var step in result.Identities.SelectMany(i => Explanation.Steps(result, i, texts.Language)))
            {
                var finding = Finding(step, texts) is { } said ? $"{texts.Word("colon")} {said}" : "";
                lines.Wrapped(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"    {step.Number, 2} {texts.Word("step." + step.Outcome)} "
                    ),
                    $"{step.Title.TrimEnd('.')} ({step.Section}){finding}",
                    2 * Indent
                );
            }
        }

        foreach (var (message, said) in CallRefusals.Of(call))
        {
            var parts = string.Join(", ", CallRefusals.Parts(said).Select(part => $"{part.Name} {part.Value}"));
            lines.Wrapped(
                texts.Word("head.refusal"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"(#{message.Frame} {message.Label}){texts.Word("colon")} {parts}"
                ),
                Indent
            );
        }
    }

    private static string InkOf(VerificationOutcome outcome) =>
        outcome switch
        {
            VerificationOutcome.Passed => TerminalLine.Ansi(LadderTone.Success),
            VerificationOutcome.Failed => TerminalLine.Ansi(LadderTone.GlobalFailure),
            _ => TextLines.Dim,
        };

    /// <summary>What a step found. Here nothing is fetched, so that a certificate that is not there was not given.</summary>
    public static string? Finding(StepExplanation step, FindingTexts texts) =>
        step.Fault == Fault.FetchPending ? texts.Word("step.NotGiven") : step.Finding;

    /// <summary>The verdict in a few words, with who signed and what is attested.</summary>
    public static string Verdict(VerificationResult result, FindingTexts texts)
    {
        string[] known =
        [
            texts.Word("verified." + result.Outcome),
            result.Outcome == VerificationOutcome.Passed ? result.Attestation.ToString() : "",
            result.Signer ?? "",
        ];
        return string.Join(", ", known.Where(part => part.Length > 0));
    }
}
