using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;

namespace Ringfence.Sip.Calls;

/// <content>The INVITE sent once more: to the next target, with credentials, with a longer session.</content>
public sealed partial class OutgoingCall
{
    private bool _isSwitched;

    /// <summary>True when a refusal is no end: 401 and 407 with credentials for it, 422, 503 with another target to try.</summary>
    private bool TryAgain(SipResponse response)
    {
        bool isAgain =
            State is CallState.Inviting or CallState.Progressing
            && response.StatusCode switch
            {
                401 or 407 => _sender.TryAuthorize(response),
                422 => _sender.TryRaise(response),
                503 => _sender.TryNext(),
                _ => false,
            };
        if (isAgain)
        {
            SendAgain();
        }

        return isAgain;
    }

    /// <summary>
    /// True when a target that cannot be reached is no end (RFC 3263 §4.3): not once it has been heard of, for then the INVITE has
    /// arrived.
    /// </summary>
    private bool TryAgain(ClientTransaction transaction, int statusCode)
    {
        if (State != CallState.Inviting)
        {
            return false;
        }

        bool isStreamRefused = statusCode == 503 && !_isSwitched && transaction.Peer.Kind != _sender.Destination.Kind;
        if (isStreamRefused)
        {
            // The wire remembers, and takes the datagram this time (§18.1.1).
            _isSwitched = true;
            SendAgain();
            return true;
        }

        if (!_sender.TryNext())
        {
            return false;
        }

        _isSwitched = false;
        SendAgain();
        return true;
    }

    /// <summary>A new transaction; what its forerunner made is gone (§13.2.2.4).</summary>
    private void SendAgain()
    {
        _early.Forget();
        _invite = _sender.Send(this);
    }
}
