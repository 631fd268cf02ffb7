using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Proxy;

/// <content>The Route values of this side.</content>
internal sealed partial class DialogRelay
{
    /// <summary>How many values at the top of Route were recorded here: two where the transports of the sides differ.</summary>
    internal int OwnRoutes(SipRequest request)
    {
        int count = 0;
        foreach (ReadOnlySpan<byte> route in request.Items(HeaderId.Route))
        {
            if (!marks.IsMyRoute(request, route))
            {
                break;
            }

            count++;
        }

        return count;
    }

    /// <summary>The URI behind our own routes, and what the last of those says of its side.</summary>
    private static ReadOnlySpan<byte> NextUri(SipRequest request, int own, out Peer flow, out bool isShifted)
    {
        flow = default;
        isShifted = false;
        int at = 0;
        foreach (ReadOnlySpan<byte> route in request.Items(HeaderId.Route))
        {
            if (at == own)
            {
                return NameAddr.TryParse(route, out NameAddr address) ? address.Uri : default;
            }

            if (++at == own)
            {
                RouteMark.TryFlow(route, out flow, out isShifted);
            }
        }

        return request.RequestUri;
    }
}
