using System.Buffers.Text;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transport;

/// <summary>
/// 503 with Retry-After, written without state by a lane that cannot hand a request to the lane it belongs to
/// (RFC 3261 §21.5.4).
/// </summary>
internal sealed class OverloadReply
{
    private const int LeastSeconds = 5;
    private const int SpreadSeconds = 6;

    private readonly Lane _lane;
    private readonly KeyedHash _tags;
    private readonly SipWriter _writer = new();

    internal OverloadReply(Lane lane)
    {
        _lane = lane;
        _tags = KeyedHash.From(lane.Random);
    }

    internal ReadOnlySpan<byte> Write(in Peer from, SipRequest request)
    {
        // The same request gets the same tag each time it comes (§8.2.7).
        Span<byte> tag = stackalloc byte[16];
        Utf8Formatter.TryFormat(_tags.Of(request.Value(HeaderId.Via)), tag, out _, new System.Buffers.StandardFormat('x', 16));
        Span<byte> address = stackalloc byte[64];
        _writer.StartReply(request, 503, "Service Unavailable"u8, tag, from.FormatAddress(address), from.Port);
        // Callers that were refused together are not to come back together.
        _writer.Header(HeaderId.RetryAfter, LeastSeconds + _lane.Random.Next(SpreadSeconds));
        return _writer.Finish();
    }
}
