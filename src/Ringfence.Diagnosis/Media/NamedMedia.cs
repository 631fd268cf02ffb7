using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Media.Codecs;
using Ringfence.Media.Sdp;

namespace Ringfence.Diagnosis.Media;

/// <summary>What session descriptions say of an address while the trace is read: which codec a payload type is, and whether it is encrypted.</summary>
internal sealed class NamedMedia
{
    private const int MaxAddresses = 200_000;
    private readonly Dictionary<PacketAddress, MediaDescription> _named = [];

    public void Note(TraceMessage message)
    {
        foreach (var (media, named) in message.NamedMedia)
        {
            if (_named.Count < MaxAddresses && named is { } address)
            {
                _named[address] = media;
            }
        }
    }

    /// <summary>The codec that a payload type stands for in a stream to this address, or from that one; null where nothing says so.</summary>
    public AudioFormat? FormatOf(PacketAddress destination, PacketAddress source, byte payloadType) =>
        Find(destination, payloadType) ?? Find(source, payloadType) ?? AudioFormat.OfStatic(payloadType);

    /// <summary>Whether a stream to this address, or from that one, is said to be encrypted.</summary>
    public bool IsSecure(PacketAddress destination, PacketAddress source) =>
        (_named.GetValueOrDefault(destination) ?? _named.GetValueOrDefault(source))?.IsSecure == true;

    private AudioFormat? Find(PacketAddress address, byte payloadType)
    {
        foreach (var format in _named.GetValueOrDefault(address)?.Formats ?? [])
        {
            if (format.PayloadType == payloadType)
            {
                return format.Format;
            }
        }

        return null;
    }
}
