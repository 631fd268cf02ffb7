using System.Text;

namespace Ringfence.Bench.Load;

/// <summary>
/// An INVITE of the size that carriers send (1.5 kB: Identity, P-Asserted-Identity, SDP with four codecs) whose Call-ID, tag and
/// branch are one hexadecimal number that is written in place.
/// </summary>
internal sealed class CallTemplate
{
    internal const int IdLength = 16;
    private const string Marker = "################";
    private readonly int[] _places;

    internal CallTemplate(string callee, int localPort, int serverPort)
    {
        string identity = new('i', 440);
        string sdp =
            "v=0\r\no=- 20518 20518 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            + "m=audio 40000 RTP/AVP 0 8 9 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:9 G722/8000\r\n"
            + "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n";
        string invite =
            $"INVITE sip:{callee}@127.0.0.1:{serverPort};user=phone SIP/2.0\r\n"
            + $"Via: SIP/2.0/UDP 127.0.0.1:{localPort};branch=z9hG4bK{Marker};rport\r\n"
            + "Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-524287-1---1a2b3c4d5e6f;received=192.0.2.10;rport=5060\r\n"
            + $"Record-Route: <sip:192.0.2.10;lr;ftag={Marker}>\r\n"
            + "Max-Forwards: 69\r\n"
            + $"From: \"ACME CORP\" <sip:+12155551212@127.0.0.1:{localPort};user=phone>;tag={Marker}\r\n"
            + $"To: <sip:{callee}@127.0.0.1:{serverPort};user=phone>\r\n"
            + $"Call-ID: {Marker}@bench.invalid\r\nCSeq: 1 INVITE\r\n"
            + $"Contact: <sip:+12155551212@127.0.0.1:{localPort}>\r\n"
            + $"P-Asserted-Identity: \"ACME CORP\" <sip:+12155551212@127.0.0.1:{localPort};user=phone>\r\n"
            + "Supported: timer, replaces, histinfo\r\nAllow: INVITE, ACK, CANCEL, BYE, PRACK, UPDATE, OPTIONS, INFO\r\n"
            + "Session-Expires: 1800;refresher=uac\r\nUser-Agent: bench\r\n"
            + $"X-Identity: {identity};info=<https://certs.example.org/passport.cer>;alg=ES256;ppt=shaken\r\n"
            + $"Content-Type: application/sdp\r\nContent-Length: {sdp.Length}\r\n\r\n{sdp}";
        Invite = Encoding.ASCII.GetBytes(invite);
        List<int> places = [];
        for (
            int at = invite.IndexOf(Marker, StringComparison.Ordinal);
            at >= 0;
            at = invite.IndexOf(Marker, at + 1, StringComparison.Ordinal)
        )
        {
            places.Add(at);
        }

        _places = [.. places];
    }

    internal byte[] Invite { get; }

    /// <summary>The INVITE of one call.</summary>
    internal ReadOnlySpan<byte> For(long call)
    {
        Span<byte> id = stackalloc byte[IdLength];
        call.TryFormat(id, out _, "x16");
        foreach (int place in _places)
        {
            id.CopyTo(Invite.AsSpan(place));
        }

        return Invite;
    }

    /// <summary>
    /// The ACK to a final response of 300 to 699 (RFC 3261 §17.1.1.3), written into <paramref name="ack"/> from the response's own headers: its
    /// first Via, From, To, and Call-ID.
    /// </summary>
    internal int Acknowledge(ReadOnlySpan<byte> response, Span<byte> ack)
    {
        int length = 0;
        ReadOnlySpan<byte> uri = Invite.AsSpan("INVITE ".Length);
        Append(ack, ref length, "ACK "u8);
        Append(ack, ref length, uri[..(uri.IndexOf("\r\n"u8) + 2)]);
        bool via = false;
        while (response.IndexOf("\r\n"u8) is var end and > 0)
        {
            ReadOnlySpan<byte> line = response[..(end + 2)];
            bool first = line.StartsWith("Via:"u8) && !via;
            via |= first;
            if (first || line.StartsWith("From:"u8) || line.StartsWith("To:"u8) || line.StartsWith("Call-ID:"u8))
            {
                Append(ack, ref length, line);
            }

            response = response[(end + 2)..];
        }

        Append(ack, ref length, "CSeq: 1 ACK\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"u8);
        return length;
    }

    private static void Append(Span<byte> target, ref int length, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(target[length..]);
        length += bytes.Length;
    }
}
