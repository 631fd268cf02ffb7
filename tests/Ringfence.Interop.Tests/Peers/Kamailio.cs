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
        return await RunAsync(folder, file, port);
    }

    /// <summary>
    /// Forks every call to two places, or sends it to one; an rtpengine of its own takes the media where its port is given.
    /// </summary>
    internal static Task<ForeignProgram> ForkAsync(
        TestFolder folder,
        int port,
        int one,
        int? other,
        int? ng = null,
        string offered = ""
    )
    {
        string offer = ng is null
            ? ""
            : $"rtpengine_offer(\"via-branch=next replace-origin replace-session-connection ICE=remove {offered}\");";
        string answer = ng is null
            ? ""
            : "if (has_body(\"application/sdp\") && $rs > 100 && $rs < 300) rtpengine_answer(\"via-branch=1 replace-origin replace-session-connection ICE=remove\");";
        string media = ng is null
            ? ""
            : $"loadmodule \"rtpengine.so\"\nmodparam(\"rtpengine\", \"rtpengine_sock\", \"udp:127.0.0.1:{ng}\")";
        string file = folder.Write(
            $"kamailio-{port}.cfg",
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
            loadmodule "corex.so"
            {{media}}
            request_route {
              if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
              if (has_totag()) {
                if (loose_route()) { t_relay(); exit; }
                if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
                sl_send_reply("404", "Not Here");
                exit;
              }
              t_check_trans();
              record_route();
              t_on_branch("OUT");
              t_on_reply("BACK");
              $ru = "sip:bob@127.0.0.1:{{one}}";
              {{(other is null ? "" : $"append_branch(\"sip:bob@127.0.0.1:{other}\");")}}
              if (!t_relay()) sl_reply_error();
            }
            branch_route[OUT] { {{offer}} return; }
            onreply_route[BACK] { {{answer}} return; }

            """
        );
        return RunAsync(folder, file, port);
    }

    private static async Task<ForeignProgram> RunAsync(TestFolder folder, string file, int port)
    {
        string pid = folder.File($"kamailio-{port}.pid");
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
