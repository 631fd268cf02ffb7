using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Proxy;

/// <summary>Writes responses as a proxy forwards them: without our Via (RFC 3261 §16.7 item 3).</summary>
internal sealed class ForwardedResponse
{
    private readonly ForwardWriter _copy = new();
    private readonly SipWriter _text = new();

    /// <param name="response">The response.</param>
    /// <param name="isShifted">True when its CSeq is one higher than the caller's.</param>
    internal ReadOnlySpan<byte> Write(SipResponse response, bool isShifted)
    {
        _copy.Begin(response);
        _copy.RemoveFirstItem(HeaderId.Via);
        int at = response.IndexOf(HeaderId.CSeq, 0);
        if (isShifted && at >= 0)
        {
            ReadOnlySpan<byte> value = response.Value(response.Headers[at]);
            _copy.Replace(at, SequenceShift.Write(_text, value, isRAck: false, by: -1));
        }

        return _copy.Finish();
    }

    /// <summary>A response to this request, whose CSeq it gets.</summary>
    internal ReadOnlySpan<byte> Write(SipResponse response, SipRequest request)
    {
        Begin(response, request);
        return _copy.Finish();
    }

    /// <summary>A 401 or 407 with the challenges of all the others as well (item 7).</summary>
    internal ReadOnlySpan<byte> Write(SipResponse response, SipRequest request, List<SipResponse> challenges)
    {
        Begin(response, request);
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

    private void Begin(SipResponse response, SipRequest request)
    {
        _copy.Begin(response);
        _copy.RemoveFirstItem(HeaderId.Via);
        int at = response.IndexOf(HeaderId.CSeq, 0);
        ReadOnlySpan<byte> number = request.Value(HeaderId.CSeq);
        if (at >= 0 && !response.Value(response.Headers[at]).SequenceEqual(number))
        {
            _copy.Replace(at, number);
        }
    }

    private void Copy(SipResponse other, HeaderId id)
    {
        for (int at = other.IndexOf(id, 0); at >= 0; at = other.IndexOf(id, at + 1))
        {
            _copy.InsertLast(id, other.Value(other.Headers[at]));
        }
    }
}
