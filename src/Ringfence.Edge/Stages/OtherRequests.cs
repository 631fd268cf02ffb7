using Ringfence.Edge.Configuration;
using Ringfence.Edge.Pipeline;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Stages;

/// <summary>Requests outside any call: REGISTER of those who may, and 405 or 403 for the rest, whoever is named in them.</summary>
internal static class OtherRequests
{
    internal static void Answer(IncomingRequest request, Lane lane, EdgeServices services)
    {
        if (request.Request.Method != SipMethod.Register || services.Registrar is not { } registrar)
        {
            request.AnswerByDefault();
        }
        else if (services.State.TrunkOf(request.From)?.Configuration.Authenticate == AuthenticateMode.Users)
        {
            registrar.Register(lane, request, services.ActsOnUnwanted);
        }
        else
        {
            request.Answer(403, default, Body.None);
        }
    }
}
