using System.Text;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Transactions;

/// <summary>Messages of a far end, as text.</summary>
internal static class SipText
{
    internal const string Body =
        "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n";

    internal static string Request(
        string method,
        string branch = "z9hG4bKone",
        string callId = "call-1",
        string fromTag = "ft",
        string toTag = "",
        int cseq = 1,
        string uri = "sip:bob@192.0.2.2",
        string via = "192.0.2.1:5060",
        string extra = "",
        string body = "",
        string transport = "UDP",
        string? cseqMethod = null
    ) =>
        $"{method} {uri} SIP/2.0\r\n"
        + $"Via: SIP/2.0/{transport} {via}{(branch.Length == 0 ? "" : $";branch={branch}")}\r\n"
        + "Max-Forwards: 70\r\n"
        + $"From: <sip:alice@192.0.2.1>;tag={fromTag}\r\n"
        + $"To: <sip:bob@192.0.2.2>{(toTag.Length == 0 ? "" : $";tag={toTag}")}\r\n"
        + $"Call-ID: {callId}\r\n"
        + $"CSeq: {cseq} {cseqMethod ?? method}\r\n"
        + "Contact: <sip:alice@192.0.2.1:5060>\r\n"
        + extra
        + (body.Length == 0 ? "" : "Content-Type: application/sdp\r\n")
        + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    /// <summary>A response to a request that the stack sent.</summary>
    internal static string Response(
        string request,
        int statusCode,
        string toTag = "tt",
        string extra = "Contact: <sip:bob@192.0.2.2:5060>\r\n",
        string body = ""
    )
    {
        var text = new StringBuilder($"SIP/2.0 {statusCode} Whatever\r\n");
        foreach (string line in Lines(request))
        {
            bool isCopied =
                line.StartsWith("Via:", StringComparison.Ordinal)
                || line.StartsWith("From:", StringComparison.Ordinal)
                || line.StartsWith("Call-ID:", StringComparison.Ordinal)
                || line.StartsWith("CSeq:", StringComparison.Ordinal)
                || line.StartsWith("Record-Route:", StringComparison.Ordinal);
            if (isCopied)
            {
                text.Append(line).Append("\r\n");
            }
            else if (line.StartsWith("To:", StringComparison.Ordinal))
            {
                bool hasTag =
                    line.Contains(";tag=", StringComparison.Ordinal) || toTag.Length == 0 || statusCode == 100;
                text.Append(line).Append(hasTag ? "" : $";tag={toTag}").Append("\r\n");
            }
        }

        text.Append(extra);
        text.Append(body.Length == 0 ? "" : "Content-Type: application/sdp\r\n");
        return text.Append($"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}").ToString();
    }

    internal static string[] Lines(string message) =>
        message[..message.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");

    /// <summary>The value of the first header line with this name; empty when there is none.</summary>
    internal static string Header(string message, string name) =>
        Array
            .Find(Lines(message), line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))
            ?.Substring(name.Length + 2)
        ?? "";

    internal static string Parameter(string value, string name)
    {
        int at = value.IndexOf($";{name}=", StringComparison.Ordinal);
        return at < 0 ? "" : value[(at + name.Length + 2)..].Split(';', ',', '>')[0];
    }

    internal static ParseResult Parse(string message) =>
        SipParser.Parse(Encoding.UTF8.GetBytes(message), ParserLimits.Default);

    internal static int Status(string message) =>
        message.StartsWith("SIP/2.0 ", StringComparison.Ordinal)
            ? int.Parse(message.AsSpan(8, 3), System.Globalization.CultureInfo.InvariantCulture)
            : 0;

    internal static string Method(string message) =>
        Status(message) != 0 ? "" : message[..message.IndexOf(' ', StringComparison.Ordinal)];
}
