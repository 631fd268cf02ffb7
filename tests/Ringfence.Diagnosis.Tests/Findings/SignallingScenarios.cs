namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>For each rule of signalling a call that shows it, and one nearly alike that does not.</summary>
internal static class SignallingScenarios
{
    private const string O = Script.Offer;
    private const string S = Script.Answer;
    private const string Credentials = "Authorization: Digest username=\"a\"\r\n";

    public static IEnumerable<(string Id, Script Shows, Script Almost)> All()
    {
        yield return (
            "SG-01",
            Start().B(480, headers: "Reason: Q.850;cause=21\r\n"),
            Start().B(486, headers: "Reason: Q.850;cause=17\r\n")
        );
        yield return (
            "SG-02",
            new Script().A("INVITE").B(401).A("INVITE", headers: Credentials, cseq: 2).B(403, cseq: 2),
            new Script().A("INVITE").B(401).A("INVITE", headers: Credentials, cseq: 2).B(200, cseq: 2)
        );
        yield return (
            "SG-03",
            new Script().A("INVITE").B(401).A("ACK").Wait(5).Call("2").A("OPTIONS").B(200, of: "OPTIONS"),
            new Script().A("INVITE").B(401).A("INVITE", headers: Credentials, cseq: 2).Wait(5).Call("2").A("OPTIONS")
        );
        yield return ("SG-04", Stale(true), Stale(false));
        yield return ("SG-05", new Script().A("INVITE").Again(6), new Script().A("INVITE").Again(6).B(100));
        yield return ("SG-06", Start().Wait(20).Call("2").A("OPTIONS"), Start().B(180).Wait(20).Call("2").A("OPTIONS"));
        yield return ("SG-07", Start().B(200, S).Again(5), Start().B(200, S).A("ACK", tag: "b"));
        yield return (
            "SG-08",
            Start().B(200, S).Again(9).Wait(3.5).FromB("BYE"),
            Start().B(200, S).A("ACK", tag: "b").Wait(32).FromB("BYE")
        );
        yield return (
            "SG-09",
            Start().B(200, S, Timer).A("ACK", tag: "b").Wait(60).FromB("BYE"),
            Start().B(200, S, Timer).A("ACK", tag: "b").Wait(20).FromB("BYE")
        );
        yield return (
            "SG-10",
            Start().A("CANCEL").B(200, S),
            Start().A("CANCEL").B(200, S).A("ACK", tag: "b").A("BYE", cseq: 2, tag: "b")
        );
        yield return (
            "SG-11",
            Start().B(200, S).A("ACK", tag: "b").A("BYE", cseq: 2, tag: "b").B(481, of: "BYE", cseq: 2),
            Start().B(200, S).A("ACK", tag: "b").A("BYE", cseq: 2, tag: "b").B(200, of: "BYE", cseq: 2)
        );
        yield return (
            "SG-12",
            Changed().B(491, cseq: 2).A("INVITE", O, cseq: 3, tag: "b").B(200, S, cseq: 3),
            Changed()
        );
        yield return ("SG-13", Back(Target).B(482), Back("sip:+33140000003@example.org"));
        yield return (
            "SG-14",
            new Script().A("INVITE", O, uri: "sip:0140000002@example.org").B(404),
            new Script().A("INVITE", O, uri: "sip:+33140000002@example.org").B(404)
        );
        yield return (
            "SG-15",
            Start().B(488, headers: "Warning: 304 b \"Incompatible media format\"\r\n"),
            Start().B(488, headers: "Warning: 370 b \"Insufficient Bandwidth\"\r\n")
        );
        yield return (
            "SG-16",
            Fax().FromB("BYE"),
            Fax().A("INVITE", O, cseq: 3, tag: "b").B(200, S, cseq: 3).A("ACK", cseq: 3, tag: "b").FromB("BYE")
        );
        yield return ("SG-17", Fragmented(last: false), Fragmented(last: true));
        yield return (
            "SG-18",
            new Script().A("INVITE", O).Spoilt("Content-Length: ", "Content-Length: 9").B(400),
            Start().B(400)
        );
        yield return ("SG-19", Rewritten(Script.AHost), Rewritten("192.168.1.7"));
        yield return (
            "SG-20",
            Start().B(200, S, "Contact: <sip:b@10.0.0.1>\r\n"),
            Start().B(200, S, "Contact: <sip:b@198.51.100.1>\r\n")
        );
        yield return (
            "SG-21",
            Start().B(200, S, Recorded).A("ACK", tag: "b").A("BYE", cseq: 2, tag: "b").B(403, of: "BYE", cseq: 2),
            Start().B(200, S, Recorded).A("ACK", headers: "Route: <sip:p.example.org;lr>\r\n", tag: "b")
        );
        yield return ("SG-22", Start().Wait(15).B(180), Start().Wait(2).B(180));
        yield return ("SG-23", Failover(8), Failover(0.5));
        yield return ("SG-24", Start().B(503, headers: "Retry-After: 30\r\n"), Start().B(503));
        yield return ("SG-25", Registered(30), Registered(3_600));
        yield return (
            "SG-26",
            new Script().Segment([21, 3, 3, 0, 2, 2, 48]).Wait(1).A("INVITE", O).B(200, S),
            new Script().Segment([21, 3, 3, 0, 2, 1, 0]).Wait(1).A("INVITE", O).B(200, S)
        );
        yield return (
            "SG-27",
            new Script().A("INVITE", O).B(302, headers: "Contact: <sip:+33140000002@example.org>\r\n"),
            new Script().A("INVITE", O).B(302, headers: "Contact: <sip:other@example.org>\r\n")
        );
        yield return (
            "SG-28",
            new Script().A("SUBSCRIBE").B(489, headers: "Allow-Events: dialog\r\n", of: "SUBSCRIBE"),
            new Script().A("SUBSCRIBE").B(480, of: "SUBSCRIBE")
        );
        yield return (
            "SG-29",
            Talk().FromB("BYE", "Reason: Q.850;cause=38;text=\"Network out of order\"\r\n"),
            Talk().FromB("BYE", "Reason: Q.850;cause=16\r\n")
        );
        yield return ("SG-30", new Script().FromB("BYE"), Start().B(200, S).A("ACK", tag: "b").FromB("BYE"));
    }

    private const string Timer = "Session-Expires: 90;refresher=uac\r\n";
    private const string Recorded = "Record-Route: <sip:p.example.org;lr>\r\n";

    private static Script Talk() => Start().B(200, S).A("ACK", tag: "b");

    private static Script Changed() => Talk().A("INVITE", O, cseq: 2, tag: "b");

    private static Script Fax() =>
        Talk()
            .A(
                "INVITE",
                "v=0\r\no=a 1 2 IN IP4 203.0.113.1\r\ns=-\r\nc=IN IP4 203.0.113.1\r\nt=0 0\r\nm=image 4002 udptl t38\r\n",
                cseq: 2,
                tag: "b"
            )
            .B(488, cseq: 2)
            .A("ACK", cseq: 2, tag: "b");

    private static Script Rewritten(string media) =>
        new Script()
            .A(
                "INVITE",
                O.Replace("c=IN IP4 203.0.113.1", "c=IN IP4 " + media, StringComparison.Ordinal),
                "Contact: <sip:a@192.168.1.7:5060>\r\n"
            )
            .B(100);

    private static Script Failover(double wait) =>
        new Script().A("INVITE", O).Wait(wait).Call("1", b: "198.51.100.7").A("INVITE", O, cseq: 2).B(200, S, cseq: 2);

    private static Script Registered(int granted) =>
        new Script()
            .A("REGISTER", headers: "Contact: <sip:a@203.0.113.1>;expires=3600\r\n")
            .B(200, headers: $"Contact: <sip:a@203.0.113.1>;expires={granted}\r\n", of: "REGISTER");

    private static Script Stale(bool stale)
    {
        var script = new Script();
        for (var i = 1; i < 5; i++)
        {
            script
                .A("INVITE", headers: Credentials, cseq: i)
                .B(
                    401,
                    headers: $"WWW-Authenticate: Digest realm=\"x\", nonce=\"{i}\", stale={(stale ? "TRUE" : "false")}\r\n",
                    cseq: i
                );
        }

        return script.A("INVITE", headers: Credentials, cseq: 5).B(200, cseq: 5);
    }

    private const string Target = "sip:+33140000002@example.org";

    // The callee's proxy sends the call out again, and it comes back: for the same target that is a loop, for another one a spiral.
    private static Script Back(string target) =>
        Start()
            .Call("1", a: Script.BHost, b: Script.AHost)
            .A("INVITE", O, "Via: SIP/2.0/UDP 203.0.113.1:5060;branch=z9hG4bK1INVITE1\r\n", uri: target)
            .Call("1", a: Script.AHost, b: Script.BHost)
            .A(
                "INVITE",
                O,
                "Via: SIP/2.0/UDP 198.51.100.1:5060;branch=z9hG4bKb\r\nVia: SIP/2.0/UDP 203.0.113.1:5060;branch=z9hG4bK1INVITE1\r\n",
                uri: target
            );

    private static Script Fragmented(bool last) =>
        new Script().Fragmented("INVITE", O + string.Concat(Enumerable.Repeat("a=x-filler:0123456789\r\n", 60)), last);

    private static Script Start() => new Script().A("INVITE", O).B(100);
}
