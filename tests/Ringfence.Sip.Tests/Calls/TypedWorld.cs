using System.Net;
using System.Text;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Tests.Transactions;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Calls;

/// <summary>One user agent of the stack against a far end that is typed by hand and may do anything.</summary>
internal sealed class TypedWorld
{
    internal static readonly Peer Far = Peer.From(TransportKind.Udp, IPEndPoint.Parse("192.0.2.1:5060"));
    private readonly ManualClock _clock = new();

    internal TypedWorld(CallOptions? options = null)
    {
        Lane = new Lane(0, _clock, LaneRandom.Seeded(3));
        Wire = new RecordingWire(Lane, Peer.From(TransportKind.Udp, IPEndPoint.Parse("192.0.2.2:5060")));
        Transactions = new TransactionLayer(Lane, Wire, SipTimers.Default, TransactionLimits.Default);
        Calls = new CallLayer(Transactions, Owner, options ?? CallOptions.Default);
    }

    internal Lane Lane { get; }

    internal RecordingWire Wire { get; }

    internal TransactionLayer Transactions { get; }

    internal CallLayer Calls { get; }

    internal Recorder Owner { get; } = new();

    internal List<string> Heard => Owner.Heard;

    internal IncomingCall Call => Owner.Incoming[^1];

    internal int[] Statuses => [.. Wire.Sent.Select(sent => SipText.Status(sent.Text))];

    internal void Receive(string message) => Transactions.OnMessage(Far, SipText.Parse(message));

    internal void Run(long milliseconds)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        Lane.Turn();
    }

    internal OutgoingCall Invite(Body body = default, IReadOnlyList<HeaderField>? headers = null) =>
        Calls.Invite(
            new Invitation
            {
                Destination = Far,
                RequestUri = "sip:alice@192.0.2.1"u8.ToArray(),
                From = "<sip:bob@192.0.2.2>"u8.ToArray(),
                To = "<sip:alice@192.0.2.1>"u8.ToArray(),
                Body = body.IsEmpty ? CallSide.Offer : body,
                Headers = headers ?? [],
            },
            Owner
        );

    /// <summary>The tag that the stack put into the To of its last response.</summary>
    internal string LocalTag => SipText.Parameter(SipText.Header(Wire.Last, "To"), "tag");

    /// <summary>The last INVITE that was sent.</summary>
    internal string SentInvite => Wire.Sent.Last(sent => SipText.Method(sent.Text) == "INVITE").Text;

    internal int CountSent(string method) => Wire.Sent.Count(sent => SipText.Method(sent.Text) == method);

    internal void ShouldBeEmptyAfter(long milliseconds)
    {
        Run(milliseconds);
        Calls.Count.ShouldBe(0);
        Calls.Dialogs.Count.ShouldBe(0);
        Transactions.Count.ShouldBe(0);
        Transactions.Pool.Outstanding.ShouldBe(0);
        Lane.Timers.Count.ShouldBe(0);
    }

    internal static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
