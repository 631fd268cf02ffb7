using Ringfence.Edge.Configuration;
using Ringfence.Edge.Pipeline;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Verification;

namespace Ringfence.Edge.Stages;

/// <summary>What is known of the caller's identity of one call. On the call's lane only.</summary>
internal sealed class CallIdentity
{
    private bool _isTold;
    private bool _isOver;

    internal CallIdentity(StirEngine engine, StirTrunkConfiguration trunk)
    {
        Engine = engine;
        Trunk = trunk;
    }

    private CallIdentity() => Trunk = new StirTrunkConfiguration { Verify = StirPolicy.Off };

    /// <summary>Of a call whose identity nobody asks for.</summary>
    internal static CallIdentity Unasked { get; } = new();

    /// <summary>Verifies and signs; null without a section <c>stir</c>.</summary>
    internal StirEngine? Engine { get; }

    /// <summary>How its trunk's identities are taken.</summary>
    internal StirTrunkConfiguration Trunk { get; }

    /// <summary>The verdict; null without an Identity header, and while it is not there.</summary>
    internal VerificationResult? Result { get; private set; }

    /// <summary>True while the verdict is waited for.</summary>
    internal bool IsPending { get; set; }

    /// <summary>What was signed here, and why or why not; null where signing was not asked for.</summary>
    internal SigningResult? Signed { get; set; }

    /// <summary>Called when the verdict comes after the call has gone on.</summary>
    internal Action? WhenLate { get; set; }

    internal bool IsVerified => Trunk.Verify != StirPolicy.Off;

    internal VerificationOutcome Outcome =>
        Result?.Outcome ?? (IsPending ? VerificationOutcome.Unavailable : VerificationOutcome.Absent);

    internal Attestation Attestation => Result?.Attestation ?? Attestation.None;

    /// <summary>What a policy refuses with; null when the identity passed.</summary>
    internal FaultStatus? Status =>
        Result is { } result ? result.Status
        : IsPending ? FaultStatus.BadIdentityInfo
        : FaultStatus.UseIdentityHeader;

    /// <summary>The step that failed, of the identity that came furthest: "freshness"; null when none did.</summary>
    internal string? FailedStep =>
        Furthest is { } identity ? FaultStatus.RuleOf(identity.Fault).ToString().ToLowerInvariant() : null;

    /// <summary>The offending PASSporT in compact form for Reason (RFC 9410); null when there is none.</summary>
    internal string? Ppi
    {
        get
        {
            const string mark = "ppi=\"";
            string? reason = Furthest?.Reason;
            int at = reason?.IndexOf(mark, StringComparison.Ordinal) ?? -1;
            return at < 0 ? null : reason![(at + mark.Length)..^1];
        }
    }

    /// <summary>What the callee is told (3GPP TS 24.229 §7.2A.20); null where the trunk's policy does not tell it.</summary>
    internal string? Verstat =>
        Trunk.Verify is not (StirPolicy.Mark or StirPolicy.Refuse) ? null : Result?.Verstat ?? "No-TN-Validation";

    private IdentityResult? Furthest =>
        Result is { Outcome: VerificationOutcome.Failed or VerificationOutcome.Unavailable } result
            ? result
                .Identities.Where(identity => identity is { HasPassed: false, IsIgnored: false })
                .MaxBy(identity => (int)identity.Fault / 100)
            : null;

    /// <summary>Takes the verdict, now or late.</summary>
    internal void Decided(VerificationResult result)
    {
        Result = result;
        bool isLate = IsPending;
        IsPending = false;
        if (_isOver)
        {
            Engine!.Verification.Release(result);
        }
        else if (isLate)
        {
            WhenLate?.Invoke();
        }
    }

    /// <summary>The Reason lines that tell the signer what failed, for the next response; once, then none (RFC 9410).</summary>
    internal string[] TakeReasons()
    {
        if (_isTold || Result is not { } result)
        {
            return [];
        }

        _isTold = true;
        return [.. result.Reasons];
    }

    /// <summary>The same as header lines of a response of ours.</summary>
    internal HeaderField[] TakeReasonLines() =>
        Array.ConvertAll(TakeReasons(), reason => new HeaderField(HeaderId.Reason, reason));

    /// <summary>
    /// The call is over. One that was never answered may be tried again by another way, under another Call-ID: its tokens are
    /// not used up.
    /// </summary>
    internal void Over(bool wasAnswered)
    {
        _isOver = !wasAnswered && this != Unasked;
        if (_isOver && Result is { } result)
        {
            Engine!.Verification.Release(result);
        }
    }
}
