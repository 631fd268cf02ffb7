using Ringfence.Diagnosis.Capture.Link;
using Ringfence.Diagnosis.Capture.Streams;
using Ringfence.Diagnosis.Capture.Tls;

namespace Ringfence.Diagnosis.Capture;

/// <summary>Takes frames apart, from the link to the message, through whatever tunnels are in between.</summary>
internal sealed partial class PacketDecoder : IDisposable
{
    private const int MaxDepth = 8;

    private readonly PacketOutlet _outlet;
    private readonly FragmentTable _fragments;
    private readonly TcpConnections _tcp;
    private readonly SctpStreams _sctp;
    private PacketCopies? _copies;
    private ulong _place;
    private FrameStamp _stamp;
    private byte _dscp;
    private bool _incomplete;
    private bool _metUnknownLink;

    public PacketDecoder(ICaptureSink sink, CaptureOptions options, KeyLog keys)
    {
        _outlet = new PacketOutlet(sink);
        _fragments = new FragmentTable(options.MaxFragmentedDatagrams) { GivenUp = OnIncomplete };
        _tcp = new TcpConnections(_outlet, options, keys);
        _sctp = new SctpStreams(_outlet, options.MaxStreamBytes);
    }

    public PacketOutlet Outlet => _outlet;

    public TcpConnections Tcp => _tcp;

    public long SnappedFrames { get; private set; }

    public long LostFragments { get; private set; }

    /// <summary>Packets left out because they were captured twice.</summary>
    public long Copies => _copies?.Count ?? 0;

    /// <summary>Whether a link type that is not known here was met since this was last asked.</summary>
    public bool TakeUnknownLink()
    {
        var met = _metUnknownLink;
        _metUnknownLink = false;
        return met;
    }

    /// <summary>Several inputs are read: what is in one may be in another.</summary>
    public void ExpectCopies() => _copies ??= new PacketCopies();

    /// <summary>Takes one frame apart.</summary>
    public void Frame(in FrameStamp stamp, int linkType, ReadOnlySpan<byte> frame)
    {
        SnappedFrames += stamp.Snapped ? 1 : 0;
        if (_copies is not null || PacketCopies.MayCome(stamp, linkType))
        {
            ExpectCopies();
            _place = PacketCopies.PlaceOf(stamp, linkType, frame);
        }

        if (TryMedia(stamp, linkType, frame))
        {
            return;
        }

        _stamp = stamp;
        _incomplete = false;
        if (LinkHeader.TryStrip(linkType, frame, out var etherType, out var payload))
        {
            Network(etherType, payload, 0);
        }
        else if (!LinkHeader.Knows(linkType))
        {
            _metUnknownLink = true;
        }
    }

    /// <summary>One message of a text log.</summary>
    public void Logged(
        in FrameStamp stamp,
        PacketAddress source,
        PacketAddress destination,
        PacketTransport transport,
        ReadOnlySpan<byte> message
    ) =>
        _ = _outlet.TrySip(
            new CapturedPacket
            {
                Frame = stamp.Number,
                Time = stamp.Time,
                Input = stamp.Input,
                Source = source,
                Destination = destination,
                Transport = transport,
                Origin = PacketOrigin.Log,
                Truncated = stamp.Snapped,
                Payload = message,
            }
        );

    /// <summary>Delivers what is still waiting for more: the capture has ended.</summary>
    public void Flush()
    {
        _fragments.Flush();
        _tcp.Flush();
    }

    public void Dispose() => _fragments.Dispose();
}
