using System.Net;
using System.Net.Sockets;
using System.Text;
using Ringfence.Media.RtpEngine;

namespace Ringfence.Media.Tests.RtpEngine;

/// <summary>The far end of the ng protocol, driven by hand.</summary>
internal sealed class FakeRtpEngine : IDisposable
{
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));

    internal IPEndPoint Address => (IPEndPoint)_socket.Client.LocalEndPoint!;

    internal RtpEngineClient Client(RtpEngineOptions? options = null) =>
        new(Address, options ?? new RtpEngineOptions(), TimeProvider.System, new Random(1));

    /// <summary>The next request: its cookie, what it says, and where it came from.</summary>
    internal async Task<(string Cookie, Bencode Body, IPEndPoint From)> NextAsync()
    {
        UdpReceiveResult datagram = await _socket.ReceiveAsync(TestContext.Current.CancellationToken);
        int space = Array.IndexOf(datagram.Buffer, (byte)' ');
        return (
            Encoding.ASCII.GetString(datagram.Buffer, 0, space),
            Bencode.Decode(datagram.Buffer.AsSpan(space + 1)).ShouldNotBeNull(),
            datagram.RemoteEndPoint
        );
    }

    internal void Reply(IPEndPoint to, string text) => _socket.Send(Encoding.UTF8.GetBytes(text), to);

    public void Dispose() => _socket.Dispose();
}
