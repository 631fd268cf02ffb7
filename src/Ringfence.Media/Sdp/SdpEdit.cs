using System.Net;
using System.Text;

namespace Ringfence.Media.Sdp;

/// <summary>
/// Changes single values of a description and keeps every other octet. Changes are collected and made at once by
/// <see cref="ToArray"/>; the description itself stays as it is.
/// </summary>
/// <param name="session">The description to start from.</param>
public sealed class SdpEdit(SessionDescription session)
{
    private readonly List<(int Start, int End, byte[] Text)> _changes = [];

    /// <summary>
    /// Lets a medium be sent to another place: its port, its connection address and its <c>a=rtcp</c>. The session's
    /// <c>c=</c> line is changed when no other active medium leans on it; otherwise the medium gets one of its own.
    /// </summary>
    /// <param name="media">The medium.</param>
    /// <param name="rtp">Where RTP shall go.</param>
    /// <param name="rtcpPort">Where RTCP shall go; by default the next port.</param>
    public SdpEdit Redirect(MediaDescription media, IPEndPoint rtp, int? rtcpPort = null)
    {
        SetPort(media, rtp.Port);
        var connection = SdpWriter.ConnectionText(rtp.Address);
        var own = session.Find(media.FirstLine + 1, media.EndLine, 'c');
        if (own >= 0)
        {
            Replace(own, connection);
        }
        else if (IsAloneOnSession(media) && session.Find(0, session.SessionEnd, 'c') is >= 0 and var shared)
        {
            Replace(shared, connection);
        }
        else
        {
            // RFC 8866 section 5: i= stands before c=.
            var title = session.Find(media.FirstLine + 1, media.EndLine, 'i');
            InsertAfter(title < 0 ? media.FirstLine : title, $"c={connection}");
        }
        var rtcp = session.FindAttribute(media.FirstLine, media.EndLine, "rtcp"u8);
        if (rtcp >= 0)
        {
            var address = media.Rtcp?.Connection is null ? "" : " " + connection;
            Replace(rtcp, $"rtcp:{rtcpPort ?? rtp.Port + 1}{address}");
        }
        return this;
    }

    /// <summary>Rejects a medium: its port becomes 0 (RFC 3264 section 6).</summary>
    public SdpEdit Reject(MediaDescription media) => SetPort(media, 0);

    /// <summary>Sets the direction of a medium.</summary>
    public SdpEdit SetDirection(MediaDescription media, MediaDirection direction)
    {
        for (var i = media.FirstLine + 1; i < media.EndLine; i++)
        {
            if (session.Lines[i].Type == 'a' && MediaDirectionExtensions.Read(session.ValueOf(i)) is not null)
            {
                Replace(i, direction.ToAttribute());
                return this;
            }
        }
        InsertAfter(media.EndLine - 1, $"a={direction.ToAttribute()}");
        return this;
    }

    /// <summary>Replaces the <c>o=</c> line, for example by <see cref="SdpOrigin.Next"/>.</summary>
    public SdpEdit SetOrigin(SdpOrigin origin)
    {
        var family = origin.Address.Contains(':', StringComparison.Ordinal) ? "IP6" : "IP4";
        Replace(
            session.Find(0, session.SessionEnd, 'o'),
            $"{origin.Username} {origin.SessionId} {origin.Version} IN {family} {origin.Address}"
        );
        return this;
    }

    /// <summary>Removes every attribute of a name from the session and all media, such as <c>candidate</c>.</summary>
    public SdpEdit RemoveAttribute(ReadOnlySpan<byte> name)
    {
        for (var i = session.FindAttribute(0, session.Lines.Length, name); i >= 0; )
        {
            _changes.Add((session.Lines[i].Start, session.Lines[i].Next, []));
            i = session.FindAttribute(i + 1, session.Lines.Length, name);
        }
        return this;
    }

    /// <summary>The changed description.</summary>
    public byte[] ToArray()
    {
        var from = session.Bytes.Span;
        var result = new List<byte>(from.Length + 64);
        var at = 0;
        foreach (var (start, end, text) in _changes.OrderBy(change => change.Start))
        {
            result.AddRange(from[at..start]);
            result.AddRange(text);
            at = end;
        }
        result.AddRange(from[at..]);
        return result.ToArray();
    }

    private SdpEdit SetPort(MediaDescription media, int port)
    {
        var value = session.ValueOf(media.FirstLine);
        Span<Range> fields = stackalloc Range[SdpLimits.Formats + 3];
        SdpText.Fields(value, fields);
        var (offset, length) = fields[1].GetOffsetAndLength(value.Length);
        var start = session.Lines[media.FirstLine].Value + offset;
        Change(start, start + length, $"{port}");
        return this;
    }

    private bool IsAloneOnSession(MediaDescription media) =>
        session.Media.All(other =>
            other == media || other.IsRejected || session.Find(other.FirstLine + 1, other.EndLine, 'c') >= 0
        );

    private void Replace(int line, string value) => Change(session.Lines[line].Value, session.Lines[line].End, value);

    private void InsertAfter(int line, string text)
    {
        // The last line of a body may lack its line end.
        var next = session.Lines[line].Next;
        var ended = session.Bytes.Span[next - 1] == '\n';
        Change(next, next, ended ? text + "\r\n" : "\r\n" + text);
    }

    private void Change(int start, int end, string text)
    {
        _changes.RemoveAll(change => change.Start == start && change.End == end && start < end);
        _changes.Add((start, end, Encoding.UTF8.GetBytes(text)));
    }
}
