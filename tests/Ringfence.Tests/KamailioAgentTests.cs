using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using static Ringfence.Tests.WatchProcess;

namespace Ringfence.Tests;

/// <summary>A proxy that reports its calls itself: Kamailio's siptrace, as HEP over TCP.</summary>
public sealed class KamailioAgentTests
{
    private const string Modules = "/usr/lib/x86_64-linux-gnu/kamailio/modules";

    [Fact]
    public async Task What_kamailio_reports_over_tcp_is_a_call()
    {
        Assert.SkipUnless(
            File.Exists("/usr/sbin/kamailio") && File.Exists("/usr/bin/sipp"),
            "skipped: Kamailio or SIPp (Debian packages kamailio and sip-tester) not present"
        );
        (int proxy, int caller, int listener) = (FreeUdpPort(), FreeUdpPort(), FreeTcpPort());
        string folder = Directory.CreateTempSubdirectory("ringfence-hep").FullName;
        string configuration = Path.Combine(folder, "kamailio.cfg");
        await File.WriteAllTextAsync(
            configuration,
            Configuration(proxy, listener),
            TestContext.Current.CancellationToken
        );
        using Process watch = Command.Start(["watch", "--hep", $"tcp:127.0.0.1:{listener}", "--count", "1", "--json"]);
        await ReadyAsync(watch);
        using Process kamailio = Start(
            "kamailio",
            "-DD",
            "-E",
            "-f",
            configuration,
            "-Y",
            folder,
            "-m",
            "32",
            "-M",
            "8"
        );
        try
        {
            // SIPp sends its INVITE again until the proxy has started.
            using Process calls = Start(
                "sipp",
                ["-sn", "uac", "-i", "127.0.0.1", "-p", $"{caller}", "-m", "1", "-nostdin", $"127.0.0.1:{proxy}"]
            );
            using var call = JsonDocument.Parse(await EndAsync(watch));
            await calls.WaitForExitAsync(TestContext.Current.CancellationToken);
            call.RootElement.GetProperty("state").GetString().ShouldBe("Refused");
            call.RootElement.GetProperty("messages")
                .EnumerateArray()
                .Select(message => message.GetProperty("label").GetString())
                .ShouldContain("607 Unwanted");
        }
        finally
        {
            kamailio.Kill(entireProcessTree: true);
            await kamailio.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Configuration(int proxy, int listener) =>
        $$"""
            #!KAMAILIO
            debug=1
            log_stderror=yes
            children=1
            listen=udp:127.0.0.1:{{proxy}}
            listen=tcp:127.0.0.1:{{proxy}}
            mpath="{{Modules}}"
            loadmodule "tm.so"
            loadmodule "sl.so"
            loadmodule "pv.so"
            loadmodule "siptrace.so"
            modparam("siptrace", "duplicate_uri", "sip:127.0.0.1:{{listener}};transport=tcp")
            modparam("siptrace", "hep_mode_on", 1)
            modparam("siptrace", "hep_version", 3)
            modparam("siptrace", "trace_to_database", 0)
            modparam("siptrace", "trace_on", 1)
            modparam("siptrace", "trace_mode", 1)
            request_route { if ($rm == "INVITE") { sl_send_reply("607", "Unwanted"); } exit; }
            """;

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = Path.GetTempPath(),
            }
        )!;

    private static int FreeUdpPort()
    {
        using UdpClient probe = new(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.Client.LocalEndPoint!).Port;
    }

    private static int FreeTcpPort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
