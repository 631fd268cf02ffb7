using System.Text;
using Ringfence.Media.Codecs;

namespace Ringfence.Media.Sdp;

/// <summary>Reads the <c>m=</c> sections of an indexed body.</summary>
internal static class SdpMediaParser
{
    private const int LongestPacketTime = 1000;

    public static SdpError? Read(SessionDescription session, int first)
    {
        var lines = session.Lines;
        var count = 0;
        for (var i = first; i < lines.Length; i++)
        {
            count += lines[i].Type == 'm' ? 1 : 0;
            if (count > SdpLimits.Media)
            {
                return new SdpError(SdpFault.TooManyMedia, i + 1);
            }
        }
        var media = new MediaDescription[count];
        for (int index = 0, line = first; index < count; index++)
        {
            var medium = new MediaDescription(session, index, line);
            var end = session.Find(line + 1, lines.Length, 'm');
            medium.EndLine = line = end < 0 ? lines.Length : end;
            media[index] = medium;
            if ((ReadMediaLine(medium) ?? ReadLines(medium)) is { } error)
            {
                return error;
            }
        }
        session.Media = media;
        return null;
    }

    public static MediaDirection? Direction(SessionDescription session, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (session.Lines[i].Type == 'a' && MediaDirectionExtensions.Read(session.ValueOf(i)) is { } direction)
            {
                return direction;
            }
        }
        return null;
    }

    private static SdpError? ReadMediaLine(MediaDescription media)
    {
        var value = media.Session.ValueOf(media.FirstLine);
        Span<Range> fields = stackalloc Range[SdpLimits.Formats + 3];
        var count = SdpText.Fields(value, fields);
        if (count > fields.Length)
        {
            return new SdpError(SdpFault.TooManyFormats, media.FirstLine + 1);
        }
        if (count < 4)
        {
            return new SdpError(SdpFault.Media, media.FirstLine + 1);
        }
        var port = value[fields[1]];
        var slash = port.IndexOf((byte)'/');
        if (
            !SdpText.Number(slash < 0 ? port : port[..slash], 65_535, out int number)
            || (slash >= 0 && !SdpText.Number(port[(slash + 1)..], 65_535, out int _))
        )
        {
            return new SdpError(SdpFault.Media, media.FirstLine + 1);
        }
        media.Kind = KindOf(value[fields[0]]);
        media.Port = number;
        media.Protocol = ProtocolOf(value[fields[2]]);
        var tokens = new string[count - 3];
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = Encoding.UTF8.GetString(value[fields[i + 3]]);
        }
        media.FormatTokens = tokens;
        return null;
    }

    private static SdpError? ReadLines(MediaDescription media)
    {
        var session = media.Session;
        media.Connection = session.Connection;
        media.Direction = Direction(session, media.FirstLine, media.EndLine) ?? session.Direction ?? media.Direction;
        List<SdpCrypto>? crypto = null;
        Span<AudioFormat> maps = new AudioFormat[128];
        for (var i = media.FirstLine + 1; i < media.EndLine; i++)
        {
            var value = session.ValueOf(i);
            var fault = session.Lines[i].Type switch
            {
                (byte)'c' => (media.Connection = SdpConnection.Read(value)) is null ? SdpFault.Connection : null,
                (byte)'a' => ReadAttribute(media, new SdpAttribute(value), maps, ref crypto),
                _ => (SdpFault?)null,
            };
            if (fault is { } wrong)
            {
                return new SdpError(wrong, i + 1);
            }
        }
        if (!media.IsRejected && media.Connection is null)
        {
            return new SdpError(SdpFault.NoConnection, media.FirstLine + 1);
        }
        media.Crypto = (IReadOnlyList<SdpCrypto>?)crypto ?? [];
        media.Formats = media.IsRtp ? FormatsOf(media, maps) : [];
        return null;
    }

    private static SdpFault? ReadAttribute(
        MediaDescription media,
        SdpAttribute attribute,
        Span<AudioFormat> maps,
        ref List<SdpCrypto>? crypto
    )
    {
        var name = attribute.Name;
        var value = attribute.Value;
        if (name.SequenceEqual("rtpmap"u8))
        {
            if (!RtpMap.TryRead(value, out var type, out var format))
            {
                return SdpFault.RtpMap;
            }
            maps[type] = format;
        }
        else if (name.SequenceEqual("ptime"u8))
        {
            media.PacketTime = PacketTime(value);
        }
        else if (name.SequenceEqual("maxptime"u8))
        {
            media.MaxPacketTime = PacketTime(value);
        }
        else if (name.SequenceEqual("rtcp-mux"u8))
        {
            media.RtcpMux = true;
        }
        else if (name.SequenceEqual("rtcp"u8))
        {
            media.Rtcp = SdpRtcp.Read(value);
            return media.Rtcp is null ? SdpFault.Rtcp : null;
        }
        else if (name.SequenceEqual("crypto"u8))
        {
            var line = SdpCrypto.Read(value);
            if (line is null)
            {
                return SdpFault.Crypto;
            }
            (crypto ??= []).Add(line);
        }
        return null;
    }

    /// <summary>Peers write <c>20</c>, <c>20.0</c> and nonsense; nonsense is as good as no line.</summary>
    private static int? PacketTime(ReadOnlySpan<byte> value)
    {
        var dot = value.IndexOf((byte)'.');
        return SdpText.Number(dot < 0 ? value : value[..dot], LongestPacketTime, out int time) && time > 0
            ? time
            : null;
    }

    private static List<RtpMap> FormatsOf(MediaDescription media, ReadOnlySpan<AudioFormat> maps)
    {
        var formats = new List<RtpMap>(media.FormatTokens.Count);
        foreach (var token in media.FormatTokens)
        {
            if (!byte.TryParse(token, System.Globalization.NumberStyles.None, null, out var type) || type > 127)
            {
                continue;
            }
            var format = maps[type].Name is null ? AudioFormat.OfStatic(type) : maps[type];
            if (format is { } known)
            {
                formats.Add(new RtpMap(type, known, Parameters(media, type)));
            }
        }
        return formats;
    }

    private static string? Parameters(MediaDescription media, byte type)
    {
        for (var i = media.FirstLine + 1; i < media.EndLine; i++)
        {
            if (media.Session.Lines[i].Type != 'a')
            {
                continue;
            }
            var attribute = new SdpAttribute(media.Session.ValueOf(i));
            var space = attribute.Value.IndexOf((byte)' ');
            if (
                space > 0
                && attribute.Name.SequenceEqual("fmtp"u8)
                && SdpText.Number(attribute.Value[..space], 127, out int number)
                && number == type
            )
            {
                return RtpMap.Text(attribute.Value[(space + 1)..].Trim((byte)' '));
            }
        }
        return null;
    }

    private static MediaKind KindOf(ReadOnlySpan<byte> name) =>
        Ascii.EqualsIgnoreCase(name, "audio"u8) ? MediaKind.Audio
        : Ascii.EqualsIgnoreCase(name, "video"u8) ? MediaKind.Video
        : Ascii.EqualsIgnoreCase(name, "text"u8) ? MediaKind.Text
        : Ascii.EqualsIgnoreCase(name, "image"u8) ? MediaKind.Image
        : Ascii.EqualsIgnoreCase(name, "application"u8) ? MediaKind.Application
        : Ascii.EqualsIgnoreCase(name, "message"u8) ? MediaKind.Message
        : MediaKind.Other;

    private static string ProtocolOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("RTP/AVP"u8) ? "RTP/AVP"
        : name.SequenceEqual("RTP/SAVP"u8) ? "RTP/SAVP"
        : Encoding.UTF8.GetString(name);
}
