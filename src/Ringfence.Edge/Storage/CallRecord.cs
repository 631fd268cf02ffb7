using Ringfence.Stir.Verification;

namespace Ringfence.Edge.Storage;

/// <summary>What is kept of one call. Times are milliseconds since its INVITE arrived; −1 where it did not happen.</summary>
public sealed record CallRecord
{
    /// <summary>The call's id in records, pages and log lines.</summary>
    public required string Id { get; init; }

    /// <summary>When its INVITE arrived.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>The trunk that it came by.</summary>
    public required string Trunk { get; init; }

    /// <summary>Its Call-ID, as on the caller's side.</summary>
    public required string SipCallId { get; init; }

    /// <summary>The calling number or address.</summary>
    public required string Caller { get; init; }

    /// <summary>The called number or address.</summary>
    public required string Callee { get; init; }

    /// <summary>Progress, Challenge or Refuse.</summary>
    public required string Verdict { get; init; }

    /// <summary>The reasons of the verdict, one a line.</summary>
    public required string Reasons { get; init; }

    /// <summary>proxy, gate, redirect; empty when the call was refused at the edge.</summary>
    public string Mode { get; init; } = "";

    /// <summary>The final status that the caller got; 0 when there was none.</summary>
    public int StatusCode { get; init; }

    /// <summary>Who ended it: caller, callee, edge.</summary>
    public string EndedBy { get; init; } = "";

    /// <summary>When the caller was first told of progress (180 to 199).</summary>
    public int RingMs { get; init; } = -1;

    /// <summary>How long the caller had early media.</summary>
    public int EarlyMs { get; init; } = -1;

    /// <summary>When the first RTP packet of the far side came.</summary>
    public int FirstRtpMs { get; init; } = -1;

    /// <summary>What the caller heard of a gated call before the answer: ringback, or ringback and then the callee.</summary>
    public string EarlySource { get; init; } = "";

    /// <summary>Why it was so.</summary>
    public string GateReason { get; init; } = "";

    /// <summary>How its media was, where that went through the edge.</summary>
    public CallMedia Media { get; init; } = CallMedia.None;

    /// <summary>When the call was answered.</summary>
    public int AnsweredMs { get; init; } = -1;

    /// <summary>When the call ended.</summary>
    public int EndedMs { get; init; } = -1;

    /// <summary>Absent, Passed, Failed or Unavailable; empty where nobody asked.</summary>
    public string Verification { get; init; } = "";

    /// <summary>The signer's attestation of the caller, A, B or C; empty unless verification passed.</summary>
    public string Attestation { get; init; } = "";

    /// <summary>Who signed: the service provider code, else the first number of the certificate.</summary>
    public string Signer { get; init; } = "";

    /// <summary>The verdict's steps as JSON; empty without an Identity header.</summary>
    public string VerificationSteps { get; init; } = "";

    /// <summary>As what the call was signed here on its way out, A, B or C; empty: it was not.</summary>
    public string Signed { get; init; } = "";

    /// <summary>Why it was signed so, or not; empty where signing was not asked for.</summary>
    public string SigningReason { get; init; } = "";

    /// <summary>The token under which a refused caller learns why; empty where the call was not refused here.</summary>
    public string RedressToken { get; init; } = "";

    /// <summary>What the callee said of the call, and what that did; empty: nothing.</summary>
    public string Said { get; init; } = "";

    /// <summary>The facts of the verdict as JSON, so that the call can be put before another policy; empty where nobody asked.</summary>
    public string Facts { get; init; } = "";

    /// <summary>The verdict as JSON, its reasons in every language; empty where nobody was asked.</summary>
    public string Decided { get; init; } = "";

    /// <summary>The codec in which a gated caller heard early media; empty: it heard none.</summary>
    public string Played { get; init; } = "";

    /// <summary>Whether the callee's first 18x of a gated call described media: 1, 0, or −1 where there was none.</summary>
    public int CalleeMedia { get; init; } = -1;

    /// <summary>True where the record takes the place of one that is written already.</summary>
    internal bool IsAgain { get; init; }

    /// <summary>The verdict itself, which the writer turns into <see cref="Decided"/> off the call's lane.</summary>
    internal Screening.Rules.Verdict? Judged { get; init; }

    /// <summary>The facts themselves, which the writer turns into <see cref="Facts"/> off the call's lane.</summary>
    internal Screening.Facts.CallFacts? Screened { get; init; }

    /// <summary>The verdict itself, which the writer turns into <see cref="VerificationSteps"/> off the call's lane.</summary>
    internal VerificationResult? Verified { get; init; }
}
