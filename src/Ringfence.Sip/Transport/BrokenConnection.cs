using Ringfence.Sip.Lanes;

namespace Ringfence.Sip.Transport;

/// <summary>The news, for a lane that sent over it, that a connection is gone or could not be opened.</summary>
internal sealed class BrokenConnection(LaneDispatch dispatch, in Peer to, bool wasRefused) : LaneWork
{
    private readonly Peer _to = to;

    public override void Run(Lane lane)
    {
        if (wasRefused)
        {
            dispatch.Wire.Refusals.Add(_to);
        }

        dispatch.Sink.OnTransportError(_to);
    }
}
