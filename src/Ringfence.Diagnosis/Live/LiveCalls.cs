using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Identities;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Live;

/// <summary>
/// Follows the calls of a stream of packets and says of each, when it has ended, what the rules make of it. Memory is bounded; time is that of
/// the packets and of <see cref="Tick"/>. For one thread.
/// </summary>
public sealed class LiveCalls : ICaptureSink
{
    private readonly LiveLimits _limits;
    private readonly IdentityVerifier? _verifier;
    private readonly Dictionary<string, LiveCall> _calls = new(StringComparer.Ordinal);
    private readonly LinkedList<LiveCall> _order = new();
    private readonly Dictionary<PacketAddress, LiveCall> _media = [];

    /// <summary>Begins with no call.</summary>
    /// <param name="limits">What to keep; the defaults if null.</param>
    /// <param name="verifier">Verifies Identity headers; without one their signatures are not checked.</param>
    public LiveCalls(LiveLimits? limits = null, IdentityVerifier? verifier = null) =>
        (_limits, _verifier) = (limits ?? new LiveLimits(), verifier);

    /// <summary>Called for each message of a call, first of all its INVITE.</summary>
    public Action<LiveCall, TraceMessage>? Progressed { get; set; }

    /// <summary>Called for each call that is over.</summary>
    public Action<CallDiagnosis>? Ended { get; set; }

    /// <summary>Calls that are going on.</summary>
    public int Count => _calls.Count;

    /// <summary>Messages of no call that is followed: registrations, probes, dialogs that began earlier.</summary>
    public long OtherMessages { get; private set; }

    /// <summary>Calls told before their end to keep memory bounded.</summary>
    public long LetGo { get; private set; }

    /// <inheritdoc/>
    public void OnSip(in CapturedPacket packet)
    {
        if (TraceMessage.Read(packet) is not { CallId.Length: > 0 } message)
        {
            OtherMessages++;
            return;
        }

        if (!_calls.TryGetValue(message.CallId, out var call))
        {
            if (!message.Is(SipMethod.Invite) || message.ToTag.Length > 0)
            {
                OtherMessages++;
                return;
            }

            call = Begin(message);
        }

        call.Take(packet, message);
        NameMedia(call, message);
        Progressed?.Invoke(call, message);
    }

    /// <inheritdoc/>
    public void OnDatagram(in CapturedPacket packet) => Of(packet)?.TakeMedia(packet);

    /// <inheritdoc/>
    public void OnUnreachable(in CapturedPacket packet) => Of(packet)?.TakeUnreachable(packet);

    /// <summary>Tells the calls whose time is over. To be called now and then, at least once a second.</summary>
    /// <param name="now">Nanoseconds since 1970.</param>
    public void Tick(long now)
    {
        var linger = (long)_limits.Linger.TotalNanoseconds;
        var silence = (long)_limits.Silence.TotalNanoseconds;
        for (var node = _order.First; node is not null; )
        {
            var next = node.Next;
            var there = now - node.Value.Late;
            if (there - (node.Value.Ended ?? long.MaxValue) >= linger || there - node.Value.LastSeen >= silence)
            {
                End(node);
            }

            node = next;
        }
    }

    /// <summary>Tells all calls as they stand.</summary>
    public void Finish()
    {
        while (_order.First is { } first)
        {
            End(first);
        }
    }

    private LiveCall Begin(TraceMessage invite)
    {
        if (Joined(invite) is { } leg)
        {
            _calls.Add(invite.CallId, leg);
            return leg;
        }

        if (_order.First is { } oldest && _order.Count >= _limits.MaxCalls)
        {
            LetGo++;
            End(oldest);
        }

        var call = new LiveCall(invite, _limits);
        _calls.Add(call.CallId, call);
        _order.AddLast(call);
        return call;
    }

    // The other leg of a call that goes through a back-to-back agent begins soon after the first: only the latest calls are looked at.
    private LiveCall? Joined(TraceMessage invite)
    {
        const int Latest = 32;
        var looked = 0;
        for (var node = _order.Last; node is not null && looked++ < Latest; node = node.Previous)
        {
            if (node.Value.TryJoin(invite))
            {
                return node.Value;
            }
        }

        return null;
    }

    private void NameMedia(LiveCall call, TraceMessage message)
    {
        const int MaxAddresses = 64;
        foreach (var (_, named) in message.NamedMedia)
        {
            if (call.Media.Count < MaxAddresses && named is { } address)
            {
                // The latest call to name an address is meant; RTCP goes to the next port (RFC 3550 §11).
                PacketAddress[] both = [address, address.WithPort(address.Port + 1)];
                foreach (var one in both)
                {
                    call.Media.Add(one);
                    _media[one] = call;
                }
            }
        }
    }

    private LiveCall? Of(in CapturedPacket packet) =>
        _media.GetValueOrDefault(packet.Destination) ?? _media.GetValueOrDefault(packet.Source);

    private void End(LinkedListNode<LiveCall> node)
    {
        var call = node.Value;
        _order.Remove(node);
        foreach (var callId in call.CallIds)
        {
            _calls.Remove(callId);
        }

        foreach (var address in call.Media)
        {
            if (_media.GetValueOrDefault(address) == call)
            {
                _media.Remove(address);
            }
        }

        Ended?.Invoke(call.Diagnose(_verifier));
    }
}
