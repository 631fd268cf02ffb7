using System.Buffers;
using System.Buffers.Text;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transport;

/// <summary>
/// Responses that the transport gives by itself, without a transaction (RFC 3261 §8.2.7): 503 when there is no room, 400 when a
/// stream cannot be followed. One thread only.
/// </summary>
internal sealed class StatelessReply(KeyedHash tags)
{
    private readonly SipWriter _writer = new();

    /// <summary>The response's bytes, valid until the next one is written.</summary>
    /// <param name="from">Whom the request came from.</param>
    /// <param name="request">The request.</param>
    /// <param name="statusCode">The status.</param>
    /// <param name="reasonPhrase">Its phrase.</param>
    /// <param name="retryAfter">Seconds for Retry-After; 0 for none.</param>
    internal ReadOnlySpan<byte> Write(
        in Peer from,
        SipRequest request,
        int statusCode,
        ReadOnlySpan<byte> reasonPhrase,
        int retryAfter = 0
    )
    {
        // The same request gets the same tag each time it comes.
        Span<byte> tag = stackalloc byte[16];
        Utf8Formatter.TryFormat(tags.Of(request.Value(HeaderId.Via)), tag, out _, new StandardFormat('x', 16));
        Span<byte> address = stackalloc byte[64];
        _writer.StartReply(request, statusCode, reasonPhrase, tag, from.FormatAddress(address), from.Port);
        if (retryAfter > 0)
        {
            _writer.Header(HeaderId.RetryAfter, retryAfter);
        }

        return _writer.Finish();
    }
}
