using Microsoft.Extensions.Logging;
using Ringfence.Edge.Telemetry;

namespace Ringfence.Edge.Configuration;

/// <summary>The settings that a reload cannot put into force: ports, name servers and taps stand for as long as the edge runs.</summary>
internal static class RestartSettings
{
    internal static void Tell(EdgeConfiguration started, EdgeConfiguration read, ILogger log)
    {
        (string Setting, bool IsSame)[] settings =
        [
            (
                "listen or tls",
                started.Listen.Select(Form).SequenceEqual(read.Listen.Select(Form)) && started.Lanes == read.Lanes
            ),
            ("dns", (started.Dns?.Servers ?? []).SequenceEqual(read.Dns?.Servers ?? [])),
            ("observe", started.Observe == read.Observe),
            ("rtpengine", Equals(started.RtpEngine, read.RtpEngine)),
            ("registrar", started.Registrar is null == read.Registrar is null),
            ("storage", started.Database == read.Database),
        ];
        foreach ((string setting, _) in settings.Where(setting => !setting.IsSame))
        {
            RegistrarLog.NeedsRestart(log, setting);
        }
    }

    private static string Form(Sip.Transport.ListenAddress address) => $"{address} {address.Tls}";
}
