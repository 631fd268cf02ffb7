using System.Globalization;

namespace Ringfence.Edge.Storage;

/// <summary>A call record as it lies in the table.</summary>
internal sealed class CallRow
{
    public string Id { get; init; } = "";
    public string Started { get; init; } = "";
    public string Trunk { get; init; } = "";
    public string SipCallId { get; init; } = "";
    public string Caller { get; init; } = "";
    public string Callee { get; init; } = "";
    public string Verdict { get; init; } = "";
    public string Reasons { get; init; } = "";
    public string Mode { get; init; } = "";
    public long StatusCode { get; init; }
    public string EndedBy { get; init; } = "";
    public long RingMs { get; init; }
    public long EarlyMs { get; init; }
    public long FirstRtpMs { get; init; }
    public string EarlySource { get; init; } = "";
    public string GateReason { get; init; } = "";
    public long AnsweredMs { get; init; }
    public long EndedMs { get; init; }
    public string Verification { get; init; } = "";
    public string Attestation { get; init; } = "";
    public string Signer { get; init; } = "";
    public string VerificationSteps { get; init; } = "";
    public string Signed { get; init; } = "";
    public string SigningReason { get; init; } = "";
    public string RedressToken { get; init; } = "";
    public string Said { get; init; } = "";
    public string Facts { get; init; } = "";
    public string Decided { get; init; } = "";
    public string Played { get; init; } = "";
    public long CalleeMedia { get; init; } = -1;
    public double CallerMos { get; init; }
    public double CalleeMos { get; init; }
    public long CallerRoundTripMs { get; init; }
    public long CalleeRoundTripMs { get; init; }
    public long FalseAnswer { get; init; }

    internal CallRecord ToRecord() =>
        new()
        {
            Id = Id,
            Started = DateTimeOffset.Parse(Started, CultureInfo.InvariantCulture),
            Trunk = Trunk,
            SipCallId = SipCallId,
            Caller = Caller,
            Callee = Callee,
            Verdict = Verdict,
            Reasons = Reasons,
            Mode = Mode,
            StatusCode = (int)StatusCode,
            EndedBy = EndedBy,
            RingMs = (int)RingMs,
            EarlyMs = (int)EarlyMs,
            FirstRtpMs = (int)FirstRtpMs,
            EarlySource = EarlySource,
            GateReason = GateReason,
            AnsweredMs = (int)AnsweredMs,
            EndedMs = (int)EndedMs,
            Verification = Verification,
            Attestation = Attestation,
            Signer = Signer,
            VerificationSteps = VerificationSteps,
            Signed = Signed,
            SigningReason = SigningReason,
            RedressToken = RedressToken,
            Said = Said,
            Facts = Facts,
            Decided = Decided,
            Played = Played,
            CalleeMedia = (int)CalleeMedia,
            Media = new CallMedia
            {
                CallerMos = CallerMos,
                CalleeMos = CalleeMos,
                CallerRoundTripMs = (int)CallerRoundTripMs,
                CalleeRoundTripMs = (int)CalleeRoundTripMs,
                FalseAnswer = (int)FalseAnswer,
            },
        };
}
