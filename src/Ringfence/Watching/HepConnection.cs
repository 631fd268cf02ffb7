using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Ringfence.Diagnosis.Capture.Hep;

namespace Ringfence.Watching;

/// <summary>One agent's connection: packets of version 3 one behind the other, which say how long they are.</summary>
internal sealed class HepConnection : IDisposable
{
    // A stranger that says nothing goes; an agent may be silent for a night.
    private const int FirstPacketWithin = 30_000;
    private readonly Socket _socket;
    private readonly X509Certificate2? _certificate;
    private readonly BlockingCollection<byte[]> _packets;
    private readonly byte[] _buffer = new byte[65_536];

    internal HepConnection(Socket socket, X509Certificate2? certificate, BlockingCollection<byte[]> packets)
    {
        (_socket, _certificate, _packets) = (socket, certificate, packets);
        _socket.ReceiveTimeout = _socket.SendTimeout = FirstPacketWithin;
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        LastHeard = Environment.TickCount64;
    }

    /// <summary>When something came last, in milliseconds.</summary>
    internal long LastHeard { get; private set; }

    public void Dispose() => _socket.Dispose();

    /// <summary>Takes packets until the connection ends; false if something came that is none.</summary>
    internal bool Receive()
    {
        try
        {
            using Stream stream = Open();
            int held = 0;
            while (stream.Read(_buffer, held, _buffer.Length - held) is > 0 and int count)
            {
                LastHeard = Environment.TickCount64;
                held += count;
                if (!TakePackets(ref held))
                {
                    return false;
                }
            }

            return held == 0;
        }
        catch (Exception e)
            when (e
                    is IOException
                        or AuthenticationException
                        or ObjectDisposedException
                        or SocketException
                        or InvalidOperationException
            )
        {
            // The connection is over: by the agent, by time, by a failed handshake, or because the source was closed.
            return e is not AuthenticationException;
        }
    }

    private Stream Open()
    {
        NetworkStream plain = new(_socket, ownsSocket: true);
        if (_certificate is null)
        {
            return plain;
        }

        SslStream secure = new(plain);
        secure.AuthenticateAsServer(_certificate);
        return secure;
    }

    private bool TakePackets(ref int held)
    {
        int at = 0;
        while (true)
        {
            ReadOnlySpan<byte> rest = _buffer.AsSpan(at, held - at);
            if (!HepPacket.TryMeasure(rest, out int length))
            {
                return false;
            }

            if (length == 0 || length > rest.Length)
            {
                break;
            }

            _packets.Add(rest[..length].ToArray());
            _socket.ReceiveTimeout = 0;
            at += length;
        }

        held -= at;
        Array.Copy(_buffer, at, _buffer, 0, held);
        return true;
    }
}
