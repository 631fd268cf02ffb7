using System.Net;
using System.Text;
using Ringfence.Media.Codecs;

namespace Ringfence.Media.Sdp;

/// <summary>One <c>m=</c> line and what belongs to it.</summary>
public sealed class MediaDescription
{
    internal MediaDescription(SessionDescription session, int index, int firstLine)
    {
        Session = session;
        Index = index;
        FirstLine = firstLine;
    }

    /// <summary>Place among the media of the session, from 0.</summary>
    public int Index { get; }

    /// <summary>What kind of medium it is.</summary>
    public MediaKind Kind { get; internal set; }

    /// <summary>First field as written, such as <c>audio</c>.</summary>
    public string KindText => Text(0);

    /// <summary>Port; 0 rejects the medium (RFC 3264 section 6).</summary>
    public int Port { get; internal set; }

    /// <summary>Transport as written, such as <c>RTP/AVP</c>.</summary>
    public string Protocol { get; internal set; } = "";

    /// <summary>The formats as written: payload types for RTP, otherwise tokens.</summary>
    public IReadOnlyList<string> FormatTokens { get; internal set; } = [];

    /// <summary>
    /// The formats of an RTP medium in their order of preference, those without a known encoding left out; empty for
    /// other media.
    /// </summary>
    public IReadOnlyList<RtpMap> Formats { get; internal set; } = [];

    /// <summary>The <c>c=</c> line that holds: its own, otherwise the session's.</summary>
    public SdpConnection? Connection { get; internal set; }

    /// <summary>The direction that holds: its own, otherwise the session's, otherwise both ways.</summary>
    public MediaDirection Direction { get; internal set; } = MediaDirection.SendRecv;

    /// <summary>Milliseconds of audio per packet (<c>a=ptime</c>), or null.</summary>
    public int? PacketTime { get; internal set; }

    /// <summary>Most milliseconds of audio per packet (<c>a=maxptime</c>), or null.</summary>
    public int? MaxPacketTime { get; internal set; }

    /// <summary>The <c>a=rtcp</c> line, or null.</summary>
    public SdpRtcp? Rtcp { get; internal set; }

    /// <summary>Whether RTP and RTCP share the port (RFC 5761).</summary>
    public bool RtcpMux { get; internal set; }

    /// <summary>The <c>a=crypto</c> lines in their order.</summary>
    public IReadOnlyList<SdpCrypto> Crypto { get; internal set; } = [];

    /// <summary>Whether the medium is rejected or not yet there: port 0.</summary>
    public bool IsRejected => Port == 0;

    /// <summary>Whether the transport is a profile of RTP.</summary>
    public bool IsRtp => Protocol.Contains("RTP/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the transport is a secure profile of RTP.</summary>
    public bool IsSecure => Protocol.Contains("RTP/SAVP", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether media may not be sent to the writer because its address is <c>0.0.0.0</c> or <c>::</c>.</summary>
    public bool IsHold => Connection?.IsHold ?? false;

    /// <summary>
    /// Where the writer wants RTP, or null when it is rejected, on hold, or named by a domain name.
    /// </summary>
    public IPEndPoint? Target =>
        !IsRejected && Connection is { Address: { } address, IsHold: false } ? new IPEndPoint(address, Port) : null;

    /// <summary>Where the writer wants RTCP, or null where <see cref="Target"/> is null.</summary>
    public IPEndPoint? RtcpTarget =>
        Target is not { } rtp ? null
        : RtcpMux ? rtp
        : Rtcp is { Port: > 0 } rtcp ? new IPEndPoint(rtcp.Connection?.Address ?? rtp.Address, rtcp.Port)
        : rtp.Port < IPEndPoint.MaxPort ? new IPEndPoint(rtp.Address, rtp.Port + 1)
        : null;

    /// <summary>The comfort noise at a clock rate (RFC 3389 section 5), or null.</summary>
    /// <param name="clockRate">In hertz.</param>
    public RtpMap? ComfortNoise(int clockRate = 8000)
    {
        foreach (var format in Formats)
        {
            if (format.IsComfortNoise && format.Format.ClockRate == clockRate)
            {
                return format;
            }
        }
        return null;
    }

    /// <summary>The telephone events at a clock rate (RFC 4733 section 2.2: that of the audio), or null.</summary>
    /// <param name="clockRate">Clock of the audio in hertz.</param>
    public RtpMap? TelephoneEvent(int clockRate = 8000)
    {
        foreach (var format in Formats)
        {
            if (format.IsTelephoneEvent && format.Format.ClockRate == clockRate)
            {
                return format;
            }
        }
        return null;
    }

    /// <summary>The first format with this encoding, or null.</summary>
    public RtpMap? Find(AudioFormat format)
    {
        foreach (var map in Formats)
        {
            if (map.Format == format)
            {
                return map;
            }
        }
        return null;
    }

    /// <summary>Whether there is an attribute of this name at the medium, and its value.</summary>
    public bool TryGetAttribute(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) =>
        Session.TryGetAttribute(FirstLine, EndLine, name, out value);

    internal SessionDescription Session { get; }

    /// <summary>Index of the <c>m=</c> line.</summary>
    internal int FirstLine { get; }

    /// <summary>Index behind the last line of the medium.</summary>
    internal int EndLine { get; set; }

    private string Text(int field)
    {
        Span<Range> fields = stackalloc Range[SdpLimits.Formats + 3];
        var value = Session.ValueOf(FirstLine);
        SdpText.Fields(value, fields);
        return Encoding.UTF8.GetString(value[fields[field]]);
    }
}
