using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;

namespace Ringfence.Sip.Tests.Transactions;

/// <summary>What is answered, or not, without a transaction, and what is kept at most.</summary>
public class StatelessTests
{
    [Theory]
    [InlineData("CSeq: 1 INVITE", "CSeq: x INVITE", 400)]
    [InlineData("CSeq: 1 INVITE", "CSeq: 1 OPTIONS", 400)]
    [InlineData("SIP/2.0\r\nVia", "SIP/3.0\r\nVia", 505)]
    [InlineData("Call-ID: call-1\r\n", "", 400)]
    [InlineData("Content-Length: 0", "Content-Length: 10", 400)]
    [InlineData("Max-Forwards: 70", "Max-Forwards: many", 400)]
    [InlineData("From: <sip:alice@192.0.2.1>", "From: \"Alice <sip:alice@192.0.2.1>", 400)]
    public void A_malformed_request_is_answered_with_what_its_fault_earns(string sound, string broken, int statusCode)
    {
        var world = new TransactionWorld();
        string request = SipText.Request("INVITE").Replace(sound, broken, StringComparison.Ordinal);
        world.Receive(request);
        world.Receive(request);

        world.Wire.Sent.Select(sent => SipText.Status(sent.Text)).ShouldBe([statusCode, statusCode]);
        world.Wire.Sent[0].Text.ShouldBe(world.Wire.Sent[1].Text);
        world.Told.ShouldBeEmpty();
        world.ShouldBeEmpty();
    }

    [Fact]
    public void A_malformed_ACK_is_not_answered()
    {
        var world = new TransactionWorld();
        world.Receive(SipText.Request("ACK").Replace("CSeq: 1 ACK", "CSeq: x ACK", StringComparison.Ordinal));
        world.Wire.Sent.ShouldBeEmpty();
    }

    [Fact]
    public void A_malformed_response_is_dropped()
    {
        var world = new TransactionWorld();
        world.Send("INVITE");
        world.Receive(SipText.Response(world.Wire.Last, 200).Replace("CSeq: 1", "CSeq: x", StringComparison.Ordinal));
        world.Told.ShouldBeEmpty();
    }

    [Fact]
    public void A_response_without_a_transaction_goes_to_the_core_and_nowhere_else()
    {
        var world = new TransactionWorld();
        world.Receive(SipText.Response(SipText.Request("INVITE"), 200));
        world.Told.ShouldBe([(0, "stray 200")]);
        world.Wire.Sent.ShouldBeEmpty();
    }

    [Fact]
    public void Above_the_limit_a_request_is_503_with_Retry_After_and_leaves_nothing()
    {
        var world = new TransactionWorld(new TransactionLimits { Transactions = 3, RetryAfter = 7 });
        for (int i = 0; i < 5; i++)
        {
            world.Receive(SipText.Request("INVITE", $"z9hG4bK{i}", $"call-{i}"));
        }

        world.Layer.Count.ShouldBe(3);
        world.Wire.Sent.Select(sent => SipText.Status(sent.Text)).ShouldBe([503, 503]);
        SipText.Header(world.Wire.Last, "Retry-After").ShouldBe("7");
        world.Servers.ForEach(server => server.Send(486));
        world.Run(32_000);
        world.ShouldBeEmpty();
    }

    [Fact]
    public void A_response_goes_to_the_source_at_the_port_of_the_Via_or_with_rport_at_its_own()
    {
        var world = new TransactionWorld();
        Ringfence.Sip.Transport.Peer source = TransactionWorld.Far with { Port = 40_000 };
        world.Receive(SipText.Request("OPTIONS", via: "10.0.0.1:5090;maddr=192.0.2.99"), source);
        world.Servers[^1].Send(200);
        world.Wire.Sent[^1].To.ShouldBe(source with { Port = 5090 });
        SipText.Header(world.Wire.Last, "Via").ShouldContain(";received=192.0.2.1");

        world.Receive(SipText.Request("OPTIONS", "z9hG4bKtwo", via: "10.0.0.1:5090;rport"), source);
        world.Servers[^1].Send(200);
        world.Wire.Sent[^1].To.ShouldBe(source);
        SipText.Header(world.Wire.Last, "Via").ShouldContain(";rport=40000");
    }

    [Fact]
    public void Branches_that_collide_under_public_hashes_spread_over_the_table()
    {
        // Pairs that collide under a multiply-by-31 hash, chained: 2^14 strings with one hash.
        string[] blocks = ["Aa", "BB"];
        var world = new TransactionWorld();
        for (int i = 0; i < 1 << 12; i++)
        {
            var branch = new StringBuilder("z9hG4bK");
            for (int bit = 0; bit < 12; bit++)
            {
                branch.Append(blocks[(i >> bit) & 1]);
            }

            world.Receive(SipText.Request("INVITE", branch.ToString(), $"call-{i}"));
        }

        HashSet<ulong> hashes = [.. world.Servers.Select(server => server.KeyLink.Hash)];
        hashes.Count.ShouldBe(1 << 12);
        hashes.GroupBy(hash => hash & 0xFFF).Max(group => group.Count()).ShouldBeLessThan(12);
    }

    [Fact]
    public void A_lingering_refused_INVITE_keeps_less_than_8_kB()
    {
        const int calls = 2_000;
        var world = new TransactionWorld();
        byte[] request = Encoding.ASCII.GetBytes(
            SipText.Request("INVITE", extra: $"Identity: {new string('a', 600)}\r\n", body: SipText.Body)
        );
        long before = GC.GetTotalMemory(true);
        for (int i = 0; i < calls; i++)
        {
            string text = Encoding
                .ASCII.GetString(request)
                .Replace("z9hG4bKone", $"z9hG4bK{i}", StringComparison.Ordinal);
            world.Receive(text);
            world.Servers[^1].Send(607);
        }

        world.Wire.Sent.Clear();
        world.Wire.Sent.TrimExcess();
        long kept = (GC.GetTotalMemory(true) - before) / calls;
        world.Layer.Count.ShouldBe(calls);
        kept.ShouldBeLessThan(8_000);
    }

    [Fact]
    public void Matching_and_repeating_allocate_nothing()
    {
        var world = new TransactionWorld();
        ParseResult invite = SipText.Parse(SipText.Request("INVITE"));
        ParseResult ack = SipText.Parse(SipText.Request("ACK", "z9hG4bKother", toTag: "x"));
        var layer = new TransactionLayer(
            world.Lane,
            new SilentWire(),
            Ringfence.Sip.Time.SipTimers.Default,
            TransactionLimits.Default
        )
        {
            User = new OneUser(),
        };
        layer.OnMessage(TransactionWorld.Far, invite);
        ((OneUser)layer.User).Accept(layer, (SipRequest)invite.Message!);
        layer.OnMessage(TransactionWorld.Far, invite);
        layer.OnMessage(TransactionWorld.Far, ack);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            layer.OnMessage(TransactionWorld.Far, invite);
            layer.OnMessage(TransactionWorld.Far, ack);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private sealed class SilentWire : Ringfence.Sip.Transport.IWire
    {
        public Ringfence.Sip.Transport.SendOutcome Send(
            in Ringfence.Sip.Transport.Peer to,
            ReadOnlySpan<byte> message
        ) => Ringfence.Sip.Transport.SendOutcome.Sent;

        public bool TryLocal(in Ringfence.Sip.Transport.Peer to, out Ringfence.Sip.Transport.Peer local)
        {
            local = to;
            return true;
        }
    }

    private sealed class OneUser : ITransactionUser
    {
        public void OnRequest(in Ringfence.Sip.Transport.Peer from, SipRequest request) { }

        public void OnResponse(in Ringfence.Sip.Transport.Peer from, SipResponse response) { }

        internal void Accept(TransactionLayer layer, SipRequest request) =>
            layer.Accept(TransactionWorld.Far, request, SilentUser.Instance)!.Send(486);
    }
}
