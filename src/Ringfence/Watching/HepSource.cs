using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Ringfence.Diagnosis.Live;

namespace Ringfence.Watching;

/// <summary>What capture agents send as HEP, over UDP, TCP and TLS: their listeners put packets into one bounded queue.</summary>
internal sealed class HepSource : IPacketSource
{
    private const int MaxWaiting = 1_024;
    private const int Patience = 200;
    private readonly BlockingCollection<byte[]> _packets = new(MaxWaiting);
    private readonly List<IDisposable> _listeners = [];
    private long _dropped;

    private HepSource() { }

    public string Name => $"HEP {string.Join(", ", _listeners)}";

    /// <summary>Packets and connections that were no HEP.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Listens at all of the addresses, or at none.</summary>
    internal static HepSource? Open(
        IReadOnlyList<HepAddress> addresses,
        X509Certificate2? certificate,
        out string problem
    )
    {
        HepSource source = new();
        foreach (HepAddress address in addresses)
        {
            try
            {
                if (address.Transport is HepTransport.Any or HepTransport.Udp)
                {
                    source._listeners.Add(new HepDatagrams(address.EndPoint, source._packets));
                }

                if (address.Transport is not HepTransport.Udp)
                {
                    source._listeners.Add(
                        new HepConnections(
                            address.EndPoint,
                            address.Transport == HepTransport.Tls ? certificate : null,
                            source._packets,
                            () => Interlocked.Increment(ref source._dropped)
                        )
                    );
                }
            }
            catch (SocketException e)
            {
                source.Dispose();
                problem = $"{address.EndPoint}: {e.Message}";
                return null;
            }
        }

        problem = "";
        return source;
    }

    public bool Read(LiveDecoder decoder)
    {
        if (_packets.TryTake(out byte[]? packet, Patience))
        {
            long now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
            if (!decoder.Hep(now, packet))
            {
                Interlocked.Increment(ref _dropped);
            }
        }

        return true;
    }

    public void Dispose()
    {
        _packets.CompleteAdding();
        foreach (IDisposable listener in _listeners)
        {
            listener.Dispose();
        }
    }
}
