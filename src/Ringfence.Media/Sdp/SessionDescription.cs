namespace Ringfence.Media.Sdp;

/// <summary>
/// A session description (RFC 8866): its bytes as they came, and an index over them. What is not understood stays
/// where it is, and <see cref="SdpEdit"/> changes single values without touching the rest.
/// </summary>
public sealed class SessionDescription
{
    private readonly byte[] _bytes;
    private readonly SdpLine[] _lines;

    internal SessionDescription(byte[] bytes, SdpLine[] lines, SdpOrigin origin, SdpConnection? connection)
    {
        _bytes = bytes;
        _lines = lines;
        Origin = origin;
        Connection = connection;
    }

    /// <summary>The body as received or written.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The <c>o=</c> line.</summary>
    public SdpOrigin Origin { get; }

    /// <summary>The session's <c>c=</c> line, or null.</summary>
    public SdpConnection? Connection { get; }

    /// <summary>The session's direction attribute, or null.</summary>
    public MediaDirection? Direction { get; internal set; }

    /// <summary>The media in their order.</summary>
    public IReadOnlyList<MediaDescription> Media { get; internal set; } = [];

    /// <summary>The first audio medium over RTP that is not rejected, or null.</summary>
    public MediaDescription? Audio
    {
        get
        {
            foreach (var media in Media)
            {
                if (media is { Kind: MediaKind.Audio, IsRejected: false, IsRtp: true })
                {
                    return media;
                }
            }
            return null;
        }
    }

    /// <summary>Value of the first session-level line of a type, such as <c>t</c>; empty when there is none.</summary>
    /// <param name="type">The letter of the line.</param>
    public ReadOnlySpan<byte> Value(char type)
    {
        for (var i = 0; i < SessionEnd; i++)
        {
            if (_lines[i].Type == type)
            {
                return ValueOf(i);
            }
        }
        return default;
    }

    /// <summary>Whether there is a session attribute of this name, and its value.</summary>
    public bool TryGetAttribute(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) =>
        TryGetAttribute(0, SessionEnd, name, out value);

    internal ReadOnlySpan<SdpLine> Lines => _lines;

    /// <summary>Index of the first line that belongs to a medium.</summary>
    internal int SessionEnd => Media.Count == 0 ? _lines.Length : Media[0].FirstLine;

    internal ReadOnlySpan<byte> ValueOf(int line) => _bytes.AsSpan(_lines[line].Value.._lines[line].End);

    internal bool TryGetAttribute(int first, int end, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var line = FindAttribute(first, end, name);
        value = line < 0 ? default : new SdpAttribute(ValueOf(line)).Value;
        return line >= 0;
    }

    /// <summary>Index of the first attribute line of this name, or -1.</summary>
    internal int FindAttribute(int first, int end, ReadOnlySpan<byte> name)
    {
        for (var i = first; i < end; i++)
        {
            if (_lines[i].Type == 'a' && new SdpAttribute(ValueOf(i)).Name.SequenceEqual(name))
            {
                return i;
            }
        }
        return -1;
    }

    /// <summary>Index of the first line of this type, or -1.</summary>
    internal int Find(int first, int end, char type)
    {
        for (var i = first; i < end; i++)
        {
            if (_lines[i].Type == type)
            {
                return i;
            }
        }
        return -1;
    }
}
