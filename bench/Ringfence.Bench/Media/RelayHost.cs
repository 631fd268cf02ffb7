using System.Globalization;
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
    internal static int Run(int streams, bool plays, bool isSecure, int callerPort)
    {
        using var clock = new MediaClock(TimeProvider.System);
        var ports = new RtpPortRange(IPAddress.Loopback, 20_000, 20_000 + 4 * streams + 100, new Random(1));
        RtpRelay[] relays =
        [
            .. Enumerable
                .Range(0, streams)
                .Select(i => new RtpRelay(ports.Open()!, ports.Open()!, SourceLockPolicy.Learn, new Random(i))),
        ];
        Console.WriteLine(
            string.Join(
                ' ',
                relays.Select(relay => $"{relay.Caller.LocalEndPoint.Port}:{relay.Callee.LocalEndPoint.Port}")
            )
        );
        // An edge has been running for a second when it gets a thousand calls.
        RelayRehearsal.RunAsync(TimeProvider.System, CancellationToken.None).Wait();
        Console.In.ReadLine();
        int collections = GC.CollectionCount(0);
        TimeSpan paused = GC.GetTotalPauseDuration();
        clock.Start();
        foreach (RtpRelay relay in relays)
        {
            Begin(relay, plays, isSecure, callerPort);
            clock.Add(relay);
            Thread.Sleep(1);
        }

        long allocated = GC.GetTotalAllocatedBytes();
        Console.WriteLine();
        Console.In.ReadLine();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{GC.GetTotalAllocatedBytes() - allocated} {GC.CollectionCount(0) - collections}, {(GC.GetTotalPauseDuration() - paused).TotalMilliseconds:F1}; {Late(clock)}"
            )
        );
        return 0;
    }

    private static void Begin(RtpRelay relay, bool plays, bool isSecure, int callerPort)
    {
        relay.Negotiated(relay.Caller, Audio(callerPort));
        // Nothing is sent to the callees, so that their port is that of nobody.
        relay.Negotiated(relay.Callee, Audio(9));
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
    }

    /// <summary>Moments of the clock that were late by more than each bound.</summary>
    private static string Late(MediaClock clock) =>
        string.Join(
            ' ',
            Enumerable
                .Range(1, 5)
                .Select(from =>
                    Enumerable.Range(from, TickLateness.UpperBounds.Count + 1 - from).Sum(i => clock.Lateness[i])
                )
        );

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
