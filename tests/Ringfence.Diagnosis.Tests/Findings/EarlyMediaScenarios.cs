namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>For each rule of early media a call that shows it, and one nearly alike that does not.</summary>
internal static class EarlyMediaScenarios
{
    private const string Reliable = "Require: 100rel\r\nRSeq: 5\r\n";
    private const string O = Script.Offer;
    private const string S = Script.Answer;

    public static IEnumerable<(string Id, Script Shows, Script Almost)> All()
    {
        yield return ("EM-01", Start().B(183).Wait(3).B(200, S), Start().B(183, S).Rtp(3).Wait(3).B(200, S));
        yield return (
            "EM-02",
            Start().B(183, S).Wait(4).B(200, S).Rtp(2),
            Start().B(183, S).Rtp(4).Wait(4).B(200, S).Rtp(2)
        );
        yield return (
            "EM-03",
            Start().B(183, S).B(180).Wait(4).B(200, S).Rtp(2),
            Start().B(183, S).B(180).Rtp(4).Wait(4).B(200, S)
        );
        yield return ("EM-04", Legs(null), Legs(S));
        yield return (
            "EM-05",
            Start().B(183, Replace(S, "198.51.100.1\r\nt", "10.1.2.3\r\nt")).Wait(1).B(200),
            Start().B(183, S).Wait(1).B(200)
        );
        yield return (
            "EM-06",
            Start().B(183, S).Rtp(2, type: 18).Wait(2).B(200, S),
            Start().B(183, S).Rtp(2, type: 8).Wait(2).B(200, S)
        );
        yield return (
            "EM-07",
            Start().B(183, S).B(200, Replace(S, "6000", "6002")),
            Start()
                .B(183, S)
                .A("UPDATE", O, cseq: 2, tag: "b")
                .B(200, S, of: "UPDATE", cseq: 2)
                .B(200, Replace(S, "6000", "6002"), cseq: 1)
        );
        yield return (
            "EM-08",
            Start()
                .B(183, S)
                .B(183, Replace(S, "6000", "6002"), tag: "c")
                .Rtp(2)
                .Rtp(2, port: 6002, ssrc: 8)
                .Wait(2)
                .B(200, S),
            Start().B(183, S).B(183, Replace(S, "6000", "6002"), tag: "c").Rtp(2).Wait(2).B(200, S)
        );
        yield return (
            "EM-09",
            Start().B(183, S).Rtp(1).Wait(1).B(200, Replace(S, "6000", "6002"), tag: "c").Rtp(5, toCaller: false),
            Start()
                .B(183, S)
                .Rtp(1)
                .Wait(1)
                .B(200, Replace(S, "6000", "6002"), tag: "c")
                .Rtp(5, toCaller: false, port: 6002)
        );
        yield return (
            "EM-10",
            Start("P-Early-Media: supported\r\n").B(183, S, "P-Early-Media: inactive\r\n").Rtp(2).Wait(2).B(200, S),
            Start("P-Early-Media: supported\r\n").B(183, S, "P-Early-Media: sendonly\r\n").Rtp(2).Wait(2).B(200, S)
        );
        yield return (
            "EM-11",
            Start().B(183, S, Reliable).Again(4).B(500),
            Start()
                .B(183, S, Reliable)
                .A("PRACK", headers: "RAck: 5 1 INVITE\r\n", cseq: 2, tag: "b")
                .B(200, of: "PRACK", cseq: 2)
        );
        yield return (
            "EM-12",
            Start()
                .B(183, S, Reliable)
                .A("PRACK", headers: "RAck: 5 1 INVITE\r\n", cseq: 2, tag: "b")
                .B(200, of: "PRACK", cseq: 2)
                .B(183, S, Reliable, cseq: 1),
            Start()
                .B(183, S, Reliable)
                .A("PRACK", headers: "RAck: 5 1 INVITE\r\n", cseq: 2, tag: "b")
                .B(200, of: "PRACK", cseq: 2)
                .B(180, null, Replace(Reliable, "5", "6"), cseq: 1)
        );
        yield return (
            "EM-13",
            Start().B(183, S, Reliable).A("PRACK", headers: "RAck: 5 2 INVITE\r\n", cseq: 2, tag: "b"),
            Start().B(183, S, Reliable).A("PRACK", headers: "RAck: 5 1 INVITE\r\n", cseq: 2, tag: "b")
        );
        yield return (
            "EM-14",
            Start("Require: 100rel\r\n").B(420, headers: "Unsupported: 100rel\r\n"),
            Start("Require: 100rel\r\n").B(420, headers: "Unsupported: foo\r\n")
        );
        yield return (
            "EM-15",
            new Script().A("INVITE").B(183, S, Reliable).A("PRACK", headers: "RAck: 5 1 INVITE\r\n", cseq: 2, tag: "b"),
            new Script().A("INVITE").B(183, S, Reliable).A("PRACK", O, "RAck: 5 1 INVITE\r\n", cseq: 2, tag: "b")
        );
        yield return ("EM-16", Start().B(183, S + "a=recvonly\r\n"), Start().B(183, S + "a=sendonly\r\n"));
        yield return ("EM-17", Start().B(183, Replace(S, "6000", "0")), Start().B(183, S));
        yield return (
            "EM-18",
            new Script().A("INVITE", Replace(O, "RTP/AVP", "RTP/SAVP")).B(183, S),
            Start().B(183, S)
        );
        yield return ("EM-19", Checked(answered: false).Wait(1).B(200, S), Checked(answered: true).Wait(1).B(200, S));
        yield return (
            "EM-20",
            Start().B(183, S).Rtp(2).Unreachable(Script.BHost, Script.AHost, 4000).Wait(3).B(200, S),
            Start().B(183, S).Rtp(2).Wait(3).B(200, S)
        );
        yield return (
            "EM-21",
            Start().Rtp(3).Wait(2).B(183, S).Wait(1).B(200, S),
            Start().B(183, S).Rtp(3).Wait(3).B(200, S)
        );
        yield return (
            "EM-22",
            Start().B(183, S).B(180).Rtp(4).Wait(4).B(200, S),
            Start().B(180).Wait(4).B(200, S).Rtp(4)
        );
        yield return (
            "EM-23",
            Start().B(183, S).Rtp(4).Wait(4).B(200, S),
            Start().B(183, S).Rtp(4, tone: i => Script.Sine(i, 440)).Wait(4).B(200, S)
        );
        yield return (
            "EM-24",
            Start().B(183, S).Rtp(14, tone: Busy).Wait(15).B(480),
            Start().B(183, S).Rtp(4, tone: Busy).Wait(4).B(486)
        );
        yield return (
            "EM-25",
            Start().B(183, S).Rtp(3).Wait(3).B(404, headers: "Reason: Q.850;cause=1\r\n").Call("2").A("INVITE", O),
            Start().B(183, S).Rtp(3).Wait(3).B(503, headers: "Reason: Q.850;cause=34\r\n").Call("2").A("INVITE", O)
        );
        yield return ("EM-26", Start().B(183, S).Wait(200).B(200, S), Start().B(183, S).Wait(20).B(200, S));
        yield return (
            "EM-27",
            Start().B(183, S).Rtp(12).A("INFO", cseq: 2, tag: "b").Wait(12).B(403, cseq: 1),
            Start().B(183, S).Rtp(3).Wait(3).B(403)
        );
        yield return (
            "EM-28",
            Start().B(200, S).Wait(1).Rtp(12, tone: Ringing).Wait(12).A("BYE", cseq: 2, tag: "b"),
            Start()
                .B(200, S)
                .Wait(1)
                .Rtp(12, tone: i => (short)(Script.Sine(i, 300 + (i / 9 % 700)) / 2))
                .Wait(12)
                .A("BYE", cseq: 2, tag: "b")
        );
        yield return ("EM-29", Start().B(183, S, phrase: "Ringing"), Start().B(183, S, phrase: "Session Progress"));
        yield return (
            "EM-30",
            new Script().A("INVITE", O + "a=curr:qos local none\r\na=des:qos mandatory local sendrecv\r\n").B(580),
            new Script().A("INVITE", O + "a=curr:qos local none\r\na=des:qos mandatory local sendrecv\r\n").B(200, S)
        );
        yield return (
            "EM-31",
            Start().B(183, S).Rtp(2).Wait(2).B(200, S).Wait(1).Rtp(3, ssrc: 9),
            Start().B(183, S).Rtp(5).Wait(2).B(200, S)
        );
    }

    private static Script Checked(bool answered)
    {
        var script = Start().B(183, S);
        for (byte i = 0; i < 4; i++)
        {
            script.Datagram(toCaller: true, Stun(0x01, i));
            if (answered)
            {
                script.Datagram(toCaller: false, Stun(0x01 | 0x100, i));
            }
        }

        return script;
    }

    private static byte[] Stun(int type, byte transaction) =>
        [(byte)(type >> 8), (byte)type, 0, 0, 0x21, 0x12, 0xA4, 0x42, .. Enumerable.Repeat(transaction, 12)];

    // France: 440 Hz, half a second on, half a second off.
    private static short Busy(int at) => at % 8_000 < 4_000 ? Script.Sine(at, 440) : (short)0;

    // France: 440 Hz, 1.5 seconds on, 3.5 seconds off.
    private static short Ringing(int at) => at % 40_000 < 12_000 ? Script.Sine(at, 440) : (short)0;

    private static Script Start(string headers = "") => new Script().A("INVITE", O, headers).B(100);

    private static Script Legs(string? outer) =>
        new Script()
            .Call("x", a: "203.0.113.9", b: "203.0.113.10")
            .A("INVITE", O)
            .Call("x_leg", a: Script.AHost, b: Script.BHost)
            .A("INVITE", O)
            .B(180, S)
            .Call("x", a: "203.0.113.9", b: "203.0.113.10")
            .B(180, outer)
            .Rtp(1);

    private static string Replace(string text, string from, string to) =>
        text.Replace(from, to, StringComparison.Ordinal);
}
