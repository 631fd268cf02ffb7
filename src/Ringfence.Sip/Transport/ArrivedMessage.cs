using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transport;

/// <summary>A message that came elsewhere and belongs to this lane.</summary>
internal sealed class ArrivedMessage(LaneDispatch dispatch, in Peer from, in ParseResult message) : LaneWork
{
    private readonly Peer _from = from;
    private readonly ParseResult _message = message;

    public override void Run(Lane lane) => dispatch.Sink.OnMessage(_from, _message);
}
