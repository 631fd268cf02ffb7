using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Identities;
using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Findings;

/// <summary>What the rules make of a trace.</summary>
public sealed class CallDiagnosis
{
    private readonly Dictionary<Call, VerificationResult> _verified;
    private readonly ILookup<Call, Finding> _byCall;

    private CallDiagnosis(
        CallTrace trace,
        IReadOnlyList<Finding> findings,
        IReadOnlyList<RuleCount> rules,
        Dictionary<Call, VerificationResult> verified,
        IEnumerable<NotChecked> gaps
    )
    {
        (Trace, Findings, Rules, _verified) = (trace, findings, rules, verified);
        _byCall = findings.ToLookup(finding => finding.Call);
        NotChecked = [.. gaps];
    }

    /// <summary>The trace.</summary>
    public CallTrace Trace { get; }

    /// <summary>The findings in the order of their calls, gravest first within a call.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>How often each rule was reached and fired.</summary>
    public IReadOnlyList<RuleCount> Rules { get; }

    /// <summary>What could not be checked, and why.</summary>
    public IReadOnlyList<NotChecked> NotChecked { get; }

    /// <summary>The findings of one call.</summary>
    public IEnumerable<Finding> Of(Call call) => _byCall[call];

    /// <summary>What verification said of the Identity headers of a call; null where it has none, or no roots were given.</summary>
    public VerificationResult? VerificationOf(Call call) => _verified.GetValueOrDefault(call);

    /// <summary>Looks at every call of a trace with every rule.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="verifier">Verifies Identity headers; without one their signatures are not checked.</param>
    public static CallDiagnosis Of(CallTrace trace, IdentityVerifier? verifier = null)
    {
        ArgumentNullException.ThrowIfNull(trace);
        var verified = new Dictionary<Call, VerificationResult>();
        var cards = new Dictionary<Call, CardCheck>();
        foreach (var call in verifier is null ? [] : trace.Calls)
        {
            if (call.Invite is { } invite && verifier!.Verify(invite) is { } result)
            {
                verified[call] = result;
            }

            if (call.Final is { Status: 608 } refusal)
            {
                cards[call] = verifier!.CheckCard(refusal);
            }
        }

        // Rules keep nothing between calls, so that calls can be looked at on every core.
        var others = new TraceIndex(trace);
        var looked = new CallFindings[trace.Calls.Count];
        Parallel.For(
            0,
            looked.Length,
            i =>
            {
                var call = trace.Calls[i];
                looked[i] = CallFindings.Of(
                    new CallView(call, trace, others, verified.GetValueOrDefault(call), cards.GetValueOrDefault(call))
                );
            }
        );
        var counts = RuleBook.Rules.Select(
            (rule, i) => new RuleCount(rule.Id, looked.Count(one => one.Reached[i]), looked.Count(one => one.Fired[i]))
        );
        return new CallDiagnosis(
            trace,
            [.. looked.SelectMany(one => one.Findings)],
            [.. counts],
            verified,
            Gaps(trace, verified, cards)
        );
    }

    private static IEnumerable<NotChecked> TlsGaps(CaptureOutcome capture)
    {
        if (capture.UndecryptedSessions > capture.TlsWithoutBeginning + capture.UnknownTlsCiphers)
        {
            yield return Diagnosis.Findings.NotChecked.NoTlsKeys;
        }

        if (capture.TlsWithoutBeginning > 0)
        {
            yield return Diagnosis.Findings.NotChecked.TlsWithoutBeginning;
        }

        if (capture.UnknownTlsCiphers > 0)
        {
            yield return Diagnosis.Findings.NotChecked.UnknownTlsCipher;
        }
    }

    private static IEnumerable<NotChecked> Gaps(
        CallTrace trace,
        Dictionary<Call, VerificationResult> verified,
        Dictionary<Call, CardCheck> cards
    )
    {
        var calls = trace.Calls.Where(call => call.Kind == CallKind.Call).ToList();
        if (calls.Count > 0 && trace.Streams.Count == 0)
        {
            yield return Diagnosis.Findings.NotChecked.NoMedia;
        }

        foreach (var gap in TlsGaps(trace.Capture))
        {
            yield return gap;
        }

        if (
            calls.Any(call =>
                (call.Invite?.Sip.Has(Sip.Messages.HeaderId.Identity) == true && !WasVerified(call, verified))
                || (call.Final is { Status: 608 } && HasUncheckedCard(call, cards))
            )
        )
        {
            yield return Diagnosis.Findings.NotChecked.NoCertificates;
        }

        if (calls.Count > 0 && calls.TrueForAll(call => call.FirstHop.All(m => m.IsSameWay(call.FirstHop[0]))))
        {
            yield return Diagnosis.Findings.NotChecked.OneDirection;
        }

        if (trace.Streams.Any(stream => stream is { IsSecure: true, Key: null }))
        {
            yield return Diagnosis.Findings.NotChecked.NoSrtpKeys;
        }

        if (trace.Capture.TlsAlerts.Count > 0)
        {
            yield return Diagnosis.Findings.NotChecked.TlsRefused;
        }

        if (trace.Capture.StreamGaps + trace.Capture.LostFragments > 0)
        {
            yield return Diagnosis.Findings.NotChecked.LostPackets;
        }

        if (trace.Capture.SnappedFrames > 0)
        {
            yield return Diagnosis.Findings.NotChecked.SnapLength;
        }

        if (trace.Capture.Copies > 0)
        {
            yield return Diagnosis.Findings.NotChecked.Copies;
        }
    }

    private static bool HasUncheckedCard(Call call, Dictionary<Call, CardCheck> cards) =>
        cards.GetValueOrDefault(call) == CardCheck.NotChecked && RefusalDetails.CardToken(call.Final!).Length > 0;

    // Without the signer's certificate the verdict is left open.
    private static bool WasVerified(Call call, Dictionary<Call, VerificationResult> verified) =>
        verified.TryGetValue(call, out var result) && result.Outcome != VerificationOutcome.Unavailable;
}
