using System.Globalization;

namespace Ringfence.Interop.Tests.Peers;

/// <content>Early sessions (RFC 3959).</content>
internal sealed partial class SippScript
{
    /// <summary>The reliable 183 with the answer of the session and the offer of an early one beside it, as in figure 3.</summary>
    internal SippScript ExpectEarlyOffer()
    {
        _variables.AddRange(["type", "early", "regular"]);
        _steps.AppendLine(
            "<recv response=\"183\" rrs=\"true\"><action>"
                + "<ereg regexp=\"[0-9]+\" search_in=\"hdr\" header=\"RSeq:\" check_it=\"true\" assign_to=\"rseq\"/>"
                + "<ereg regexp=\"Content-Type: multipart/mixed\" search_in=\"msg\" check_it=\"true\" assign_to=\"type\"/>"
                + "<ereg regexp=\"Content-Disposition: session.*m=audio\" search_in=\"msg\" check_it=\"true\" assign_to=\"regular\"/>"
                + "<ereg regexp=\"Content-Disposition: early-session.*m=audio\" search_in=\"msg\" check_it=\"true\" assign_to=\"early\"/>"
                + "</action></recv>"
        );
        return this;
    }

    /// <summary>The PRACK with the answer of the early session, as in figure 4; port 0 refuses it.</summary>
    internal SippScript PrackEarly(int cseq, int port)
    {
        _transaction = $"PRACK{cseq.ToString(CultureInfo.InvariantCulture)}";
        return Send(
            true,
            [
                "PRACK [next_url] SIP/2.0",
                "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]",
                "From: <sip:+33199001234@[local_ip]:[local_port]>;tag=[pid]SIPp[call_number]",
                "To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]",
                "Call-ID: [call_id]",
                $"CSeq: {cseq.ToString(CultureInfo.InvariantCulture)} PRACK",
                "[routes]",
                "RAck: [$rseq] 1 INVITE",
                "Max-Forwards: 70",
                "Content-Disposition: early-session",
                .. Described(port.ToString(CultureInfo.InvariantCulture), 0),
            ],
            $" start_txn=\"{_transaction}\""
        );
    }
}
