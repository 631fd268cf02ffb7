using System.Text;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transactions;

/// <summary>Keeps what is sent, with the millisecond at which it was.</summary>
internal sealed class RecordingWire(Lane lane, Peer local) : IWire
{
    internal List<(long At, Peer To, string Text)> Sent { get; } = [];

    internal SendOutcome Outcome { get; set; } = SendOutcome.Sent;

    internal string Last => Sent[^1].Text;

    public SendOutcome Send(in Peer to, ReadOnlySpan<byte> message)
    {
        Sent.Add((lane.Now, to, Encoding.UTF8.GetString(message)));
        return Outcome;
    }

    public bool TryLocal(in Peer to, out Peer reached)
    {
        reached = local with { Kind = to.Kind };
        return true;
    }
}
