using Ringfence.Diagnosis.Capture.Hep;
using Ringfence.Diagnosis.Capture.Tls;

namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>Finds out what a byte stream carries, and reads it if it is SIP, TLS, a WebSocket or HEP.</summary>
internal sealed class StreamPayload(StreamRoute route, TlsSession session, PacketTransport transport)
{
    private readonly GrowingBuffer _head = new();
    private SipStream? _sip;
    private WebSocketStream? _webSocket;
    private HepStream? _hep;
    private TlsStream? _tls;
    private StreamKind _kind = StreamKind.Unknown;
    private bool _fromStart;

    /// <summary>The marking of the packets that carry the stream.</summary>
    public byte Dscp { get; set; }

    /// <summary>The stream begins here.</summary>
    public void Begin()
    {
        _head.Clear();
        _kind = StreamKind.Unknown;
        _fromStart = true;
        (_sip, _webSocket, _tls) = (null, null, null);
        session.Begin();
    }

    /// <summary>Bytes are missing here: what comes next may begin anywhere.</summary>
    public void Interrupted()
    {
        _head.Clear();
        _fromStart = false;
        _sip?.Interrupted();
        _tls?.Interrupted();
        _webSocket?.Interrupted();
        _hep?.Interrupted();
        if (_kind is StreamKind.Sip or StreamKind.Unknown or StreamKind.Hep)
        {
            _kind = StreamKind.Other;
        }
    }

    /// <summary>No more bytes will come.</summary>
    public void Ended(in FrameStamp stamp)
    {
        _sip?.Ended(stamp, Dscp);
        _head.Clear();
    }

    public void Take(in FrameStamp stamp, ReadOnlySpan<byte> bytes)
    {
        switch (_kind)
        {
            case StreamKind.Sip:
                TakeSip(stamp, bytes);
                break;
            case StreamKind.Tls:
                _tls!.Take(stamp, bytes);
                break;
            case StreamKind.WebSocket:
                _webSocket!.Take(stamp, bytes, Dscp);
                break;
            case StreamKind.Hep:
                TakeHep(stamp, bytes);
                break;
            case StreamKind.Unknown when _head.Length > 0:
                _head.Append(bytes);
                Decide(stamp, _head.Span.ToArray());
                break;
            case StreamKind.Unknown:
                Decide(stamp, bytes);
                break;
            default:
                LookAgain(stamp, bytes);
                break;
        }
    }

    private void TakeSip(in FrameStamp stamp, ReadOnlySpan<byte> bytes)
    {
        _sip ??= new SipStream(route, transport);
        if (!_sip.Take(stamp, bytes, Dscp))
        {
            _kind = StreamKind.Other;
        }
    }

    private void TakeHep(in FrameStamp stamp, ReadOnlySpan<byte> bytes)
    {
        _hep ??= new HepStream(route.Outlet);
        if (!_hep.Take(stamp, bytes))
        {
            _kind = StreamKind.Other;
        }
    }

    private void Decide(in FrameStamp stamp, ReadOnlySpan<byte> bytes)
    {
        var start = bytes[SipSniffer.LeadingLineEnds(bytes)..];
        var like = SipSniffer.Look(start);
        if (like == SipLikeness.Yes)
        {
            Become(StreamKind.Sip);
            TakeSip(stamp, start);
        }
        else if (HepPacket.IsVersion3(start))
        {
            Become(StreamKind.Hep);
            TakeHep(stamp, start);
        }
        else if (transport == PacketTransport.Tcp && TlsStream.LooksLikeRecord(start))
        {
            BecomeTls(stamp, start);
        }
        else if (WebSocketUpgrade.Look(start, out var head) is { } upgraded)
        {
            if (upgraded)
            {
                BecomeWebSocket(stamp, start[head..]);
            }
            else
            {
                session.Fetch.Http(stamp, start);
                Become(StreamKind.Other);
            }
        }
        else if (!_fromStart && WebSocketStream.LooksLikeSip(start))
        {
            BecomeWebSocket(stamp, start);
        }
        else if (
            (like == SipLikeness.Perhaps || head < 0 || start.Length < 3)
            && _head.Length < SipSniffer.MaxStartLine
        )
        {
            KeepHead(start);
        }
        else
        {
            Become(StreamKind.Other);
        }
    }

    // Something else, or a stream whose beginning is not in the capture: a segment may still begin with a message.
    private void LookAgain(in FrameStamp stamp, ReadOnlySpan<byte> bytes)
    {
        var start = bytes[SipSniffer.LeadingLineEnds(bytes)..];
        if (start.IsEmpty)
        {
            return;
        }

        session.Fetch.Http(stamp, start);
        if (SipSniffer.Look(start) == SipLikeness.Yes)
        {
            _kind = StreamKind.Sip;
            TakeSip(stamp, start);
        }
        else if (HepPacket.IsVersion3(start))
        {
            _kind = StreamKind.Hep;
            TakeHep(stamp, start);
        }
        else if (!_fromStart && transport == PacketTransport.Tcp && TlsStream.LooksLikeRecord(start))
        {
            BecomeTls(stamp, start);
        }
        else if (!_fromStart && WebSocketStream.LooksLikeSip(start))
        {
            BecomeWebSocket(stamp, start);
        }
    }

    private void KeepHead(ReadOnlySpan<byte> start)
    {
        if (_head.Length == 0)
        {
            _head.Append(start);
        }
    }

    private void Become(StreamKind kind)
    {
        _kind = kind;
        _head.Clear();
    }

    private void BecomeTls(in FrameStamp stamp, ReadOnlySpan<byte> bytes)
    {
        Become(StreamKind.Tls);
        _tls = new TlsStream(session, route, new StreamPayload(route, session, PacketTransport.Tls));
        _tls.Take(stamp, bytes);
    }

    private void BecomeWebSocket(in FrameStamp stamp, ReadOnlySpan<byte> bytes)
    {
        Become(StreamKind.WebSocket);
        var carried = transport == PacketTransport.Tls ? PacketTransport.SecureWebSocket : PacketTransport.WebSocket;
        _webSocket = new WebSocketStream(route, carried);
        _webSocket.Take(stamp, bytes, Dscp);
    }
}
