using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Ringfence.Sip.Resolve;

namespace Ringfence.Sip.Tests.Resolve;

/// <summary>A name server on loopback, by UDP and TCP on one port, that answers as a test tells it to.</summary>
internal sealed class DnsServer : IDisposable
{
    private readonly Socket _datagrams;
    private readonly Socket _streams;
    private int _asked;
    private int _askedByStream;

    /// <param name="datagram">The datagrams that answer a query.</param>
    /// <param name="stream">The bytes that answer a query by TCP, length and all.</param>
    internal DnsServer(Func<byte[], IEnumerable<byte[]>> datagram, Func<byte[], byte[]>? stream = null)
    {
        (_datagrams, _streams) = Bind();
        EndPoint = (IPEndPoint)_datagrams.LocalEndPoint!;
        _streams.Listen();
        _ = ServeAsync(datagram);
        _ = AcceptAsync(stream ?? (_ => []));
    }

    internal IPEndPoint EndPoint { get; }

    internal int Asked => Volatile.Read(ref _asked);

    internal int AskedByStream => Volatile.Read(ref _askedByStream);

    internal List<EndPoint> Sources { get; } = [];

    internal DnsOptions Options =>
        new()
        {
            Servers = [EndPoint],
            AttemptTimeout = TimeSpan.FromMilliseconds(400),
            Attempts = 1,
            Deadline = TimeSpan.FromSeconds(5),
        };

    internal ValueTask<DnsAnswer> AskAsync(string name = "a.test", DnsType type = DnsType.A) =>
        new DnsClient(Options, TimeProvider.System).LookUpAsync(name, type, default);

    internal static byte[] Framed(byte[] message)
    {
        byte[] framed = new byte[message.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed, 2);
        return framed;
    }

    public void Dispose()
    {
        _datagrams.Dispose();
        _streams.Dispose();
    }

    /// <summary>One port by both: the system's choice for one may be taken for the other, and then there is another.</summary>
    private static (Socket Datagrams, Socket Streams) Bind()
    {
        for (int i = 0; ; i++)
        {
            var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            var streams = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            datagrams.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            try
            {
                streams.Bind(datagrams.LocalEndPoint!);
                return (datagrams, streams);
            }
            catch (SocketException) when (i < 100)
            {
                datagrams.Dispose();
                streams.Dispose();
            }
        }
    }

    private async Task ServeAsync(Func<byte[], IEnumerable<byte[]>> datagram)
    {
        byte[] buffer = new byte[1024];
        while (true)
        {
            SocketReceiveFromResult got = await _datagrams.ReceiveFromAsync(buffer, EndPoint);
            Interlocked.Increment(ref _asked);
            Sources.Add(got.RemoteEndPoint);
            foreach (byte[] reply in datagram(buffer[..got.ReceivedBytes]))
            {
                await _datagrams.SendToAsync(reply, got.RemoteEndPoint);
            }
        }
    }

    private async Task AcceptAsync(Func<byte[], byte[]> stream)
    {
        byte[] buffer = new byte[1024];
        while (true)
        {
            using Socket socket = await _streams.AcceptAsync();
            int length = await socket.ReceiveAsync(buffer);
            Interlocked.Increment(ref _askedByStream);
            await socket.SendAsync(stream(buffer[2..length]));
        }
    }
}
