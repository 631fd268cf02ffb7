using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using static Ringfence.Tests.WatchProcess;

namespace Ringfence.Tests;

/// <summary><c>ringfence watch</c> with packets of a capture agent, and with those of an interface where capturing is allowed.</summary>
public sealed class WatchCommandTests
{
    private const string Libpcap = "/usr/lib/x86_64-linux-gnu/libpcap.so.0.8";

    [Fact]
    public async Task A_call_that_an_agent_reports_is_told_as_a_line_of_json()
    {
        int port = FreeUdpPort();
        using Process watch = Command.Start(["watch", "--hep", $"udp:127.0.0.1:{port}", "--count", "1", "--json"]);
        await ReadyAsync(watch);
        using UdpClient agent = new();
        foreach (byte[] message in RefusedCall.Messages(5060))
        {
            await agent.SendAsync(
                RefusedCall.InHep(message),
                new IPEndPoint(IPAddress.Loopback, port),
                TestContext.Current.CancellationToken
            );
        }

        string line = await EndAsync(watch);

        using var call = JsonDocument.Parse(line);
        call.RootElement.GetProperty("state").GetString().ShouldBe("Refused");
        call.RootElement.GetProperty("findings").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_call_on_loopback_is_seen_through_libpcap()
    {
        Assert.SkipUnless(
            File.Exists(Libpcap) && Environment.UserName == "root",
            "skipped: libpcap not present, or no right to capture"
        );
        int port = FreeUdpPort();
        using Process watch = Command.Start([
            "watch",
            "lo",
            "--filter",
            $"udp port {port}",
            "--count",
            "1",
            "--ladder",
        ]);
        await ReadyAsync(watch);
        using UdpClient callee = new(new IPEndPoint(IPAddress.Loopback, port));
        using UdpClient caller = new(new IPEndPoint(IPAddress.Loopback, 0));
        int source = ((IPEndPoint)caller.Client.LocalEndPoint!).Port;
        foreach (byte[] message in RefusedCall.Messages(source))
        {
            bool isResponse = message.AsSpan().StartsWith("SIP/2.0"u8);
            await (isResponse ? callee : caller).SendAsync(
                message,
                new IPEndPoint(IPAddress.Loopback, isResponse ? source : port),
                TestContext.Current.CancellationToken
            );
        }

        string output = await EndAsync(watch);

        output.ShouldContain("607 Unwanted");
        output.ShouldContain("├");
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_it_with_a_summary(string signal)
    {
        int port = FreeUdpPort();

        // Ctrl+C of a terminal; whoever runs the tests may have told its children to ignore it.
        using Process watch = Command.Start(
            ["watch", "--hep", $"udp:127.0.0.1:{port}"],
            ["env", "--default-signal=INT", "dotnet"]
        );
        await ReadyAsync(watch);
        using UdpClient agent = new();
        foreach (byte[] message in RefusedCall.Messages(5060)[..1])
        {
            await agent.SendAsync(
                RefusedCall.InHep(message),
                new IPEndPoint(IPAddress.Loopback, port),
                TestContext.Current.CancellationToken
            );
        }

        (await watch.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!.ShouldContain("INVITE");
        using (var kill = Process.Start("kill", [$"-{signal}", $"{watch.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        string output = await EndAsync(watch);

        output.ShouldContain("■", customMessage: "what goes on is told as it stands");
        string summary = await watch.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        summary.ShouldContain("1 call (");
        summary.ShouldContain("1 SIP messages");
    }

    [Fact]
    public async Task Calls_of_SIPp_are_followed_on_loopback()
    {
        Assert.SkipUnless(
            File.Exists("/usr/bin/sipp") && File.Exists(Libpcap) && Environment.UserName == "root",
            "skipped: SIPp (Debian package sip-tester) or libpcap not present, or no right to capture"
        );
        (int callee, int caller) = (FreeUdpPort(), FreeUdpPort());
        using Process watch = Command.Start([
            "watch",
            "lo",
            "--filter",
            $"udp port {callee}",
            "--count",
            "3",
            "--json",
        ]);
        await ReadyAsync(watch);
        using Process answers = Sipp("-sn", "uas", "-i", "127.0.0.1", "-p", $"{callee}", "-m", "3");
        using Process calls = Sipp(
            "-sn",
            "uac",
            "-i",
            "127.0.0.1",
            "-p",
            $"{caller}",
            "-d",
            "50",
            "-m",
            "3",
            $"127.0.0.1:{callee}"
        );

        string[] lines = (await EndAsync(watch)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await calls.WaitForExitAsync(TestContext.Current.CancellationToken);
        await answers.WaitForExitAsync(TestContext.Current.CancellationToken);

        lines.Length.ShouldBe(3);
        foreach (string line in lines)
        {
            using var call = JsonDocument.Parse(line);
            call.RootElement.GetProperty("state").GetString().ShouldBe("Completed");
        }
    }

    [Fact]
    public async Task Without_libpcap_it_says_what_to_install()
    {
        Assert.SkipUnless(
            File.Exists(Libpcap) && Environment.UserName == "root" && await MayMountAsync(),
            "skipped: the library cannot be hidden here (root, and unshare of util-linux)"
        );
        using Process watch = Command.Start(
            ["watch", "lo"],
            [
                "unshare",
                "-m",
                "sh",
                "-c",
                $"for f in {Libpcap}*; do mount --bind /dev/null $f || exit 9; done; exec dotnet \"$@\"",
                "sh",
            ]
        );
        string error = await watch.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await watch.WaitForExitAsync(TestContext.Current.CancellationToken);

        watch.ExitCode.ShouldBe(2, error);
        error.ShouldContain("apt-get install libpcap0.8");
        error.ShouldContain("--hep");
    }

    [Fact]
    public async Task An_address_that_is_none_is_a_wrong_argument()
    {
        CommandResult result = await Command.RunAsync("watch", "--hep", "127.0.0.1:99999");
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("one is 127.0.0.1:9060");
    }

    [Fact]
    public async Task An_interface_that_is_not_there_is_named_with_a_remedy()
    {
        CommandResult result = await Command.RunAsync("watch", "nosuchdevice0");
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldMatch("nosuchdevice0|libpcap0.8|right to capture");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using UdpClient taken = new(new IPEndPoint(IPAddress.Loopback, 0));
        string address = taken.Client.LocalEndPoint!.ToString()!;
        CommandResult result = await Command.RunAsync("watch", "--hep", address);
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(address);
    }

    private static Process Sipp(params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo("sipp", [.. arguments, "-nostdin", "-timeout", "60"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = Path.GetTempPath(),
            }
        )!;

    private static async Task<bool> MayMountAsync()
    {
        try
        {
            using var probe = Process.Start("unshare", ["-m", "mount", "--bind", "/dev/null", Libpcap]);
            await probe.WaitForExitAsync(TestContext.Current.CancellationToken);
            return probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static int FreeUdpPort()
    {
        using UdpClient probe = new(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.Client.LocalEndPoint!).Port;
    }
}
