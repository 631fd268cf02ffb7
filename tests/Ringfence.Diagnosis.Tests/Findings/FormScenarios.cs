namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>Further forms of a finding that are kept as captures: each form by a word, with a call nearly alike that does not show it.</summary>
internal static class FormScenarios
{
    private const string O = Script.Offer;
    private const string S = Script.Answer;
    private const string Host = "cert.example.org";

    public static IEnumerable<(string Id, string Form, Script Shows, Script Almost)> All()
    {
        yield return ("EM-05", "name", AnswerAt("media.corp.local"), AnswerAt("media.example.org"));
        yield return ("EM-31", "gap", Gap(0.8), Gap(0.1));
        yield return (
            "BK-03",
            "signature",
            Understood().B(608, headers: SignedFiles.Card("chain", spoilt: true)),
            Understood().B(608, headers: SignedFiles.Card("chain", spoilt: false))
        );
        yield return (
            "BK-03",
            "unshown",
            Start().B(608, headers: SignedFiles.Card("chain", spoilt: false)),
            Start().B(183, S).B(608, headers: SignedFiles.Card("chain", spoilt: false))
        );
        yield return ("BK-10", "policy", Start().B(403, phrase: "Unsigned Call"), Start().B(403, phrase: "Forbidden"));
        yield return ("BK-22", "several", TwiceSigned("nonsense"), TwiceSigned(SignedFiles.Identity("chain")));
        yield return (
            "BK-14",
            "name",
            Signed().Ask(Host).Named(Host, error: 3).B(403),
            Signed().Ask(Host).Named(Host).Connect().B(403)
        );
        yield return (
            "BK-14",
            "refused",
            Signed().Ask(Host).Named(Host).Connect(Script.Rst).B(403),
            Signed().Ask(Host).Named(Host).Connect(Script.Rst).Connect().B(403)
        );
        yield return (
            "BK-14",
            "tls",
            Signed().Connect().Hello(Host).Web(false, Script.Push, Script.Alert(112)).B(403),
            Signed().Connect().Hello(Host).Web(false, Script.Push, Script.Alert(0)).B(403)
        );
        yield return ("BK-14", "http", Fetched("404 Not Found"), Fetched("200 OK"));
        foreach (var form in Others())
        {
            yield return form;
        }
    }

    private static IEnumerable<(string Id, string Form, Script Shows, Script Almost)> Others()
    {
        yield return ("EM-03", "leg", Legs("", s => s.B(183, S)), Legs("", s => s.B(183, S).B(180)));
        yield return ("EM-09", "type", Forked(8), Forked(0));
        yield return (
            "EM-10",
            "stripped",
            Legs(Asked, s => s.B(183, S)),
            Legs(Asked, s => s.B(183, S, "P-Early-Media: sendonly\r\n"))
        );
        yield return (
            "EM-10",
            "unanswered",
            new Script().A("INVITE", O, Asked).B(183, S).Rtp(2).Wait(2).B(200, S),
            new Script().A("INVITE", O, Asked).B(183, S).Wait(2).B(200, S).Rtp(2)
        );
        yield return ("MD-10", "type", Pressed(101), Pressed(96));
        yield return ("SG-09", "refresh", Refreshed(481), Refreshed(200));
        yield return ("SG-26", "encrypted", Handshake(19), Handshake(53));
    }

    private const string Asked = "P-Early-Media: supported\r\n";

    /// <summary>A call from a network that knows 608.</summary>
    public static Script Understood() => new Script().A("INVITE", O, "Feature-Caps: *;+sip.608\r\n").B(100);

    private static Script TwiceSigned(string other) =>
        new Script().A("INVITE", O, $"Identity: {SignedFiles.Identity("chain")}\r\nIdentity: {other}\r\n").B(180);

    // The inner leg gets a 183 and then a 180; what the outer leg gets is the point.
    private static Script Legs(string headers, Func<Script, Script> outer)
    {
        var authorised = headers.Length > 0 ? "P-Early-Media: sendonly\r\n" : "";
        var script = new Script()
            .Call("x", a: "203.0.113.9", b: "203.0.113.10")
            .A("INVITE", O, headers)
            .Call("x_leg", a: Script.AHost, b: Script.BHost)
            .A("INVITE", O, headers)
            .B(183, S, authorised)
            .B(180);
        return outer(script.Call("x", a: "203.0.113.9", b: "203.0.113.10"))
            .Wait(3)
            .Call("x_leg", a: Script.AHost, b: Script.BHost)
            .B(486);
    }

    // One callee plays early media in A-law, and another answers in µ-law from the same address.
    private static Script Forked(int sent)
    {
        var answer = S.Replace("AVP 8\r\na=rtpmap:8 PCMA", "AVP 0\r\na=rtpmap:0 PCMU", StringComparison.Ordinal);
        var offer = O.Replace("AVP 8 101", "AVP 0 8 101", StringComparison.Ordinal);
        var script = new Script().A("INVITE", offer).B(183, S).Rtp(1).Wait(1).B(200, answer, tag: "c");
        return script.Rtp(5, toCaller: false, type: sent);
    }

    // The caller has named events 101, and the callee 96: each is to be sent what it has named.
    private static Script Pressed(int type)
    {
        var answer = S.Replace("AVP 8\r\n", "AVP 8 96\r\n", StringComparison.Ordinal);
        var talk = Start().B(200, answer + "a=rtpmap:96 telephone-event/8000\r\n").A("ACK", tag: "b");
        return talk.Event(5, type: type).Rtp(4, toCaller: false).Rtp(4, ssrc: 9).Wait(5).FromB("BYE");
    }

    private static Script Refreshed(int status) =>
        Start()
            .B(200, S, "Session-Expires: 90;refresher=uac\r\n")
            .A("ACK", tag: "b")
            .Wait(45)
            .A("UPDATE", headers: "Session-Expires: 90;refresher=uac\r\n", cseq: 2, tag: "b")
            .B(status, of: "UPDATE", cseq: 2)
            .A("BYE", cseq: 3, tag: "b")
            .B(status, of: "BYE", cseq: 3);

    // TLS 1.3 before the call: the client's first record is its Finished, or an alert.
    private static Script Handshake(int length) =>
        new Script()
            .Connect(host: Script.AHost, port: 5_061)
            .Hello("sip.example.org")
            .ServerHello()
            .Web(false, Script.Push, Script.Opaque(900))
            .Web(true, Script.Push, Script.Opaque(length))
            .Wait(1)
            .A("INVITE", O)
            .B(200, S);

    /// <summary>A signed call whose certificate the callee asks for within TLS that the capture has the keys of.</summary>
    public static Script Fetched(string status, string path = "/chain.pem") =>
        Signed()
            .Ask(Host)
            .Named(Host)
            .Connect()
            .Https(
                Host,
                $"GET {path} HTTP/1.1\r\nHost: {Host}\r\n\r\n",
                $"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"
            )
            .B(403);

    public static Script Signed() =>
        new Script().A("INVITE", O, $"Identity: {SignedFiles.Identity("chain")}\r\n").B(100);

    // The answer comes two seconds after the 183, and the stream stops then for a while.
    private static Script Gap(double gap) => Start().B(183, S).Rtp(2.1).Wait(2).B(200, S).Wait(gap).Rtp(4, from: 105);

    private static Script AnswerAt(string host)
    {
        var answer = S.Replace("IP4 198.51.100.1\r\nt", $"IP4 {host}\r\nt", StringComparison.Ordinal);
        return Start().B(183, answer).Wait(1).B(200, answer);
    }

    private static Script Start() => new Script().A("INVITE", O).B(100);
}
