using Ringfence.Media.Sdp;
using Ringfence.Media.Srtp;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>For each rule of media a call that shows it, and one nearly alike that does not.</summary>
internal static class MediaScenarios
{
    private const string O = Script.Offer;
    private const string S = Script.Answer;

    public static IEnumerable<(string Id, Script Shows, Script Almost)> All()
    {
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
        yield return ("MD-03", Talk().Rtp(4, port: 7_000), Talk().Rtp(4));
        yield return ("MD-04", Talk().Rtp(4, type: 18), Talk().Rtp(4));
        yield return ("MD-05", Paced(30), Paced(20));
        yield return (
            "MD-06",
            Start().B(200, S).Rtp(4, skip: 20).Wait(5).FromB("BYE"),
            Start().B(200, S).Rtp(4).Wait(5).FromB("BYE")
        );
        yield return ("MD-07", Talk().Rtp(9, skip: 3), Talk().Rtp(9));
        yield return ("MD-08", Talk().Rtp(13, step: 164), Talk().Rtp(13));
        yield return ("MD-09", Talk().Rtp(4).Rtp(4, ssrc: 8), Talk().Rtp(4));
        yield return ("MD-10", Digits(info: true), Digits(info: false));
        yield return ("MD-11", Talk().Rtp(6), Talk().Rtp(6, tone: i => Script.Sine(i, 300 + (i / 7 % 900))));
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
        yield return (
            "MD-14",
            Start().B(200, S + "a=rtcp-mux\r\n"),
            new Script().A("INVITE", O + "a=rtcp-mux\r\n").B(200, S + "a=rtcp-mux\r\n")
        );
        yield return ("MD-15", Secure(Key('A'), Key('B')), Secure(Key('A'), Key('A')));
        yield return (
            "MD-16",
            Talk().Rtp(4, dscp: 0).Rtp(4, toCaller: false, ssrc: 9),
            Talk().Rtp(4, dscp: 0).Rtp(4, toCaller: false, ssrc: 9, dscp: 0)
        );
    }

    private static Script Paced(int wanted) =>
        new Script().A("INVITE", O + $"a=ptime:{wanted}\r\n").B(200, S).A("ACK", tag: "b").Rtp(4);

    private static string Key(char letter) =>
        "inline:" + Convert.ToBase64String(Enumerable.Repeat((byte)letter, 30).ToArray());

    private static Script Secure(string said, string used)
    {
        const string Suite = "AES_CM_128_HMAC_SHA1_80";
        string With(string sdp, string key) =>
            sdp.Replace("RTP/AVP", "RTP/SAVP", StringComparison.Ordinal) + $"a=crypto:1 {Suite} {key}\r\n";
        using var srtp = new SrtpContext(SrtpMasterKey.Read(new SdpCrypto(1, Suite, used))!);
        return new Script()
            .A("INVITE", With(O, Key('C')))
            .B(200, With(S, said))
            .A("ACK", tag: "b")
            .Rtp(2, srtp: srtp, tone: i => Script.Sine(i, 440));
    }

    private static Script Digits(bool info)
    {
        var script = Start().B(200, S).Event(5);
        return info ? script.Body("INFO", "application/dtmf-relay", "Signal=5\r\nDuration=160\r\n") : script;
    }

    private static Script Start() => new Script().A("INVITE", O).B(100);

    private static Script Talk() => Start().B(200, S).A("ACK", tag: "b");
}
