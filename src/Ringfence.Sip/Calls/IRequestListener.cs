using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Calls;

/// <summary>Hears what became of a request sent within a call.</summary>
public interface IRequestListener
{
    /// <summary>
    /// The final response; a 2xx to a re-INVITE has been acknowledged. Without a response the status stands for one that never
    /// came: 408 or 503.
    /// </summary>
    void OnCompleted(Call call, SipMethod method, int statusCode, SipResponse? response);

    /// <summary>
    /// The 2xx to a re-INVITE without an offer carries the far side's: what is returned is the answer, and goes out with the ACK.
    /// </summary>
    Body OnOffered(Call call, SipResponse response) => Body.None;
}
