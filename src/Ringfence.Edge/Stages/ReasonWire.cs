using System.Text;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Stages;

/// <summary>
/// A lane's wire that puts Reason lines into the responses of calls that others answer: a verification service tells the
/// signer in the next response, whoever's it is (RFC 9410 §3). Where nothing is to be told, which is nearly always, messages
/// go by unread.
/// </summary>
internal sealed class ReasonWire(IWire wire, Lane lane) : IWire
{
    /// <summary>Retransmissions of the final response have ended by then (64·T1).</summary>
    private const int Lifetime = 32_000;

    private readonly List<Note> _notes = [];
    private readonly ForwardWriter _copy = new();

    /// <inheritdoc/>
    public SendOutcome Send(in Peer to, ReadOnlySpan<byte> message) =>
        _notes.Count > 0 && message.StartsWith("SIP/2.0 "u8)
            ? wire.Send(to, WithReason(message))
            : wire.Send(to, message);

    /// <inheritdoc/>
    public bool TryLocal(in Peer to, out Peer local) => wire.TryLocal(to, out local);

    /// <inheritdoc/>
    public Peer WayFor(in Peer to, int length) => wire.WayFor(to, length);

    /// <inheritdoc/>
    public bool KeepAlive(in Peer flow, TimeSpan period) => wire.KeepAlive(flow, period);

    /// <summary>Tells the caller's side of an INVITE with every response from now on, until <see cref="Forget"/>.</summary>
    internal void Tell(SipRequest invite, string[] reasons)
    {
        if (reasons.Length > 0)
        {
            _notes.Add(new Note(this, invite, Array.ConvertAll(reasons, Encoding.UTF8.GetBytes)));
        }
    }

    /// <summary>The final response has been sent; only its retransmissions may follow.</summary>
    internal void Forget(SipRequest invite)
    {
        foreach (Note note in _notes)
        {
            if (note.Invite == invite && !note.IsArmed)
            {
                lane.Timers.Arm(note, Lifetime);
            }
        }
    }

    private ReadOnlySpan<byte> WithReason(ReadOnlySpan<byte> message)
    {
        if (
            SipParser.Parse(message, ParserLimits.Default)
            is not { Message: SipResponse { StatusCode: > 100 } response }
        )
        {
            return message;
        }

        foreach (Note note in _notes)
        {
            if (note.Answers(response))
            {
                _copy.Begin(response);
                foreach (byte[] reason in note.Reasons)
                {
                    _copy.InsertLast(HeaderId.Reason, reason);
                }

                return _copy.Finish() is { IsEmpty: false } told ? told : message;
            }
        }

        return message;
    }

    /// <summary>What is to be told of one INVITE.</summary>
    private sealed class Note(ReasonWire owner, SipRequest invite, byte[][] reasons) : TimerEntry
    {
        internal SipRequest Invite => invite;

        internal byte[][] Reasons => reasons;

        /// <summary>True for a response to this INVITE: the same Call-ID and CSeq.</summary>
        internal bool Answers(SipResponse response) =>
            response.Value(HeaderId.CallId).SequenceEqual(invite.Value(HeaderId.CallId))
            && response.Value(HeaderId.CSeq).SequenceEqual(invite.Value(HeaderId.CSeq));

        /// <inheritdoc/>
        protected override void OnDue(long now) => owner._notes.Remove(this);
    }
}
