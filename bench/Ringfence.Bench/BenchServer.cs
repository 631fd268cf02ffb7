using System.Net;
using System.Runtime.InteropServices;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Bench;

/// <summary>The least servers on the stack: 607 to everything, with 100 and 183 before it or not. What Kamailio's configurations do.</summary>
internal static class BenchServer
{
    internal static int Run(string mode, int port)
    {
        var options = new SipTransportOptions
        {
            Listen = [new ListenAddress(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, port))],
            Lanes = 1,
        };
        SipTransport transport = SipTransport.Open(
            options,
            (lane, wire) =>
            {
                var transactions = new TransactionLayer(lane, wire, SipTimers.Default, TransactionLimits.Default);
                _ = new CallLayer(transactions, new Refuser(mode == "progress"), CallOptions.Default);
                return transactions;
            }
        );
        transport.Start();
        using ManualResetEventSlim ended = new();
        using PosixSignalRegistration term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => ended.Set());
        ended.Wait();
        return 0;
    }

    private sealed class Refuser(bool progresses) : ICallHandler
    {
        private static readonly byte[] Sdp =
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40002 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n"u8.ToArray();

        public void OnInvite(IncomingCall call)
        {
            call.Listener = Nobody.Instance;
            if (progresses)
            {
                call.Progress(183, default, Body.Sdp(Sdp));
            }

            call.Refuse(607, default);
        }
    }

    private sealed class Nobody : IIncomingCallListener
    {
        internal static readonly Nobody Instance = new();

        public void OnEnded(Call call, CallEnd end, Sip.Messages.SipMessage? message) { }
    }
}
