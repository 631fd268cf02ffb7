using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Proxy;

/// <summary>Writes responses as a proxy forwards them: without our Via (RFC 3261 §16.7 item 3).</summary>
internal sealed class ForwardedResponse
{
    private readonly ForwardWriter _copy = new();

    internal ReadOnlySpan<byte> Write(SipResponse response)
    {
        _copy.Begin(response);
        _copy.RemoveFirstItem(HeaderId.Via);
        return _copy.Finish();
    }

    /// <summary>A 401 or 407 with the challenges of all the others as well (item 7).</summary>
    internal ReadOnlySpan<byte> Write(SipResponse response, List<SipResponse> challenges)
    {
        _copy.Begin(response);
        _copy.RemoveFirstItem(HeaderId.Via);
        foreach (SipResponse other in challenges)
        {
            if (other != response)
            {
                Copy(other, HeaderId.WwwAuthenticate);
                Copy(other, HeaderId.ProxyAuthenticate);
            }
        }

        return _copy.Finish();
    }

    private void Copy(SipResponse other, HeaderId id)
    {
        for (int at = other.IndexOf(id, 0); at >= 0; at = other.IndexOf(id, at + 1))
        {
            _copy.InsertLast(id, other.Value(other.Headers[at]));
        }
    }
}
