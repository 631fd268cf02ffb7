using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.BackToBack;

/// <summary>A request that was passed on as it is; its response goes back.</summary>
internal sealed class PassedRequest(LegPair owner, Leg from, IncomingRequest request) : IRequestListener
{
    public void OnCompleted(Call call, SipMethod method, int statusCode, SipResponse? response)
    {
        if (response is null || statusCode >= 300)
        {
            owner.PassRefusal(from, request, statusCode, response);
            return;
        }

        var body = new Body(response.Value(HeaderId.ContentType).ToArray(), response.BodyMemory);
        request.Answer(statusCode, response.ReasonPhrase, body, owner.Towards(from).Of(response));
    }
}
