using System.Text;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Calls;

/// <summary>Alice and Bob on a network without sockets.</summary>
internal sealed class CallWorld
{
    internal CallWorld(int seed = 1, Reliability reliability = Reliability.Off, int session = 0)
    {
        Network = new MemoryNetwork(Clock, seed) { Carried = message => Ladder.Add(message) };
        var options = new CallOptions { Reliability = reliability, SessionExpires = session };
        Alice = new CallSide(Network, Clock, "192.0.2.1:5060", seed + 1, options);
        Bob = new CallSide(Network, Clock, "192.0.2.2:5060", seed + 2, options);
    }

    internal ManualClock Clock { get; } = new();

    internal MemoryNetwork Network { get; }

    internal CallSide Alice { get; }

    internal CallSide Bob { get; }

    internal List<CarriedMessage> Ladder { get; } = [];

    /// <summary>Start lines of all that was sent, without the version: "INVITE", "180", ...</summary>
    internal string[] Steps =>
        [
            .. Ladder.Select(message =>
            {
                string text = Encoding.UTF8.GetString(message.Bytes.Span);
                return text.StartsWith("SIP/2.0", StringComparison.Ordinal) ? text.Substring(8, 3) : text.Split(' ')[0];
            }),
        ];

    internal string Sent(string step, int index = 0) =>
        Encoding.UTF8.GetString(Ladder.Where((_, i) => Steps[i] == step).ElementAt(index).Bytes.Span);

    internal void Run(double milliseconds) => Network.Run(TimeSpan.FromMilliseconds(milliseconds));

    internal void RunOut()
    {
        Network.RunUntilIdle(TimeSpan.FromMinutes(30)).ShouldBeTrue();
        Alice.ShouldBeEmpty();
        Bob.ShouldBeEmpty();
    }
}
