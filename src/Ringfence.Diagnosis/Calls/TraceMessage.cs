using System.Text;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Media;
using Ringfence.Media.Sdp;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Calls;

/// <summary>One SIP message of a trace, with what rules ask of it most.</summary>
public sealed class TraceMessage
{
    private string? _fromTag;
    private string? _toTag;
    private SessionDescription? _sdp;
    private bool _sdpRead;
    private IReadOnlyList<NamedLine>? _named;

    private TraceMessage(in CapturedPacket packet, SipMessage message, Malformed malformed)
    {
        (Frame, Time, Input) = (packet.Frame, packet.Time, packet.Input);
        (Source, Destination, Transport, Truncated) = (
            packet.Source,
            packet.Destination,
            packet.Transport,
            packet.Truncated
        );
        (Sip, Malformed, Origin, Captured) = (message, malformed, packet.Origin, packet.Payload.Length);
        CallId = Text(message.Value(HeaderId.CallId));
        if (CSeqValue.TryParse(message.Value(HeaderId.CSeq), out var number, out var method))
        {
            (CSeq, CSeqMethod) = (number, SipMethods.Parse(method));
        }
    }

    /// <summary>The number of the frame that completed it, from 1.</summary>
    public long Frame { get; }

    /// <summary>Nanoseconds since 1970.</summary>
    public long Time { get; }

    /// <summary>Which of the inputs it came from.</summary>
    public int Input { get; }

    /// <summary>Who sent it.</summary>
    public PacketAddress Source { get; }

    /// <summary>Who got it.</summary>
    public PacketAddress Destination { get; }

    /// <summary>How it travelled.</summary>
    public PacketTransport Transport { get; }

    /// <summary>What wrote it down.</summary>
    public PacketOrigin Origin { get; }

    /// <summary>Whether the capture holds less than was sent.</summary>
    public bool Truncated { get; }

    /// <summary>How many bytes of it were captured.</summary>
    internal int Captured { get; }

    /// <summary>The message itself.</summary>
    public SipMessage Sip { get; }

    /// <summary>Its first fault of syntax, if it has one.</summary>
    public Malformed Malformed { get; }

    /// <summary>The Call-ID.</summary>
    public string CallId { get; }

    /// <summary>The number of the CSeq; 0 where it cannot be read.</summary>
    public uint CSeq { get; }

    /// <summary>The method of the CSeq: of the request that a response answers.</summary>
    public SipMethod CSeqMethod { get; }

    /// <summary>The tag of From.</summary>
    public string FromTag => _fromTag ??= Tag(Sip.Value(HeaderId.From));

    /// <summary>The tag of To; empty before a dialog.</summary>
    public string ToTag => _toTag ??= Tag(Sip.Value(HeaderId.To));

    /// <summary>The session description, where the body is one that can be read.</summary>
    public SessionDescription? Sdp
    {
        get
        {
            // Rules may look at two calls at a time, and at one message from both.
            if (!Volatile.Read(ref _sdpRead))
            {
                _sdp = SdpParser.Parse(SdpBytes).Session;
                Volatile.Write(ref _sdpRead, true);
            }

            return _sdp;
        }
    }

    /// <summary>The description of an early session (RFC 3959), where the body is one or has one.</summary>
    internal SessionDescription? EarlySessionSdp =>
        !Multipart.FindEarlySdp(Sip, ParserLimits.Default, out ReadOnlySpan<byte> sdp).IsFault && !sdp.IsEmpty
            ? SdpParser.Parse(sdp).Session
            : null;

    /// <summary>Its media lines, and where they want to receive; asked for by many, and read once.</summary>
    internal IReadOnlyList<NamedLine> NamedMedia => _named ??= MediaTies.NamedBy(this);

    /// <summary>Whether the same message was seen before on the same way.</summary>
    public bool IsRetransmission { get; internal set; }

    /// <summary>The request, or null.</summary>
    public SipRequest? Request => Sip as SipRequest;

    /// <summary>The response, or null.</summary>
    public SipResponse? Response => Sip as SipResponse;

    /// <summary>The status code; 0 for a request.</summary>
    public int Status => Response?.StatusCode ?? 0;

    /// <summary>Whether it is a request of this method.</summary>
    public bool Is(SipMethod method) => Request?.Method == method;

    /// <summary>Whether it is a response to a request of this method, with a status from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public bool Answers(SipMethod method, int from, int to) => Status >= from && Status <= to && CSeqMethod == method;

    /// <summary>The start line without what makes it long: <c>INVITE</c>, <c>183 Session Progress</c>.</summary>
    public string Label =>
        Response is { } response
            ? $"{response.StatusCode} {Text(response.ReasonPhrase)}".TrimEnd()
            : Text(Request!.MethodName);

    /// <summary>The value of the first header with this id, as text.</summary>
    public string Header(HeaderId id) => Text(Sip.Value(id));

    /// <summary>Reads a message; null if the bytes are none at all.</summary>
    public static TraceMessage? Read(in CapturedPacket packet)
    {
        var result = SipParser.Parse(packet.Payload, Usual);
        if (result.Malformed.Fault == Fault.TooManyHeaders)
        {
            result = SipParser.Parse(packet.Payload, Generous);
        }

        return result.Message is { } message ? new TraceMessage(packet, message, result.Malformed) : null;
    }

    /// <summary>Whether this is the other message sent again: the same way, transaction, dialog, number and body.</summary>
    internal bool Repeats(TraceMessage other) =>
        other.CSeq == CSeq
        && other.Status == Status
        && other.Request?.Method == Request?.Method
        && other.CSeqMethod == CSeqMethod
        && other.Source == Source
        && other.Destination == Destination
        && IsSame(other, HeaderId.Via)
        && IsSame(other, HeaderId.To)
        && IsSame(other, HeaderId.RSeq)
        && other.Sip.Body.SequenceEqual(Sip.Body);

    /// <summary>Whether both go the same way; between two programs on one host it is the ports that tell.</summary>
    internal bool IsSameWay(TraceMessage other) =>
        Source.Bits == Destination.Bits ? Source == other.Source : Source.Bits == other.Source.Bits;

    internal static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>The body, or a part of it; never that of an early session, which is another (RFC 3959).</summary>
    private ReadOnlySpan<byte> SdpBytes =>
        !Multipart.FindSdp(Sip, ParserLimits.Default, out ReadOnlySpan<byte> sdp).IsFault ? sdp
        : Sip.Value(HeaderId.ContentType).IndexOf("sdp"u8) >= 0 ? Sip.Body
        : default;

    // A trace shows what was sent, not what we would accept.
    private static ParserLimits Usual { get; } =
        new()
        {
            HeaderSection = 128 * 1024,
            HeaderLine = 64 * 1024,
            Body = 256 * 1024,
            Uri = 16 * 1024,
        };

    private static ParserLimits Generous { get; } = Usual with { Headers = 1_024 };

    private bool IsSame(TraceMessage other, HeaderId id) => other.Sip.Value(id).SequenceEqual(Sip.Value(id));

    private static string Tag(ReadOnlySpan<byte> value) =>
        NameAddr.TryParse(value, out var address) ? Text(address.Tag) : "";
}
