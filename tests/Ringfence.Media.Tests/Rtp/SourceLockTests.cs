using System.Net;
using Ringfence.Media.Rtp;

namespace Ringfence.Media.Tests.Rtp;

public sealed class SourceLockTests
{
    private static readonly MediaSource Signalled = Source("192.0.2.1", 4000);
    private static readonly MediaSource BehindNat = Source("203.0.113.5", 61000);
    private static readonly MediaSource Attacker = Source("198.51.100.66", 5004);

    [Fact]
    public void The_signalled_source_locks_with_its_first_packet_and_nobody_else_gets_in()
    {
        var source = new SourceLock(SourceLockPolicy.Learn, Signalled);
        Send(source, Signalled, 1).ShouldBe(1);
        Send(source, Attacker, 1000).ShouldBe(0);
        source.Locked.ShouldBe(Signalled);
        source.Refused.ShouldBe(1000);
    }

    [Fact]
    public void A_source_behind_nat_is_learned_and_all_its_packets_are_heard()
    {
        var source = new SourceLock(SourceLockPolicy.Learn, Signalled);
        Send(source, BehindNat, 50).ShouldBe(50);
        source.Locked.ShouldBe(BehindNat);
        Send(source, Attacker, 50).ShouldBe(0);
    }

    [Fact]
    public void Before_the_lock_fewer_than_five_packets_of_an_attacker_pass()
    {
        var source = new SourceLock(SourceLockPolicy.Learn, Signalled);
        var passed = 0;
        for (ushort i = 0; i < 200; i++)
        {
            // Every packet with a sequence number of its own, as injected ones have.
            passed += source.Accept(Attacker, Header((ushort)(i * 77), 9)) ? 1 : 0;
        }
        passed.ShouldBeLessThan(5);
        source.Locked.ShouldBeNull();
        Send(source, Signalled, 1).ShouldBe(1);
        source.Locked.ShouldBe(Signalled);
    }

    [Fact]
    public void Interleaved_packets_of_an_attacker_do_not_keep_the_peer_from_being_learned()
    {
        var source = new SourceLock(SourceLockPolicy.Learn, Signalled);
        for (ushort i = 0; i < 20; i++)
        {
            source.Accept(Attacker, Header((ushort)(i * 1000), 9));
            source.Accept(BehindNat, Header(i, 1));
        }
        source.Locked.ShouldBe(BehindNat);
    }

    [Fact]
    public void Many_spoofed_addresses_do_not_keep_the_peer_from_being_learned()
    {
        var source = new SourceLock(SourceLockPolicy.Learn, null);
        for (ushort i = 0; i < 20; i++)
        {
            source.Accept(BehindNat, Header(i, 1));
            for (var spoofed = 0; spoofed < 7; spoofed++)
            {
                source.Accept(Source("198.51.100.66", (ushort)(1000 + i * 10 + spoofed)), Header(i, 9));
            }
        }
        source.Locked.ShouldBe(BehindNat);
    }

    [Fact]
    public void The_signalled_source_takes_over_from_a_learned_one_once()
    {
        var source = new SourceLock(SourceLockPolicy.Learn, Signalled);
        Send(source, Attacker, 10);
        source.Locked.ShouldBe(Attacker);
        Send(source, Signalled, 1).ShouldBe(1);
        source.Locked.ShouldBe(Signalled);
        Send(source, Attacker, 100).ShouldBe(0);
        source.Locked.ShouldBe(Signalled);
    }

    [Fact]
    public void A_new_address_in_the_sdp_opens_the_lock_and_the_same_one_does_not()
    {
        var source = new SourceLock(SourceLockPolicy.Signalled, Signalled);
        Send(source, Signalled, 1);
        source.Expect(Signalled);
        source.Locked.ShouldBe(Signalled);
        source.Expect(BehindNat);
        source.Locked.ShouldBeNull();
        Send(source, Signalled, 5).ShouldBe(0);
        Send(source, BehindNat, 5).ShouldBe(5);
    }

    [Fact]
    public void Policies_narrow_who_may_be_learned()
    {
        var otherPort = Source("192.0.2.1", 4444);
        Send(new SourceLock(SourceLockPolicy.Signalled, Signalled), otherPort, 20).ShouldBe(0);
        Send(new SourceLock(SourceLockPolicy.SignalledAddress, Signalled), otherPort, 20).ShouldBe(20);
        Send(new SourceLock(SourceLockPolicy.SignalledAddress, Signalled), BehindNat, 20).ShouldBe(0);
        Send(new SourceLock(SourceLockPolicy.SignalledAddress, null), BehindNat, 20).ShouldBe(0);
    }

    [Theory]
    [InlineData("192.0.2.1", 4000)]
    [InlineData("2001:db8::1", 65535)]
    public void A_source_is_the_same_from_an_endpoint_and_from_a_socket_address(string address, int port)
    {
        var endPoint = new IPEndPoint(IPAddress.Parse(address), port);
        MediaSource.Of(endPoint.Serialize()).ShouldBe(MediaSource.Of(endPoint));
        MediaSource.Of(endPoint).ToEndPoint().ShouldBe(endPoint);
        MediaSource.Of(endPoint).ToString().ShouldBe(endPoint.ToString());
    }

    internal static MediaSource Source(string address, int port) =>
        MediaSource.Of(new IPEndPoint(IPAddress.Parse(address), port));

    private static RtpHeader Header(ushort sequence, uint ssrc) => new(0, false, sequence, sequence * 160u, ssrc);

    private static int Send(SourceLock source, MediaSource from, int count)
    {
        var passed = 0;
        for (var i = 0; i < count; i++)
        {
            passed += source.Accept(from, Header((ushort)i, (uint)from.Port)) ? 1 : 0;
        }
        return passed;
    }
}
