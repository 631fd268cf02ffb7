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
            Start().B(608, headers: SignedFiles.Card("chain", spoilt: true)),
            Start().B(608, headers: SignedFiles.Card("chain", spoilt: false))
        );
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
    }

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
