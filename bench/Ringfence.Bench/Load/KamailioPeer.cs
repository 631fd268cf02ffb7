using System.Globalization;

namespace Ringfence.Bench.Load;

/// <summary>Kamailio as the peer to be measured against: one child, the fast allocator, no DNS, no TCP.</summary>
internal static class KamailioPeer
{
    private const string Common = """
        #!KAMAILIO
        debug=-1
        log_stderror=yes
        fork=yes
        children=1
        disable_tcp=yes
        auto_aliases=no
        dns=no
        rev_dns=no
        use_dns_cache=off
        server_signature=no
        listen=udp:127.0.0.1:PORT
        mpath="/usr/lib/x86_64-linux-gnu/kamailio/modules/"
        loadmodule "sl.so"
        loadmodule "tm.so"
        loadmodule "pv.so"
        loadmodule "textops.so"

        """;

    /// <summary>INVITE → 607 without state.</summary>
    internal const string Stateless =
        Common
        + """
            request_route {
                if (method == "ACK") exit;
                sl_send_reply("607", "Unwanted");
            }
            """;

    /// <summary>INVITE → 607 in a transaction.</summary>
    internal const string Refusing =
        Common
        + """
            request_route {
                if (method == "ACK") { t_check_trans(); exit; }
                if (!t_newtran()) exit;
                t_reply("607", "Unwanted");
            }
            """;

    /// <summary>INVITE → 100, 183 with SDP, 607 in a transaction.</summary>
    internal const string Progressing =
        Common
        + """
            request_route {
                if (method == "ACK") { t_check_trans(); exit; }
                if (!t_newtran()) exit;
                t_reply("100", "Trying");
                set_reply_body("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40002 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n", "application/sdp");
                t_reply("183", "Session Progress");
                t_reply("607", "Unwanted");
            }
            """;

    internal static ServerProcess Start(string name, string configuration, int port, string folder)
    {
        string file = Path.Combine(folder, $"kamailio-{port}.cfg");
        File.WriteAllText(
            file,
            configuration.Replace("PORT", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        );
        string run = Directory.CreateDirectory(Path.Combine(folder, $"run-{port}")).FullName;
        return ServerProcess.Start(
            name,
            "/usr/sbin/kamailio",
            "-f",
            file,
            "-x",
            "fm",
            "-X",
            "fm",
            "-m",
            "2048",
            "-M",
            "32",
            "-DD",
            "-E",
            "-Y",
            run
        );
    }
}
