using System.Collections.Concurrent;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>Keeps what comes; waits for it with a deadline when a thread of its own brings it.</summary>
internal sealed class RecordingSink : IMessageSink
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly BlockingCollection<(Peer From, ParseResult Result)> _arrived = [];
    private readonly BlockingCollection<Peer> _errors = [];

    /// <summary>Called with each message before it is kept, on the thread that brings it.</summary>
    public Action<Peer, ParseResult>? Arriving { get; set; }

    public int Count => _arrived.Count;

    public int Errors => _errors.Count;

    public void OnMessage(in Peer from, in ParseResult message)
    {
        Arriving?.Invoke(from, message);
        _arrived.Add((from, message));
    }

    public void OnTransportError(in Peer to) => _errors.Add(to);

    public (Peer From, ParseResult Result) Next()
    {
        _arrived.TryTake(out (Peer, ParseResult) next, Deadline).ShouldBeTrue("no message came");
        return next;
    }

    public string NextCallId() => Sample.CallId(Next().Result.Message!);

    public Peer NextError()
    {
        _errors.TryTake(out Peer error, Deadline).ShouldBeTrue("no transport error came");
        return error;
    }
}
