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
        yield return ("SG-15", Start().B(488), Start().B(486));
        yield return ("SG-22", Start().Wait(15).B(180), Start().Wait(2).B(180));
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
    }

    private static Script Start() => new Script().A("INVITE", O).B(100);
}
