using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Capture.Hep;
using Ringfence.Diagnosis.Capture.Tls;

namespace Ringfence.Diagnosis.Live;

/// <summary>Takes frames and HEP packets apart as they come, the same way as a reader of files does. For one thread.</summary>
public sealed class LiveDecoder : IDisposable
{
    private readonly PacketDecoder _decoder;
    private long _frames;

    /// <summary>Makes a decoder.</summary>
    /// <param name="sink">Takes the packets.</param>
    /// <param name="options">Limits and keys; the defaults if null.</param>
    public LiveDecoder(ICaptureSink sink, CaptureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sink);
        options ??= new CaptureOptions();
        var keys = new KeyLog();
        if (options.KeyLog is { } log)
        {
            keys.Add(System.Text.Encoding.UTF8.GetBytes(log));
        }

        _decoder = new PacketDecoder(sink, options, keys);
    }

    /// <summary>Frames and HEP packets taken so far.</summary>
    public long Frames => _frames;

    /// <summary>SIP messages found in them.</summary>
    public long SipMessages => _decoder.Outlet.SipMessages;

    /// <summary>One frame of an interface.</summary>
    /// <param name="time">Nanoseconds since 1970.</param>
    /// <param name="linkType">What it begins with, as in pcap files.</param>
    /// <param name="frame">Its bytes.</param>
    /// <param name="isCut">Whether fewer bytes were captured than were on the wire.</param>
    public void Frame(long time, int linkType, ReadOnlySpan<byte> frame, bool isCut) =>
        _decoder.Frame(new FrameStamp(++_frames, time, 0, isCut), linkType, frame);

    /// <summary>One datagram of a capture agent; false if it is no HEP packet of version 1, 2 or 3.</summary>
    /// <param name="time">When it came, for packets that tell no time of their own.</param>
    /// <param name="datagram">Its bytes.</param>
    public bool Hep(long time, ReadOnlySpan<byte> datagram)
    {
        if (!HepPacket.TryParse(datagram, out var packet))
        {
            return false;
        }

        _decoder.Outlet.Hep(new FrameStamp(++_frames, time, 0, Snapped: false), packet);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();
}
