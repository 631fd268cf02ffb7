using System.Net;
using System.Security.Cryptography;
using Ringfence.Edge.Stages;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Sdp;
using Ringfence.Sip.Calls;

namespace Ringfence.Edge.Gate;

/// <summary>Early sessions that are not wanted: port 0 for every stream (RFC 3959 §4).</summary>
internal static class RefusedEarlySession
{
    /// <summary>The answer that refuses an offer; null when that cannot be read.</summary>
    internal static byte[]? Of(ReadOnlySpan<byte> offer, IPAddress address)
    {
        SdpParseResult parsed = SdpParser.Parse(offer);
        return parsed.IsParsed
            ? EarlySessionAudio.Refuse(parsed.Session, address, (ulong)RandomNumberGenerator.GetInt32(int.MaxValue))
            : null;
    }

    /// <summary>Refuses what a request within an early dialog offers for an early session alone; false when it does not.</summary>
    internal static bool Answer(IncomingRequest request, IPAddress address)
    {
        if (!request.IsEarlyOffer || request.IsOffer)
        {
            return false;
        }

        if (Of(SdpBody.EarlyOf(request.Request), address) is { } refusal)
        {
            request.Answer(200, default, Body.EarlySdp(refusal));
        }
        else
        {
            request.Answer(488, default, Body.None);
        }

        return true;
    }
}
