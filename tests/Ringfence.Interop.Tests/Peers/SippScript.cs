using System.Globalization;
using System.Security;
using System.Text;

namespace Ringfence.Interop.Tests.Peers;

/// <summary>A SIPp scenario, step by step. The caller's steps and the callee's steps are not mixed in one scenario.</summary>
internal sealed partial class SippScript
{
    private const string InviteBranch = "z9hG4bK-[pid]-[call_number]-[local_port]-i";
    private const string Sdp = """
        v=0
        o=- 53655765 2353687637 IN IP4 [local_ip]
        s=-
        c=IN IP4 [media_ip]
        t=0 0
        m=audio [media_port] RTP/AVP 0
        a=rtpmap:0 PCMU/8000

        """;

    private readonly StringBuilder _steps = new();
    private readonly List<string> _variables = [];
    private string _transaction = "";

    internal string Xml =>
        $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE scenario SYSTEM "sipp.dtd">
            <scenario name="ringfence">
            {_steps}{(_variables.Count > 0 ? $"<Reference variables=\"{string.Join(',', _variables)}\"/>" : "")}
            </scenario>
            """;

    /// <summary>The caller's INVITE, with further header lines.</summary>
    internal SippScript Invite(params string[] headers) =>
        Request("INVITE sip:[service]@[remote_ip]:[remote_port]", InviteBranch, "", "1 INVITE", withSdp: true, headers);

    /// <summary>The ACK for a refusal.</summary>
    internal SippScript AckRefusal() =>
        Request(
            "ACK sip:[service]@[remote_ip]:[remote_port]",
            InviteBranch,
            "[peer_tag_param]",
            "1 ACK",
            withSdp: false,
            []
        );

    internal SippScript Cancel(params string[] headers) =>
        Request(
            "CANCEL sip:[service]@[remote_ip]:[remote_port]",
            InviteBranch,
            "",
            "1 CANCEL",
            withSdp: false,
            headers
        );

    /// <summary>A request of the caller's within the dialog.</summary>
    internal SippScript InDialog(string method, int cseq, bool withSdp = false, params string[] headers) =>
        Request(
            $"{method} [next_url]",
            "[branch]",
            "[peer_tag_param]",
            $"{cseq.ToString(CultureInfo.InvariantCulture)} {method}",
            withSdp,
            ["[routes]", .. headers],
            transaction: $"{method}{cseq.ToString(CultureInfo.InvariantCulture)}"
        );

    /// <summary>A request of the caller's with an offer of a direction: a new one, or the first again in its version.</summary>
    internal SippScript Offer(string method, int cseq, string direction) =>
        Request(
            $"{method} [next_url]",
            "[branch]",
            "[peer_tag_param]",
            $"{cseq.ToString(CultureInfo.InvariantCulture)} {method}",
            withSdp: true,
            ["[routes]"],
            direction,
            $"{method}{cseq.ToString(CultureInfo.InvariantCulture)}"
        );

    /// <summary>The callee's 200 to the request that came last, with an answer of a direction.</summary>
    internal SippScript ReplyAnswer(string direction) => Respond("200 OK", "[last_CSeq:]", false, true, [], direction);

    /// <summary>
    /// Waits for a response; <paramref name="matching"/> are expressions that must be found in it. A response with the routes of
    /// the dialog is said so.
    /// </summary>
    internal SippScript Expect(int status, bool routes = false, bool optional = false, params string[] matching)
    {
        string transaction = _transaction.Length > 0 ? $" response_txn=\"{_transaction}\"" : "";
        _transaction = status >= 200 && !optional ? "" : _transaction;
        return Receive(
            $"response=\"{status.ToString(CultureInfo.InvariantCulture)}\"{(routes ? " rrs=\"true\"" : "")}{(optional ? " optional=\"true\"" : "")}{transaction}",
            matching
        );
    }

    /// <summary>
    /// The end of a cancelled call: the 200 for the CANCEL and the 487 for the INVITE, in either order. They are two transactions
    /// (RFC 3261 §9.2), and a proxy of several processes lets one overtake the other.
    /// </summary>
    internal SippScript ExpectCancelled()
    {
        _steps.AppendLine("<recv response=\"200\" optional=\"true\" next=\"confirmed\"/><recv response=\"487\"/>");
        AckRefusal();
        _steps.AppendLine("<recv response=\"200\" next=\"over\"/><label id=\"confirmed\"/><recv response=\"487\"/>");
        AckRefusal();
        _steps.AppendLine("<label id=\"over\"/>");
        return this;
    }

    /// <summary>100 and 180 may come or not.</summary>
    internal SippScript MayRing() =>
        Expect(100, optional: true).Expect(180, optional: true).Expect(183, optional: true);

    /// <summary>Keeps the RSeq of the response that is expected next, for <see cref="Prack"/>.</summary>
    internal SippScript ExpectReliable(int status)
    {
        _steps.AppendLine(
            CultureInfo.InvariantCulture,
            $"<recv response=\"{status}\" rrs=\"true\"><action><ereg regexp=\"[0-9]+\" search_in=\"hdr\" header=\"RSeq:\" check_it=\"true\" assign_to=\"rseq\"/></action></recv>"
        );
        return this;
    }

    internal SippScript Prack(int cseq) => InDialog("PRACK", cseq, false, "RAck: [$rseq] 1 INVITE");

    /// <summary>Waits for a request.</summary>
    internal SippScript ExpectRequest(string method, params string[] matching) =>
        Receive($"request=\"{method}\"{(method == "INVITE" ? " rrs=\"true\"" : "")}", matching);

    /// <summary>Takes the addresses of both sides from an ACK, so that the callee can send <see cref="CalleeBye"/>.</summary>
    internal SippScript ExpectAckAndKeep()
    {
        _steps.AppendLine(
            "<recv request=\"ACK\"><action><ereg regexp=\".*\" search_in=\"hdr\" header=\"From:\" assign_to=\"far\"/><ereg regexp=\".*\" search_in=\"hdr\" header=\"To:\" assign_to=\"near\"/></action></recv>"
        );
        return this;
    }

    internal SippScript CalleeBye(params string[] headers) =>
        Send(
            true,
            [
                "BYE [next_url] SIP/2.0",
                "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]",
                "[routes]",
                "From:[$near]",
                "To:[$far]",
                "Call-ID: [call_id]",
                "CSeq: 1 BYE",
                .. headers,
                "Max-Forwards: 70",
                "Content-Length: 0",
                "",
            ]
        );

    /// <summary>The callee's response to the request that came last.</summary>
    internal SippScript Reply(string status, bool tag = true, bool withSdp = false, params string[] headers) =>
        Respond(status, "[last_CSeq:]", tag, withSdp, headers);

    /// <summary>The callee's response to its INVITE although a CANCEL has come since.</summary>
    internal SippScript ReplyToInvite(string status, params string[] headers) =>
        Respond(status, "CSeq: 1 INVITE", true, false, headers);

    /// <summary>The callee answers its INVITE after all.</summary>
    internal SippScript AnswerInvite() => Respond("200 OK", "CSeq: 1 INVITE", true, true, ["Record-Route:[$rr]"]);

    internal SippScript Pause(int milliseconds)
    {
        _steps.AppendLine(CultureInfo.InvariantCulture, $"<pause milliseconds=\"{milliseconds}\"/>");
        return this;
    }

    private SippScript Respond(
        string status,
        string cseq,
        bool tag,
        bool withSdp,
        string[] headers,
        string direction = ""
    ) =>
        Send(
            status[0] != '1' && cseq.Contains("INVITE", StringComparison.Ordinal),
            [
                $"SIP/2.0 {status}",
                cseq == "[last_CSeq:]" ? "[last_Via:]" : "Via:[$via]",
                "[last_From:]",
                tag ? "[last_To:];tag=[pid]SIPpTag[call_number]" : "[last_To:]",
                "[last_Call-ID:]",
                cseq,
                "[last_Record-Route:]",
                "Contact: <sip:[local_ip]:[local_port];transport=[transport]>",
                .. headers,
                .. Content(withSdp, direction),
            ]
        );

    private SippScript Request(
        string start,
        string branch,
        string toTag,
        string cseq,
        bool withSdp,
        string[] headers,
        string direction = "",
        string transaction = ""
    )
    {
        // By its transaction SIPp tells a repeated response from the next one (RFC 3261 §17.1.3), and repeats the ACK for it.
        bool isAck = cseq.EndsWith("ACK", StringComparison.Ordinal);
        string acknowledged = transaction.Replace("ACK", "INVITE", StringComparison.Ordinal);
        bool isForOne = isAck && _steps.ToString().Contains($"\"{acknowledged}\"", StringComparison.Ordinal);
        _transaction = isAck ? "" : transaction;
        return Send(
            !isAck,
            [
                $"{start} SIP/2.0",
                $"Via: SIP/2.0/[transport] [local_ip]:[local_port];branch={(isForOne ? $"z9hG4bK-[pid]-[call_number]-{transaction}" : branch)}",
                "From: <sip:+33199001234@[local_ip]:[local_port]>;tag=[pid]SIPp[call_number]",
                $"To: <sip:[service]@[remote_ip]:[remote_port]>{toTag}",
                "Call-ID: [call_id]",
                $"CSeq: {cseq}",
                "Contact: <sip:caller@[local_ip]:[local_port];transport=[transport]>",
                .. headers,
                "Max-Forwards: 70",
                .. Content(withSdp, direction),
            ],
            isForOne ? $" ack_txn=\"{acknowledged}\""
                : _transaction.Length > 0 ? $" start_txn=\"{_transaction}\""
                : ""
        );
    }

    private static string[] Content(bool withSdp, string direction) =>
        withSdp
            ?
            [
                "Content-Type: application/sdp",
                "Content-Length: [len]",
                "",
                direction.Length == 0 ? Sdp : $"{Sdp.TrimEnd()}\na={direction}\n",
            ]
            : ["Content-Length: 0", ""];

    private SippScript Send(bool isRepeated, string[] lines, string attributes = "")
    {
        _steps.AppendLine(
            CultureInfo.InvariantCulture,
            $"<send{(isRepeated ? " retrans=\"500\"" : "")}{attributes}><![CDATA[\n{string.Join('\n', lines)}\n]]></send>"
        );
        return this;
    }

    private SippScript Receive(string what, string[] matching)
    {
        string actions = string.Concat(matching.Select(Match));
        if (what.Contains("INVITE", StringComparison.Ordinal) && !_variables.Contains("via"))
        {
            // A CANCEL has the last hop's Via alone; the response to the INVITE needs them all.
            _variables.AddRange(["via", "rr"]);
            actions +=
                "<ereg regexp=\".*\" search_in=\"hdr\" header=\"Via:\" assign_to=\"via\"/><ereg regexp=\".*\" search_in=\"hdr\" header=\"Record-Route:\" assign_to=\"rr\"/>";
        }

        _steps.AppendLine(
            CultureInfo.InvariantCulture,
            $"<recv {what}>{(actions.Length > 0 ? $"<action>{actions}</action>" : "")}</recv>"
        );
        return this;
    }

    private string Match(string expression)
    {
        string variable = $"m{_variables.Count.ToString(CultureInfo.InvariantCulture)}";
        _variables.Add(variable);
        return $"<ereg regexp=\"{SecurityElement.Escape(expression)}\" search_in=\"msg\" check_it=\"true\" assign_to=\"{variable}\"/>";
    }
}
