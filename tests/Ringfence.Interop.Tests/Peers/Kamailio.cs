namespace Ringfence.Interop.Tests.Peers;

/// <summary>Kamailio as a stateful proxy that stays in the path and sends every call to one place.</summary>
internal static class Kamailio
{
    internal static void Need() => ForeignProgram.Need("kamailio", "kamailio");

    /// <param name="folder">Where its files go.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="target">The port that everything goes to that has no route of its own.</param>
    /// <param name="onNew">What it does before it sends a request outside any dialog on.</param>
    internal static async Task<ForeignProgram> StartAsync(
        TestFolder folder,
        int port,
        int target,
        string onNew = """if (is_method("INVITE")) record_route();"""
    )
    {
        string file = folder.Write(
            "kamailio.cfg",
            $$"""
            #!KAMAILIO
            debug=2
            log_stderror=yes
            children=2
            disable_tcp=yes
            listen=udp:127.0.0.1:{{port}}
            loadmodule "tm.so"
            loadmodule "sl.so"
            loadmodule "rr.so"
            loadmodule "pv.so"
            loadmodule "textops.so"
            loadmodule "siputils.so"
            loadmodule "maxfwd.so"
            loadmodule "path.so"
            request_route {
              if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
              if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
              if (has_totag()) {
                if (loose_route()) { t_relay(); exit; }
                if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
                sl_send_reply("404", "Not Here");
                exit;
              }
              t_check_trans();
              {{onNew}}
              $du = "sip:127.0.0.1:{{target}}";
              if (!t_relay()) sl_reply_error();
            }

            """
        );
        string pid = folder.File("kamailio.pid");
        ForeignProgram process = ForeignProgram.Start(
            "kamailio",
            folder.Path,
            "-f",
            file,
            "-DD",
            "-E",
            "-w",
            folder.Path,
            "-Y",
            folder.Path,
            "-P",
            pid,
            "-m",
            "32",
            "-M",
            "4"
        );
        await FreePort.TakenAsync(port);
        return process;
    }
}
