using Ringfence.Edge.Configuration;
using Ringfence.Edge.Routing;
using Ringfence.Edge.Stages;
using Ringfence.Media.RtpEngine;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Gate.Border;

/// <summary>
/// Which far legs cross the border: those to browsers, which speak nothing but ICE and DTLS-SRTP, and those to trunks whose media is
/// rtpengine's.
/// </summary>
internal static class BorderTerms
{
    /// <summary>The leg at the border; null where media comes straight here.</summary>
    internal static BorderLeg? LegOf(GateSetup setup, in ProxyTarget target, int number) =>
        setup.Services.Border is { } border && (IsBrowser(target) || TrunkOf(setup, target) is not null)
            ? new BorderLeg(border, setup.Lane, $"{setup.Journal.Id}-{number}")
            {
                Side = IsBrowser(target) ? RtpEngineSide.Browser : RtpEngineSide.Plain,
            }
            : null;

    /// <summary>Whether a target may be called without the border when that is away.</summary>
    internal static bool MayGoWithout(GateSetup setup, in ProxyTarget target) =>
        !IsBrowser(target) && TrunkOf(setup, target)?.Configuration.MediaWhenAway == TrunkMedia.Own;

    /// <summary>Whose media it is, for a log line.</summary>
    internal static string NameOf(GateSetup setup, in ProxyTarget target) =>
        TrunkOf(setup, target)?.Name ?? setup.Trunk.Name;

    /// <summary>Browsers reach the edge by WebSocket, and nothing else does.</summary>
    private static bool IsBrowser(in ProxyTarget target) =>
        target.Destination.Kind is TransportKind.Ws or TransportKind.Wss;

    /// <summary>
    /// The trunk of the target where its media is rtpengine's. One of users may hold every address there is, and only those who have
    /// registered are its own.
    /// </summary>
    private static Trunk? TrunkOf(GateSetup setup, in ProxyTarget target) =>
        setup.Services.State.TrunkOf(target.Destination)
            is { Configuration: { Media: TrunkMedia.RtpEngine } terms } trunk
        && (terms.Authenticate != AuthenticateMode.Users || target.KeepFlow)
            ? trunk
            : null;
}
