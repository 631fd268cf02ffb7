using System.Net;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Tests.Calls;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transactions;

/// <summary>A response whose connection is gone goes by another, opened to the address in the Via (RFC 3261 §18.2.2).</summary>
public sealed class ReopenedTests
{
    private readonly TypedWorld _world = new();

    [Theory]
    [InlineData(TransportKind.Tcp, true)]
    [InlineData(TransportKind.Tls, true)]
    [InlineData(TransportKind.Ws, false)]
    public void A_response_opens_a_connection_where_its_own_is_gone(TransportKind kind, bool isReopened)
    {
        Receive(kind);
        _world.Wire.Outcome = SendOutcome.NoRoute;
        _world.Call.Refuse(486, default);

        _world.Wire.Sent.Count.ShouldBe(isReopened ? 2 : 1);
        _world.Wire.Sent[0].To.Connection.ShouldBe(7);
        if (isReopened)
        {
            _world.Wire.Sent[1].To.Connection.ShouldBe(0);
            _world.Wire.Sent[1].To.Port.ShouldBe((ushort)5090);
            SipText.Status(_world.Wire.Sent[1].Text).ShouldBe(486);
        }
    }

    [Fact]
    public void What_follows_goes_the_new_way_at_once()
    {
        Receive(TransportKind.Tcp);
        _world.Wire.Outcome = SendOutcome.NoRoute;
        _world.Call.Progress(180, default, Body.None);
        _world.Wire.Outcome = SendOutcome.Sent;
        int before = _world.Wire.Sent.Count;
        _world.Call.Refuse(486, default);

        _world.Wire.Sent.Count.ShouldBe(before + 1);
        _world.Wire.Last.ShouldStartWith("SIP/2.0 486");
        _world.Wire.Sent[^1].To.Connection.ShouldBe(0);
    }

    [Fact]
    public void So_does_a_response_without_a_transaction()
    {
        _world.Wire.Outcome = SendOutcome.NoRoute;
        Send(TransportKind.Tcp, "BYE");
        _world.Wire.Sent.Count.ShouldBe(2);
        _world.Wire.Sent[1].To.Port.ShouldBe((ushort)5090);
        _world.Wire.Last.ShouldStartWith("SIP/2.0 481");
    }

    private void Receive(TransportKind kind) => Send(kind, "INVITE");

    private void Send(TransportKind kind, string method)
    {
        Peer from = Peer.From(kind, IPEndPoint.Parse("192.0.2.1:40000")) with { Connection = 7 };
        _world.Transactions.OnMessage(
            from,
            SipText.Parse(SipText.Request(method, via: "192.0.2.1:5090", transport: "TCP", body: SipText.Body))
        );
    }
}
