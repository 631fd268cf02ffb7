using System.Net;
using Ringfence.Media.Codecs;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Relay;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;
using Ringfence.Media.Srtp;
using Ringfence.Media.Tones;

namespace Ringfence.Bench.Media;

/// <summary>The measured process: many relays on one media clock, as gated calls before the answer have them.</summary>
internal static class RelayHost
{
    internal static int Run(int streams, bool plays, bool isSecure, int callerPort, int calleePort)
    {
        using var clock = new MediaClock(TimeProvider.System);
        var ports = new RtpPortRange(IPAddress.Loopback, 20_000, 20_000 + 4 * streams + 100, new Random(1));
        var relays = new List<RtpRelay>();
        for (int i = 0; i < streams; i++)
        {
            var relay = new RtpRelay(ports.Open()!, ports.Open()!, SourceLockPolicy.Signalled, new Random(i));
            relay.Negotiated(relay.Caller, Audio(callerPort));
            relay.Negotiated(relay.Callee, Audio(calleePort));
            if (isSecure)
            {
                relay.Secure(
                    relay.Caller,
                    SrtpMasterKey.Create(SrtpSuite.AesCm128Sha180),
                    SrtpMasterKey.Create(SrtpSuite.AesCm128Sha180)
                );
            }

            if (plays)
            {
                _ = relay.Play(new ToneSource(TonePlan.Default.ByCountry("US")!.Ringback.Cadence));
            }
            else
            {
                relay.PassThrough();
            }

            clock.Add(relay);
            relays.Add(relay);
        }

        clock.Start();
        Console.WriteLine(
            string.Join(
                ' ',
                relays.Select(relay => $"{relay.Caller.LocalEndPoint.Port}:{relay.Callee.LocalEndPoint.Port}")
            )
        );
        Console.In.ReadLine();
        Console.WriteLine(
            string.Join(' ', Enumerable.Range(0, TickLateness.UpperBounds.Count + 1).Select(i => clock.Lateness[i]))
        );
        return 0;
    }

    private static NegotiatedAudio Audio(int port) =>
        new()
        {
            MediaIndex = 0,
            Send = new RtpMap(0, AudioFormat.Pcmu, null),
            ReceivePayloadType = 0,
            Remote = new IPEndPoint(IPAddress.Loopback, port),
            Direction = MediaDirection.SendRecv,
            PacketTime = 20,
        };
}
