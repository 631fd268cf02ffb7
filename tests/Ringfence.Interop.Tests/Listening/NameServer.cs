using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ringfence.Interop.Tests.Listening;

/// <summary>A name server of one test, on a port of loopback. It knows SRV and A; NAPTR there is none.</summary>
internal sealed class NameServer : IAsyncDisposable
{
    private const ushort TypeA = 1;
    private const ushort TypeSrv = 33;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Dictionary<(string Name, ushort Type), List<byte[]>> _records = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _serving;

    internal NameServer()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _serving = ServeAsync();
    }

    internal int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    internal NameServer A(string name, string address) => Add(name, TypeA, IPAddress.Parse(address).GetAddressBytes());

    internal NameServer Srv(string name, int priority, int port, string target)
    {
        byte[] data = [0, (byte)priority, 0, 1, (byte)(port >> 8), (byte)port, .. NameOf(target)];
        return Add(name, TypeSrv, data);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _ending.Dispose();
    }

    private NameServer Add(string name, ushort type, byte[] data)
    {
        if (!_records.TryGetValue((name, type), out List<byte[]>? records))
        {
            _records.Add((name, type), records = []);
        }

        records.Add(data);
        return this;
    }

    private async Task ServeAsync()
    {
        byte[] buffer = new byte[1024];
        while (true)
        {
            SocketReceiveFromResult question = await _socket.ReceiveFromAsync(
                buffer,
                new IPEndPoint(IPAddress.Any, 0),
                _ending.Token
            );
            byte[] answer = Answer(buffer.AsSpan(0, question.ReceivedBytes));
            await _socket.SendToAsync(answer, question.RemoteEndPoint, _ending.Token);
        }
    }

    private byte[] Answer(ReadOnlySpan<byte> question)
    {
        int at = 12;
        List<string> labels = [];
        for (; question[at] != 0; at += question[at] + 1)
        {
            labels.Add(Encoding.ASCII.GetString(question.Slice(at + 1, question[at])));
        }

        ushort type = BinaryPrimitives.ReadUInt16BigEndian(question[(at + 1)..]);
        string name = string.Join('.', labels).ToLowerInvariant();
        List<byte[]> records = _records.GetValueOrDefault((name, type), []);
        bool isKnown = _records.Keys.Any(key => key.Name == name);
        byte[] head =
        [
            .. question[..2],
            0x85,
            (byte)(isKnown ? 0x80 : 0x83),
            0,
            1,
            0,
            (byte)records.Count,
            0,
            0,
            0,
            0,
            .. question[12..(at + 5)],
        ];
        return
        [
            .. head,
            .. records.SelectMany(data =>
                (byte[])[0xC0, 12, 0, (byte)type, 0, 1, 0, 0, 0, 60, 0, (byte)data.Length, .. data]
            ),
        ];
    }

    private static byte[] NameOf(string name) =>
        [.. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];
}
