using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
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
        (await Command.RunAsync("diagnose", "--bogus")).Error.ShouldContain("--bogus does not exist, and is no option");
    }

    [Theory]
    [InlineData("--call", "one@192", true)]
    [InlineData("--call", "two@192", false)]
    [InlineData("--from", "+33900", true)]
    [InlineData("--from", "+33199", false)]
    [InlineData("--code", "607", true)]
    [InlineData("--code", "486", false)]
    [InlineData("--finding", "bk-02", true)]
    [InlineData("--finding", "EM-01", false)]
    public async Task A_filter_shows_the_calls_that_fit_or_says_that_none_does(string option, string value, bool fits)
    {
        CommandResult result = await Command.RunAsync("diagnose", Capture(), option, value);

        result.Output.Contains("607 Unwanted", StringComparison.Ordinal).ShouldBe(fits);
        result.Error.Contains("leave out a filter", StringComparison.Ordinal).ShouldBe(!fits);
        result.ExitCode.ShouldBeLessThan(2);
    }

    [Fact]
    public async Task The_ladder_comes_as_a_picture_and_as_a_diagram()
    {
        string picture = Path.Combine(_folder.FullName, "ladder.svg");

        CommandResult result = await Command.RunAsync(
            "diagnose",
            Capture(),
            "--svg",
            picture,
            "--time",
            "scale",
            "--mermaid"
        );

        XDocument svg = XDocument.Load(picture);
        svg.Root!.Name.LocalName.ShouldBe("svg");
        svg.Descendants().ShouldContain(element => element.Value == "607");
        result.Output.ShouldStartWith("sequenceDiagram");
        result.Output.ShouldContain("H1-->>H0: 607 Unwanted");
    }

    [Fact]
    public async Task Everything_of_a_call_is_written_into_a_folder()
    {
        string folder = Path.Combine(_folder.FullName, "case");

        await Command.RunAsync("diagnose", Capture(), "--case", folder);

        string[] files = [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!)];
        files.ShouldContain("messages.pcap");
        files.ShouldContain("ladder.svg");
        files.ShouldContain("report.html");
        (await Command.RunAsync("diagnose", Path.Combine(folder, "messages.pcap"))).Output.ShouldContain(
            "607 Unwanted"
        );
    }

    [Fact]
    public async Task Two_calls_are_compared_to_the_place_where_they_part()
    {
        CommandResult result = await Command.RunAsync("diagnose", "--compare", Capture(200), Capture());

        result.Output.ShouldContain("They part here");
        result.Output.ShouldContain("607 Unwanted");
        result.ExitCode.ShouldBe(1);
        (await Command.RunAsync("diagnose", "--compare", Capture(), Capture())).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_asked_wrongly_is_said_with_a_right_value()
    {
        (await Command.RunAsync("diagnose")).Error.ShouldContain("ringfence diagnose trace.pcap");
        (await Command.RunAsync("diagnose", Capture(), "--finding", "XX-99")).Error.ShouldContain("EM-02");
        (await Command.RunAsync("diagnose", Capture(), "--lang", "xx")).ExitCode.ShouldNotBe(0);
    }

    [Fact]
    public async Task A_mistake_is_said_in_a_line_and_ends_with_2()
    {
        CommandResult result = await Command.RunAsync("diagnose", Capture(), "--time", "sideways");

        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldContain("ringfence diagnose --help");
    }

    [Fact]
    public async Task A_folder_stands_for_its_files_and_a_pattern_for_those_that_fit()
    {
        Capture();
        Capture(200);
        string pattern = Path.Combine(_folder.FullName, "*.pcap");

        (await Command.RunAsync("diagnose", _folder.FullName)).Output.ShouldStartWith("1 call,");
        (await Command.RunAsync("diagnose", pattern)).Output.ShouldStartWith("1 call,");
        (await Command.RunAsync("diagnose", pattern + "x")).Error.ShouldContain("nothing fits");
    }

    [Fact]
    public async Task A_trace_can_come_by_the_standard_input_and_all_can_be_made_of_it()
    {
        string folder = Path.Combine(_folder.FullName, "case");
        using Process process = Command.Start(["diagnose", "-", "--ascii", "--case", folder]);
        await using (FileStream trace = File.OpenRead(Capture()))
        {
            await trace.CopyToAsync(process.StandardInput.BaseStream, TestContext.Current.CancellationToken);
        }

        process.StandardInput.Close();
        Task<string> said = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await said;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        output.ShouldContain("607 Unwanted");
        output.ShouldContain("|-");
        output.ShouldAllBe(letter => letter < 0x80);
        File.Exists(Path.Combine(folder, "messages.pcap")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_key_log_among_the_files_opens_the_capture_beside_it()
    {
        string foreign = Path.Combine(AppContext.BaseDirectory, "../../../../Ringfence.Diagnosis.Tests/Foreign");
        string capture = Path.Combine(foreign, "tls.pcapng");

        (await Command.RunAsync("diagnose", capture)).Output.ShouldStartWith("No SIP");
        (await Command.RunAsync("diagnose", capture, Path.Combine(foreign, "tls.keys"))).Output.ShouldContain(
            "2 messages"
        );
    }

    [Fact]
    public async Task The_help_has_examples() =>
        (await Command.RunAsync("diagnose", "--help")).Output.ShouldContain("--compare good.pcap bad.pcap");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>INVITE, 607 or another final response, ACK.</summary>
    private string Capture(int status = 607)
    {
        string path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.pcap");
        using FileStream file = File.Create(path);
        using MessageCapture capture = new(file);
        PacketAddress caller = PacketAddress.Of(IPAddress.Parse("192.0.2.10"), 5060);
        PacketAddress edge = PacketAddress.Of(IPAddress.Parse("192.0.2.1"), 5060);
        long start = 1_790_000_000_000_000_000;
        capture.Add(start, caller, edge, Message("INVITE sip:+33180001000@192.0.2.1 SIP/2.0", "", "1 INVITE"));
        capture.Add(
            start + 3_000_000,
            edge,
            caller,
            Message(status == 607 ? "SIP/2.0 607 Unwanted" : $"SIP/2.0 {status} OK", ";tag=b", "1 INVITE")
        );
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
