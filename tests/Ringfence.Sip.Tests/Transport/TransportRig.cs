using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>A transport on loopback with free ports, and what its lanes were brought.</summary>
internal sealed class TransportRig : IAsyncDisposable
{
    private readonly ConcurrentQueue<Exception> _faults = new();

    public TransportRig(SipTransportOptions? options = null, params string[] listen)
    {
        options ??= new SipTransportOptions { Listen = [], Lanes = 1 };
        string[] addresses = listen.Length > 0 ? listen : ["udp:127.0.0.1:0", "tcp:127.0.0.1:0"];
        Wires = new IWire[Math.Max(1, options.Lanes)];
        Transport = SipTransport.Open(
            options with
            {
                Listen = [.. addresses.Select(Parse)],
                Lanes = Math.Max(1, options.Lanes),
                Fault = _faults.Enqueue,
            },
            (lane, wire) =>
            {
                Wires[lane.Index] = wire;
                return Sink;
            }
        );
        Transport.Start();
    }

    public RecordingSink Sink { get; } = new();

    public SipTransport Transport { get; }

    public IWire[] Wires { get; }

    public IPEndPoint Udp => Transport.Listening.First(listen => listen.Kind == TransportKind.Udp).EndPoint;

    public IPEndPoint Tcp => Transport.Listening.First(listen => listen.Kind == TransportKind.Tcp).EndPoint;

    public IPEndPoint At(TransportKind kind) => Transport.Listening.First(listen => listen.Kind == kind).EndPoint;

    public static ListenAddress Parse(string text)
    {
        ListenAddress.TryParse(text, out ListenAddress listen, out string error).ShouldBeTrue(error);
        return listen;
    }

    /// <summary>Runs something on a lane and waits for it.</summary>
    public T OnLane<T>(Func<IWire, T> run, int lane = 0)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Transport.Lanes.Lanes[lane].Post(new Lanes.RunWork(_ => done.SetResult(run(Wires[lane])))).ShouldBeTrue();
        done.Task.Wait(RecordingSink.Deadline).ShouldBeTrue();
        return done.Task.Result;
    }

    /// <summary>Waits until a counter has come so far; the transport's own threads change it.</summary>
    public void Await(Func<TransportCounters, long> counter, long least)
    {
        SpinWait
            .SpinUntil(() => counter(Transport.Count()) >= least, RecordingSink.Deadline)
            .ShouldBeTrue($"{Transport.Count()}");
    }

    /// <summary>True when a connection waits for that.</summary>
    public bool IsReading(StreamPhase phase) => CountReading(phase) > 0;

    public int CountReading(StreamPhase phase) => Transport.Streams.CountIn(phase);

    public SendOutcome Answer(Peer to, SipRequest request, int status)
    {
        var writer = new SipWriter();
        writer.StartReply(request, status, "Why"u8, "tag"u8, default, 0);
        byte[] reply = writer.Finish().ToArray();
        return OnLane(wire => wire.Send(to, reply));
    }

    public static UdpClient UdpClient()
    {
        var client = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        client.Client.ReceiveTimeout = (int)RecordingSink.Deadline.TotalMilliseconds;
        return client;
    }

    public static string Receive(UdpClient client)
    {
        IPEndPoint? from = null;
        return Encoding.ASCII.GetString(client.Receive(ref from));
    }

    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        _faults.ShouldBeEmpty();
    }
}
