namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>For each rule of signalling and media a call that shows it, and one nearly alike that does not.</summary>
internal static class SignallingScenarios
{
    private const string O = Script.Offer;
    private const string S = Script.Answer;
    private const string Credentials = "Authorization: Digest username=\"a\"\r\n";

    public static IEnumerable<(string Id, Script Shows, Script Almost)> All()
    {
        yield return ("SG-01", Start().B(503, headers: "Reason: Q.850;cause=34\r\n"), Start().B(503));
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
            "SG-10",
            Start().A("CANCEL").B(200, S),
            Start().A("CANCEL").B(200, S).A("ACK", tag: "b").A("BYE", cseq: 2, tag: "b")
        );
        yield return (
            "SG-11",
            Start().B(200, S).A("ACK", tag: "b").A("BYE", cseq: 2, tag: "b").B(481, of: "BYE", cseq: 2),
            Start().B(200, S).A("ACK", tag: "b").A("BYE", cseq: 2, tag: "b").B(200, of: "BYE", cseq: 2)
        );
        yield return ("SG-13", Start().B(482), Start().B(481));
        yield return ("SG-15", Start().B(488), Start().B(486));
        yield return ("SG-17", Fragmented(last: false), Fragmented(last: true));
        yield return (
            "SG-20",
            Start().B(200, S, "Contact: <sip:b@10.0.0.1>\r\n"),
            Start().B(200, S, "Contact: <sip:b@198.51.100.1>\r\n")
        );
        yield return ("SG-22", Start().Wait(15).B(180), Start().Wait(2).B(180));
        yield return (
            "SG-28",
            new Script().A("SUBSCRIBE").B(489, headers: "Allow-Events: dialog\r\n", of: "SUBSCRIBE"),
            new Script().A("SUBSCRIBE").B(480, of: "SUBSCRIBE")
        );
        yield return ("SG-30", new Script().FromB("BYE"), Start().B(200, S).A("ACK", tag: "b").FromB("BYE"));
        yield return (
            "MD-01",
            Start().B(200, S).Rtp(4).Wait(5).FromB("BYE"),
            Start().B(200, S).Rtp(4).Rtp(4, toCaller: false, ssrc: 9).Wait(5).FromB("BYE")
        );
        yield return (
            "MD-02",
            Start().B(200, S).Wait(5).FromB("BYE").Rtp(2, to: "192.0.2.77", toPort: 9000, port: 9002),
            Start().B(200, S).Rtp(4).Wait(5).FromB("BYE")
        );
        yield return (
            "MD-06",
            Start().B(200, S).Rtp(4, skip: 20).Wait(5).FromB("BYE"),
            Start().B(200, S).Rtp(4).Wait(5).FromB("BYE")
        );
        yield return ("MD-10", Digits(info: true), Digits(info: false));
        yield return (
            "MD-12",
            Start()
                .B(200, S)
                .A("ACK", tag: "b")
                .A("INVITE", O + "a=sendonly\r\n", cseq: 2, tag: "b")
                .B(200, S, cseq: 2)
                .Wait(5)
                .FromB("BYE"),
            Start()
                .B(200, S)
                .A("ACK", tag: "b")
                .A("INVITE", O, cseq: 2, tag: "b")
                .B(200, S, cseq: 2)
                .Wait(5)
                .FromB("BYE")
        );
        yield return (
            "MD-13",
            Start().B(200, S).Rtp(9).Rtp(9, toCaller: false, ssrc: 9).Wait(4).FromB("BYE").ToB(200, "BYE"),
            Start().B(200, S).Rtp(4).Rtp(4, toCaller: false, ssrc: 9).Wait(4).FromB("BYE").ToB(200, "BYE")
        );
    }

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

    private static Script Fragmented(bool last) =>
        new Script().Fragmented("INVITE", O + string.Concat(Enumerable.Repeat("a=x-filler:0123456789\r\n", 60)), last);

    private static Script Digits(bool info)
    {
        var script = Start().B(200, S).Event(5);
        const string Relay = "Content-Type: application/dtmf-relay\r\n";
        return info ? script.Raw("INFO", Relay, "Signal=5\r\nDuration=160\r\n") : script;
    }

    private static Script Start() => new Script().A("INVITE", O).B(100);
}
