using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Export;
using Ringfence.Diagnosis.Ladder;

namespace Ringfence.Tests;

/// <summary><c>ringfence diagnose --compare</c> with what may stand beside it, and what may not.</summary>
public sealed class DiagnoseCompareTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("compare-");

    [Fact]
    public async Task Page_and_picture_are_written_and_the_text_says_where_they_part()
    {
        string page = Path.Combine(_folder.FullName, "compared.html");
        string picture = Path.Combine(_folder.FullName, "compared.svg");

        CommandResult result = await Command.RunAsync(
            "diagnose",
            "--compare",
            Capture("good.pcap", ("one", 200)),
            Capture("bad.pcap", ("one", 488)),
            "--html",
            page,
            "--svg",
            picture,
            "--lang",
            "de"
        );

        result.ExitCode.ShouldBe(1, result.Error);
        result.Output.ShouldContain(LadderWords.In("de")["compare.parts"]);
        result.Output.ShouldContain("488 OK");
        string html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        html.ShouldContain("<html lang=\"de\"");
        html.ShouldContain("good.pcap");
        html.ShouldNotContain("<link ", Case.Insensitive, "the page needs nothing but itself");
        XDocument.Load(picture).Root!.Name.LocalName.ShouldBe("svg");
    }

    [Fact]
    public async Task Programs_get_it_as_json()
    {
        CommandResult result = await Command.RunAsync(
            "diagnose",
            "--json",
            "--compare",
            Capture("good.pcap", ("one", 200)),
            Capture("bad.pcap", ("one", 488))
        );

        using JsonDocument json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("partsAt").GetInt32().ShouldBe(1);
        json.RootElement.GetProperty("bad").GetProperty("trace").GetString().ShouldBe("bad.pcap");
    }

    [Fact]
    public async Task Two_calls_of_one_trace_are_picked_by_their_call_ids()
    {
        string trace = Capture("trace.pcap", ("first", 486), ("second", 200), ("third", 488));

        CommandResult picked = await Command.RunAsync(
            "diagnose",
            "--compare",
            trace,
            trace,
            "--call",
            "second",
            "--call",
            "first"
        );
        picked.Output.ShouldContain("the good call goes on with 200 OK, the bad one with 486 OK");
        picked.Error.ShouldBeEmpty();

        CommandResult guessed = await Command.RunAsync("diagnose", "--compare", trace, trace);
        guessed.Output.ShouldContain("the good call goes on with 200 OK, the bad one with 488 OK");
        guessed.Error.ShouldContain("of 3 calls in trace.pcap, the bad one, third");
        guessed.Error.ShouldContain("--call GOOD --call BAD");

        CommandResult none = await Command.RunAsync("diagnose", "--compare", trace, trace, "--call", "nowhere");
        none.ExitCode.ShouldBe(2);
        none.Error.ShouldContain("none is as asked for");
    }

    [Fact]
    public async Task What_does_not_go_with_it_is_said_and_nothing_is_written()
    {
        string good = Capture("good.pcap", ("one", 200));
        string folder = Path.Combine(_folder.FullName, "case");

        CommandResult result = await Command.RunAsync(
            "diagnose",
            good,
            "--case",
            folder,
            "--mermaid",
            "--compare",
            good,
            good
        );

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("--mermaid does not go with --compare");
        result.Error.ShouldContain("--case does not go with --compare");
        result.Error.ShouldContain("one more; leave it out");
        Directory.Exists(folder).ShouldBeFalse();
        (await Command.RunAsync("diagnose", good, "--call", "a", "--call", "b")).Error.ShouldContain(
            "--call goes once"
        );
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Capture(string name, params (string CallId, int Status)[] calls)
    {
        string path = Path.Combine(_folder.FullName, name);
        var caller = PacketAddress.Of(IPAddress.Parse("192.0.2.10"), 5060);
        var callee = PacketAddress.Of(IPAddress.Parse("192.0.2.1"), 5060);
        long time = 1_790_000_000_000_000_000;
        using FileStream file = File.Create(path);
        using var capture = new MessageCapture(file);
        foreach ((string callId, int status) in calls)
        {
            capture.Add(time, caller, callee, Message("INVITE sip:b@192.0.2.1 SIP/2.0", callId, "", "INVITE"));
            capture.Add(time + 1_000_000, callee, caller, Message($"SIP/2.0 {status} OK", callId, ";tag=b", "INVITE"));
            capture.Add(
                time + 2_000_000,
                caller,
                callee,
                Message("ACK sip:b@192.0.2.1 SIP/2.0", callId, ";tag=b", "ACK")
            );
            time += 10_000_000_000;
        }

        return path;
    }

    private static byte[] Message(string startLine, string callId, string toTag, string method) =>
        Encoding.ASCII.GetBytes(
            $"{startLine}\r\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK{callId}{method}\r\nFrom: <sip:a@192.0.2.10>;tag=a\r\n"
                + $"To: <sip:b@192.0.2.1>{toTag}\r\nCall-ID: {callId}\r\nCSeq: 1 {method}\r\nContact: <sip:192.0.2.1>\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
        );
}
