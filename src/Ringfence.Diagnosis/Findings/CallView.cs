using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Identities;
using Ringfence.Diagnosis.Media;
using Ringfence.Media.Sdp;
using Ringfence.Sip.Messages;
using Ringfence.Stir.Passport;
using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Findings;

/// <summary>A call as the rules look at it: the first hop, its offer and answers, and the media to its caller.</summary>
internal sealed class CallView
{
    private IReadOnlyList<ReadIdentity>? _identities;

    public CallView(
        Call call,
        CallTrace trace,
        TraceIndex others,
        VerificationResult? verified = null,
        CardCheck card = CardCheck.NotChecked
    )
    {
        (Call, Trace, Others, Verified, Card) = (call, trace, others, verified, card);
        Hop = [.. call.FirstHop.Where(m => !m.IsRetransmission)];
        Provisionals =
        [
            .. call.EarlyDialogs.SelectMany(d => d.Provisionals).Where(m => !m.IsRetransmission).OrderBy(m => m.Time),
        ];
        Offer = call.Invite?.Sdp?.Audio;
        OfferedTo = Offer is null ? null : MediaTies.AddressOf(call.Invite!, Offer);
    }

    public Call Call { get; }

    public CallTrace Trace { get; }

    /// <summary>The other calls of the trace.</summary>
    public TraceIndex Others { get; }

    /// <summary>Messages of the first hop, each once.</summary>
    public IReadOnlyList<TraceMessage> Hop { get; }

    public TraceMessage? Invite => Call.Invite;

    /// <summary>The final response to the INVITE.</summary>
    public TraceMessage? Final => IsCall ? Call.Final : null;

    /// <summary>101 to 199 to the INVITE, each once, of all early dialogs.</summary>
    public IReadOnlyList<TraceMessage> Provisionals { get; }

    /// <summary>The audio line that the INVITE offers.</summary>
    public MediaDescription? Offer { get; }

    /// <summary>Where the caller wants its audio.</summary>
    public PacketAddress? OfferedTo { get; }

    /// <summary>The Identity headers of the INVITE (RFC 8224).</summary>
    public IReadOnlyList<ReadIdentity> Identities => _identities ??= ReadIdentity.Of(Invite);

    /// <summary>What verification said of them, where roots and certificates were given.</summary>
    public VerificationResult? Verified { get; }

    /// <summary>What became of checking the contact card of its refusal.</summary>
    public CardCheck Card { get; }

    /// <summary>The claims of the first PASSporT that can be read.</summary>
    public PassportToken? Passport =>
        Identities.Select(identity => identity.Token).FirstOrDefault(token => token is not null);

    public bool IsCall => Call is { Kind: CallKind.Call, Invite: not null };

    /// <summary>Whether the trace has RTP at all: without any, nothing can be said of its absence.</summary>
    public bool TraceHasMedia => Trace.Streams.Count > 0;

    /// <summary>When the early phase ended: at the final response, or with the trace.</summary>
    public long EarlyEnd => Final?.Time ?? Trace.End;

    /// <summary>Streams that go to the caller.</summary>
    public IEnumerable<RtpStream> ToCaller =>
        Call.Streams.Where(s =>
            s.Destination == OfferedTo || (s.Destination.Bits == Call.Caller.Bits && s.Source.Bits != Call.Caller.Bits)
        );

    /// <summary>Streams to the caller that ran before the final response.</summary>
    public IEnumerable<RtpStream> EarlyToCaller => ToCaller.Where(s => s.Start < EarlyEnd);

    /// <summary>The provisionals with a session description, and the answer.</summary>
    public IEnumerable<TraceMessage> Answers =>
        Provisionals
            .Append(Final is { Status: < 300 } ? Final : null)
            .OfType<TraceMessage>()
            .Where(m => m.Sdp is not null);

    public bool Has(SipMethod method) => Hop.Any(m => m.Is(method));

    /// <summary>Responses with this status to any request of the hop.</summary>
    public IEnumerable<TraceMessage> With(params int[] statuses) => Hop.Where(m => statuses.Contains(m.Status));

    /// <summary>Seconds from one message to another.</summary>
    public static double Seconds(long from, long to) => (to - from) / 1e9;

    public static double Seconds(TraceMessage from, TraceMessage to) => Seconds(from.Time, to.Time);

    /// <summary>The address where this description's sender wants its audio, if it names a usable port.</summary>
    public static PacketAddress? AudioAddress(TraceMessage message) =>
        message.Sdp?.Audio is { } audio ? MediaTies.AddressOf(message, audio) : null;

    /// <summary>Addresses that cannot be reached from elsewhere (RFC 1918, RFC 6598, RFC 3927, RFC 4193, loopback, unspecified).</summary>
    public static bool IsPrivate(IPAddress address)
    {
        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return true;
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal;
        }

        var b = address.GetAddressBytes();
        return b[0] == 10
            || (b[0] == 172 && b[1] is >= 16 and < 32)
            || (b[0] == 192 && b[1] == 168)
            || (b[0] == 100 && b[1] is >= 64 and < 128)
            || (b[0] == 169 && b[1] == 254);
    }

    public static string Status(TraceMessage? message) => (message?.Status ?? 0).ToString(CultureInfo.InvariantCulture);
}
