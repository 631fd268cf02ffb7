using System.Diagnostics;
using Ringfence.Diagnosis.Capture;
using static Ringfence.Diagnosis.Tests.Capture.Packets;

namespace Ringfence.Diagnosis.Tests.Capture;

public sealed class DamageTests
{
    public static TheoryData<string> Files() =>
        [
            "early-media__irontec-sngrep__ipv6frag__4713f5.pcap",
            "failure__NormB-sipnab__sip-488-codec-reject__8a3a0b.pcapng",
            "text__sipwise-kamailio-config-tests__auth_fail_sipp_scenario00.msg",
        ];

    public static byte[] Own() =>
        Pcap(1, UdpFrame(Options), TcpFrame(1, Options), Ethernet(IPv6Type, IPv6(17, Udp(Options))), UdpFrame(Options));

    [Fact]
    public void An_own_file_cut_at_every_offset_is_read_as_far_as_it_goes()
    {
        var bytes = Own();
        var before = 0;
        for (var length = 0; length <= bytes.Length; length++)
        {
            var messages = CollectingSink.Read(bytes[..length]).Messages.Count(m => !m.Truncated);
            messages.ShouldBeGreaterThanOrEqualTo(before);
            before = messages;
        }

        before.ShouldBe(4);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_cut_at_every_offset_never_gives_more_than_the_whole(string name)
    {
        Corpus.SkipIfAbsent();
        var bytes = File.ReadAllBytes(Corpus.Path(name));
        var whole = CollectingSink.Read(bytes).Messages.Count;
        var step = Environment.GetEnvironmentVariable("RINGFENCE_LONG") == "1" ? 1 : 13;
        for (var length = 0; length < bytes.Length; length += step)
        {
            CollectingSink.Read(bytes[..length]).Messages.Count.ShouldBeLessThanOrEqualTo(whole + 1);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Flipped_bytes_do_no_harm(string name)
    {
        Corpus.SkipIfAbsent();
        Flip(File.ReadAllBytes(Corpus.Path(name)), seed: 17);
    }

    [Fact]
    public void Flipped_bytes_in_an_own_file_do_no_harm() => Flip(Own(), seed: 18);

    private static void Flip(byte[] bytes, int seed)
    {
        var random = new Random(seed);
        var rounds = Environment.GetEnvironmentVariable("RINGFENCE_LONG") == "1" ? 20_000 : 500;
        var longest = TimeSpan.Zero;
        for (var round = 0; round < rounds; round++)
        {
            var damaged = (byte[])bytes.Clone();
            for (var i = random.Next(1, 12); i > 0; i--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            var started = Stopwatch.GetTimestamp();
            var outcome = new CaptureReader().Read([CaptureInput.Bytes("x", damaged)], new CollectingSink());
            var took = Stopwatch.GetElapsedTime(started);
            longest = took > longest ? took : longest;
            outcome.Damage.Count.ShouldBeLessThanOrEqualTo(101);
        }

        longest.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }
}
