namespace Ringfence.Interop.Tests.Peers;

/// <summary>baresip: a telephone that records what it hears.</summary>
internal static class Baresip
{
    private const string Modules = "/usr/lib/baresip/modules";

    internal static void Need() => ForeignProgram.Need("baresip", "baresip-core");

    /// <summary>Starts it; type /dial and /quit.</summary>
    internal static ForeignProgram Start(TestFolder folder, int port) => Start(folder, port, "aubridge,early", "");

    /// <summary>Starts one that says a WAV of 8 kHz, over and over.</summary>
    /// <param name="folder">A folder of its own.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="wav">What it says.</param>
    /// <param name="more">Parameters of its account: <c>;answermode=auto</c> picks up, <c>;mediaenc=srtp-mand</c> insists on SRTP.</param>
    internal static ForeignProgram Speaking(TestFolder folder, int port, string wav, string more) =>
        Start(folder, port, $"aufile,{wav}", more);

    private static ForeignProgram Start(TestFolder folder, int port, string source, string more)
    {
        Directory.CreateDirectory(folder.File("heard"));
        folder.Write(
            "config",
            $"""
            poll_method epoll
            sip_listen 127.0.0.1:{port}
            audio_player aubridge,early
            audio_source {source}
            audio_alert aubridge,alert
            audio_srate 8000
            audio_channels 1
            ausrc_srate 8000
            auplay_srate 8000
            ausrc_channels 1
            auplay_channels 1
            audio_level no
            rtp_ports 50000-50100
            rtcp_mux no
            jitter_buffer_delay 0-1
            net_interface 127.0.0.1
            module_path {Modules}
            module stdio.so
            module sndfile.so
            module g711.so
            module aubridge.so
            module aufile.so
            module srtp.so
            module_tmp uuid.so
            module_tmp account.so
            module_app menu.so
            snd_path {folder.File("heard")}
            ringback_disabled yes

            """
        );
        folder.Write(
            "accounts",
            $"\"Alice\" <sip:+33199001234@127.0.0.1:{port}>;regint=0;audio_codecs=PCMU/8000/1,PCMA/8000/1;ptime=20{more}\n"
        );
        return ForeignProgram.Start("baresip", folder.Path, "-4", "-f", folder.Path, "-v");
    }

    /// <summary>The WAV of what it decoded.</summary>
    internal static string Heard(TestFolder folder) =>
        Directory.GetFiles(folder.File("heard"), "*-dec.wav").ShouldHaveSingleItem();
}
