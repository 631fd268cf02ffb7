using System.Globalization;
using System.Text;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.Stages;
using Ringfence.Edge.Storage;
using Ringfence.Edge.Telemetry;
using Ringfence.Screening.Rates;
using Ringfence.Screening.Reputation;
using Ringfence.Screening.Rules;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Verification;

namespace Ringfence.Edge.Pipeline;

/// <summary>Notes what happens to one call while it happens, and turns it into a record once it is over.</summary>
internal sealed class CallJournal
{
    /// <summary>A call that is over so soon was not wanted, or was no talk.</summary>
    private const int ShortCallMs = 10_000;

    /// <summary>Who talks so long has not just found out that it is a robot.</summary>
    private const int RealTalkMs = 20_000;

    private readonly Lane _lane;
    private readonly long _began;
    private readonly DateTimeOffset _started;
    private readonly EdgeServices _services;
    private readonly string _trunk;
    private readonly string _sipCallId;
    private readonly InviteParties _parties;
    private Verdict _verdict;
    private string _mode = "";
    private int _ring = -1;
    private int _earlyFrom = -1;
    private int _answered = -1;
    private int _status;
    private bool _isClosed;
    private string _said = "";
    private CallRecord? _record;

    internal CallJournal(Lane lane, EdgeServices services, string trunk, SipRequest invite, InviteParties parties)
    {
        _lane = lane;
        _began = lane.Now;
        _started = lane.UtcNow;
        _services = services;
        _trunk = trunk;
        _sipCallId = Encoding.UTF8.GetString(invite.Value(HeaderId.CallId));
        _parties = parties;
        Span<byte> id = stackalloc byte[16];
        lane.Random.FillToken(id);
        Id = Encoding.ASCII.GetString(id);
    }

    /// <summary>The call's id in records, pages and log lines: it cannot be guessed.</summary>
    internal string Id { get; }

    /// <summary>When the first RTP packet of the far side came, in milliseconds since the INVITE; −1 while none has.</summary>
    internal int FirstRtpMs { get; set; } = -1;

    /// <summary>What the caller hears before the answer.</summary>
    internal string EarlySource { get; set; } = "";

    /// <summary>Why it was so.</summary>
    internal string GateReason { get; set; } = "";

    /// <summary>How the media was; known at the end.</summary>
    internal CallMedia Media { get; set; } = CallMedia.None;

    /// <summary>The codec in which the caller hears early media.</summary>
    internal string Played { get; set; } = "";

    /// <summary>Whether the callee's first 18x described media; −1 while there was none.</summary>
    internal int CalleeMedia { get; set; } = -1;

    /// <summary>What is known of the caller's identity.</summary>
    internal CallIdentity Identity { get; set; } = CallIdentity.Unasked;

    /// <summary>What the verdict rests on; null before it is asked for.</summary>
    internal Screening.Facts.CallFacts? Facts { get; set; }

    /// <summary>The token of the refusal; empty where the call was not refused here.</summary>
    internal string RedressToken { get; set; } = "";

    private bool IdentityHeld => Identity is { Outcome: VerificationOutcome.Passed, Attestation: Attestation.A };

    /// <summary>Whether the caller is who it says: a user of ours on its own trunk, or signed as the number's owner.</summary>
    internal bool IsOfOwnUser => IdentityHeld || _services.State.Unwanted.Users.Contains(_trunk);

    private SpokenOfCall Spoken =>
        new(
            _parties.Caller,
            _parties.Callee,
            IdentityHeld,
            Facts is { Rates: var rates } ? (int)Math.Round(rates.CallsPerDay * rates.AnswerRatio) : 0,
            Id
        );

    /// <summary>Milliseconds since the INVITE.</summary>
    internal int Elapsed => (int)Math.Min(int.MaxValue, _lane.Now - _began);

    internal void Decided(in Verdict verdict) => _verdict = verdict;

    internal void Mode(string mode) => _mode = mode;

    /// <summary>A provisional response of 101 to 199 went to the caller.</summary>
    internal void Progressed(bool hasMedia)
    {
        _ring = _ring < 0 ? Elapsed : _ring;
        _earlyFrom = hasMedia && _earlyFrom < 0 ? Elapsed : _earlyFrom;
    }

    internal void Answered()
    {
        _answered = Elapsed;
        _status = 200;
    }

    /// <summary>A final response other than 2xx went to the caller; what was sent first stays.</summary>
    internal void Refused(int statusCode) => _status = _status == 0 ? statusCode : _status;

    /// <summary>The callee says that the call was unwanted, before the answer or by its end (RFC 8197).</summary>
    internal void Unwanted(ReportChannel channel)
    {
        ReportOutcome outcome = _services.Evidence.Unwanted(Spoken, channel, _lane.UtcNow);
        _said = $"unwanted ({channel}): {outcome}";
        EdgeLog.Unwanted(_services.Log, Id, _parties.Callee.Text, _parties.Caller.Text, channel, outcome);
        if (_record is { } record)
        {
            // Said of a proxied call whose record is already written: the later one takes its place.
            _services.Records.Add(_record = record with { Said = _said, IsAgain = true });
        }
    }

    /// <summary>The two have talked for so long that the callee knows the caller.</summary>
    internal void Talked(int milliseconds)
    {
        if (milliseconds >= RealTalkMs && _said.Length == 0)
        {
            _services.Evidence.Answered(_parties.Callee, _parties.Caller, _lane.UtcNow);
        }
    }

    /// <summary>The call is over: the record is handed to the writer, once.</summary>
    internal void Close(string endedBy)
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        Identity.Over(_answered >= 0);
        Learn();
        int earlyUntil = _answered >= 0 ? _answered : Elapsed;
        _services.Records.Add(
            _record = new CallRecord
            {
                Id = Id,
                Started = _started,
                Trunk = _trunk,
                SipCallId = _sipCallId,
                Caller = _parties.Caller.Text,
                Callee = _parties.Callee.Text,
                Verdict = _verdict.Decision.ToString(),
                Reasons = ReasonText(),
                Mode = _mode,
                StatusCode = _status,
                EndedBy = endedBy,
                RingMs = _ring,
                EarlyMs = _earlyFrom < 0 ? -1 : earlyUntil - _earlyFrom,
                FirstRtpMs = FirstRtpMs,
                EarlySource = EarlySource,
                GateReason = GateReason,
                Media = Media,
                AnsweredMs = _answered,
                EndedMs = Elapsed,
                Verification = Identity.IsVerified ? Identity.Outcome.ToString() : "",
                Attestation = Identity.Attestation == Attestation.None ? "" : Identity.Attestation.ToString(),
                Signer = Identity.Result?.Signer ?? "",
                Verified = Identity.Result,
                Signed = Identity.Signed is { Attestation: not Attestation.None } signed
                    ? signed.Attestation.ToString()
                    : "",
                SigningReason = Identity.Signed?.Reason.ToString() ?? "",
                RedressToken = RedressToken,
                Said = _said,
                Screened = Facts,
                Judged = _verdict.Reasons.IsDefaultOrEmpty ? null : _verdict,
                Played = Played,
                CalleeMedia = CalleeMedia,
            }
        );
        _services.Findings?.Close(_lane, Id, _sipCallId);
        _services.Observer?.OnClosed(_sipCallId, _verdict, ReasonText());
    }

    /// <summary>What the call teaches: how the caller's calls end, and whether its callees want them.</summary>
    private void Learn()
    {
        DateTimeOffset now = _lane.UtcNow;
        _services.Rates.End(_parties.Caller, Ending(), now);
        if (_answered >= 0)
        {
            _services.Reputation.Delivered(_parties.Caller, now);
            Talked(_mode == "gate" ? Elapsed - _answered : 0);
        }

        if (_answered < 0 && _ring < 0)
        {
            return;
        }

        _services.Evidence.Delivered(Spoken);
        // Whoever may show any number must not be able to say that others dialled it.
        if (IsOfOwnUser)
        {
            _services.Evidence.Dialled(_parties.Caller, _parties.Callee, now);
        }
    }

    private CallEnding Ending() =>
        _answered >= 0 ? (_mode == "gate" && Elapsed - _answered < ShortCallMs ? CallEnding.Short : CallEnding.Talked)
        : _status is 603 or 607 or 608 ? CallEnding.Refused
        : _status is 404 or 410 or 604 ? CallEnding.Invalid
        : CallEnding.Unanswered;

    /// <summary>The verdict in one line: "refuse 607 by user: …".</summary>
    internal string Sentence() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{_verdict.Summary}: {ReasonText().Replace("\n", "; ", StringComparison.Ordinal)}"
        );

    private string ReasonText() =>
        _verdict.Reasons.IsDefaultOrEmpty ? "" : string.Join('\n', _verdict.Reasons.Select(reason => reason.Text()));
}
