using System.Net;
using System.Text;
using System.Text.Json;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Export;

namespace Ringfence.Tests;

public sealed class DiagnoseCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("diagnose-");

    [Fact]
    public async Task A_refused_call_is_told_with_its_ladder()
    {
        CommandResult result = await Command.RunAsync("diagnose", Capture());

        result.ExitCode.ShouldBeOneOf([0, 1], result.Error);
        result.Output.ShouldContain("607 Unwanted");
        result.Output.ShouldContain("├");
        result.Output.ShouldNotContain("\e[");
    }

    [Fact]
    public async Task Json_and_a_page_come_of_the_same_trace()
    {
        string page = Path.Combine(_folder.FullName, "report.html");

        CommandResult result = await Command.RunAsync("diagnose", Capture(), "--json", "--html", page, "--lang", "fr");

        JsonDocument.Parse(result.Output).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
        string html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        html.ShouldContain("<html lang=\"fr\"");
        html.ShouldNotContain("<link ", Case.Insensitive, "the page needs nothing but itself");
    }

    [Fact]
    public async Task The_anonymised_capture_names_nobody()
    {
        string shareable = Path.Combine(_folder.FullName, "shareable.pcap");

        await Command.RunAsync("diagnose", Capture(), "--anonymise", shareable);

        string text = Encoding.Latin1.GetString(
            await File.ReadAllBytesAsync(shareable, TestContext.Current.CancellationToken)
        );
        text.ShouldContain("SIP/2.0 607");
        text.ShouldNotContain("33900123456");
        text.ShouldNotContain("192.0.2.10");
    }

    [Fact]
    public async Task What_cannot_be_read_ends_with_2()
    {
        string noise = Path.Combine(_folder.FullName, "noise.bin");
        await File.WriteAllBytesAsync(noise, new byte[1_000], TestContext.Current.CancellationToken);

        (await Command.RunAsync("diagnose", noise)).ExitCode.ShouldBe(2);
        (await Command.RunAsync("diagnose", "/nowhere/trace.pcap")).ExitCode.ShouldBe(2);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>INVITE, 607, ACK.</summary>
    private string Capture()
    {
        string path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.pcap");
        using FileStream file = File.Create(path);
        using MessageCapture capture = new(file);
        PacketAddress caller = PacketAddress.Of(IPAddress.Parse("192.0.2.10"), 5060);
        PacketAddress edge = PacketAddress.Of(IPAddress.Parse("192.0.2.1"), 5060);
        long start = 1_790_000_000_000_000_000;
        capture.Add(start, caller, edge, Message("INVITE sip:+33180001000@192.0.2.1 SIP/2.0", "", "1 INVITE"));
        capture.Add(start + 3_000_000, edge, caller, Message("SIP/2.0 607 Unwanted", ";tag=b", "1 INVITE"));
        capture.Add(
            start + 5_000_000,
            caller,
            edge,
            Message("ACK sip:+33180001000@192.0.2.1 SIP/2.0", ";tag=b", "1 ACK")
        );
        return path;
    }

    private static byte[] Message(string startLine, string toTag, string cseq) =>
        Encoding.ASCII.GetBytes(
            $"{startLine}\r\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK1\r\nFrom: <sip:+33900123456@192.0.2.10>;tag=a\r\n"
                + $"To: <sip:+33180001000@192.0.2.1>{toTag}\r\nCall-ID: one@192.0.2.10\r\nCSeq: {cseq}\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
        );
}
