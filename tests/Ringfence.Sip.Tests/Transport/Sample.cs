using System.Text;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>Small sound messages.</summary>
internal static class Sample
{
    public static byte[] Request(
        string method = "INVITE",
        string callId = "a84b4c76e66710",
        string via = "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds;rport",
        string body = ""
    ) =>
        Encoding.ASCII.GetBytes(
            $"{method} sip:bob@example.com SIP/2.0\r\nVia: {via}\r\nMax-Forwards: 70\r\n"
                + $"From: <sip:alice@example.com>;tag=1928301774\r\nTo: <sip:bob@example.com>\r\nCall-ID: {callId}\r\n"
                + $"CSeq: 314159 {method}\r\nContent-Length: {body.Length}\r\n\r\n{body}"
        );

    public static byte[] Response(int status = 200, string callId = "a84b4c76e66710") =>
        Encoding.ASCII.GetBytes(
            $"SIP/2.0 {status} OK\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds\r\n"
                + $"From: <sip:alice@example.com>;tag=1928301774\r\nTo: <sip:bob@example.com>;tag=a6c85cf\r\n"
                + $"Call-ID: {callId}\r\nCSeq: 314159 INVITE\r\nContent-Length: 0\r\n\r\n"
        );

    public static SipRequest Parsed(byte[] request) =>
        (SipRequest)SipParser.Parse(request, ParserLimits.Default).Message!;

    public static string CallId(SipMessage message) => Encoding.ASCII.GetString(message.Value(HeaderId.CallId));
}
