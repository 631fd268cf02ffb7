using Ringfence.Media.Rtp;
using Ringfence.Media.Srtp;

namespace Ringfence.Media.Tests.Srtp;

public sealed class SrtpTests
{
    public static TheoryData<string> Suites => [.. SrtpSuite.All.Select(suite => suite.Name)];

    [Fact]
    public void Keystream_is_that_of_RFC_3711_appendix_B2()
    {
        using var aes = new AesCounter(Convert.FromHexString("2B7E151628AED2A6ABF7158809CF4F3C"));
        var stream = new byte[0xFF02 * 16];
        aes.Apply(Convert.FromHexString("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000"), stream);
        Convert
            .ToHexString(stream, 0, 48)
            .ShouldBe(
                "E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0"
            );
        Convert
            .ToHexString(stream, 0xFEFF * 16, 48)
            .ShouldBe(
                "EC8CDF7398607CB0F2D21675EA9EA1E4362B7C3C6773516318A077D7FC5073AE6A2CC3787889374FBEB4C81B17BA6C44"
            );
    }

    [Fact]
    public void Session_keys_are_those_of_RFC_3711_appendix_B3()
    {
        var key = Convert.FromHexString("E1F97A0D3E018BE0D64FA32C06DE4139");
        var salt = Convert.FromHexString("0EC675AD498AFEEBB6960B3AABE6");
        Derived(SrtpKeyDerivation.EncryptionKey, 16).ShouldBe("C61E7A93744F39EE10734AFE3FF7A087");
        Derived(SrtpKeyDerivation.EncryptionSalt, 14).ShouldBe("30CBBC08863D8C85D49DB34A9AE1");
        Derived(SrtpKeyDerivation.AuthenticationKey, 94)
            .ShouldBe(
                "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA48F0A0ACF3C34E2359E6CDBCEE049646C43D9327AD175578EF7227098"
                    + "6371C10C9A369AC2F94A8C5FBCDDDC256D6E919A48B610EF17C2041E474035766B68642C59BBFC2F34DB60DBDFB2"
            );

        string Derived(byte label, int length) =>
            Convert.ToHexString(SrtpKeyDerivation.Derive(key, salt, label, length));
    }

    [Fact]
    public void A_packet_is_protected_as_in_RFC_7714_section_16_1()
    {
        const string plain =
            "8040F17B8041F8D35501A0B247616C6C696120657374206F6D6E6973206469766973" + "6120696E207061727465732074726573";
        var packet = Convert.FromHexString(plain + new string('0', 32));
        using var transform = new SrtpTransform(
            SrtpSuite.AeadAes128Gcm,
            isReports: false,
            Convert.FromHexString("000102030405060708090A0B0C0D0E0F"),
            Convert.FromHexString("517569642070726F2071756F"),
            []
        );
        transform.Protect(packet.AsSpan(..^16), 12, new byte[4], 0xF17B, packet.AsSpan(^16..));
        Convert
            .ToHexString(packet)
            .ShouldBe(
                "8040F17B8041F8D35501A0B2F24DE3A3FB34DE6CACBA861C9D7E4BCABE633BD50D294E6F42A5F47A51C7D19B36DE3ADF"
                    + "8833899D7F27BEB16A9152CF765EE4390CCE"
            );
        transform.Unprotect(packet.AsSpan(..^16), 12, new byte[4], 0xF17B, packet.AsSpan(^16..)).ShouldBeTrue();
        Convert.ToHexString(packet).ShouldStartWith(plain);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void What_is_protected_is_taken_once_across_the_rollover_and_in_any_order(string name)
    {
        var (here, there) = Pair(name);
        var random = new Random(9);
        for (var start = 65_500; start < 65_600; start += 10)
        {
            var packets = Enumerable.Range(start, 10).Select(i => Protected(here, (ushort)i)).ToArray();
            random.Shuffle(packets);
            foreach (var packet in packets)
            {
                var copy = packet.ToArray();
                there.Unprotect(copy, out var length).ShouldBe(SrtpFault.None);
                copy.AsSpan(12, length - 12).ToArray().ShouldAllBe(octet => octet == 0x2A);
                there.Unprotect(packet.ToArray(), out _).ShouldBe(SrtpFault.Replayed);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void No_octet_can_be_changed_and_no_other_key_fits(string name)
    {
        var (here, there) = Pair(name);
        var packet = Protected(here, 7);
        for (var i = 0; i < packet.Length; i++)
        {
            var forged = packet.ToArray();
            forged[i] ^= 1;
            there.Unprotect(forged, out _).ShouldNotBe(SrtpFault.None, $"octet {i}");
        }
        Pair(name).There.Unprotect(packet.ToArray(), out _).ShouldBe(SrtpFault.Authentication);
        there.Unprotect(packet, out _).ShouldBe(SrtpFault.None);
        packet.AsSpan(12, 160).IndexOfAnyExcept((byte)0x2A).ShouldBe(-1);
    }

    [Fact]
    public void Forged_packets_of_other_streams_leave_no_trace_and_streams_are_bounded()
    {
        var (here, there) = Pair(SrtpSuite.AesCm128Sha180.Name);
        for (uint ssrc = 0; ssrc < 100; ssrc++)
        {
            var forged = Protected(here, 1, ssrc);
            forged[^1] ^= 1;
            there.Unprotect(forged, out _).ShouldBe(SrtpFault.Authentication);
        }
        for (uint ssrc = 1000; ssrc < 1016; ssrc++)
        {
            there.Unprotect(Protected(here, 1, ssrc), out _).ShouldBe(SrtpFault.None);
        }
        there.Unprotect(Protected(here, 1, 2000), out _).ShouldBe(SrtpFault.TooManyStreams);
    }

    [Fact]
    public void What_is_no_packet_is_a_fault()
    {
        var (here, there) = Pair(SrtpSuite.AesCm128Sha180.Name);
        there.Unprotect([], out _).ShouldBe(SrtpFault.Malformed);
        there.Unprotect(new byte[21], out _).ShouldBe(SrtpFault.Malformed);
        there.Unprotect(new byte[40], out _).ShouldBe(SrtpFault.Malformed);
        var extended = new byte[40];
        (extended[0], extended[14]) = (0x90, 0xFF);
        there.Unprotect(extended, out _).ShouldBe(SrtpFault.Malformed);
        there.Unprotect(new byte[SrtpContext.MaxPacket + 1], out _).ShouldBe(SrtpFault.Malformed);
        Should.Throw<ArgumentException>(() => here.Protect(new byte[20], 20));
        Should.Throw<ArgumentException>(() => here.Protect(new byte[60], 40));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_key_goes_through_sdp(string name)
    {
        var key = SrtpMasterKey.Create(SrtpSuite.Find(name)!);
        var line = key.ToCrypto(3);
        SrtpMasterKey.Read(line)!.ToCrypto(3).ShouldBe(line);
        var unpadded = line with { KeyParams = line.KeyParams.TrimEnd('=') };
        SrtpMasterKey.Read(unpadded)!.ToCrypto(3).ShouldBe(line);
        SrtpMasterKey.Read(line with { KeyParams = line.KeyParams + "|2^20" }).ShouldNotBeNull();
        SrtpMasterKey.Read(line with { KeyParams = line.KeyParams + "|2^20|1:4" }).ShouldBeNull();
        SrtpMasterKey.Read(line with { KeyParams = line.KeyParams + " UNENCRYPTED_SRTP" }).ShouldBeNull();
        SrtpMasterKey.Read(line with { KeyParams = "inline:AAAA" }).ShouldBeNull();
        SrtpMasterKey.Read(line with { KeyParams = "inline:%%%" }).ShouldBeNull();
        SrtpMasterKey.Read(line with { KeyParams = "prompt" }).ShouldBeNull();
        SrtpMasterKey.Read(line with { Suite = "F8_128_HMAC_SHA1_80" }).ShouldBeNull();
    }

    private static (SrtpContext Here, SrtpContext There) Pair(string name)
    {
        var key = SrtpMasterKey.Create(SrtpSuite.Find(name)!);
        return (new SrtpContext(key), new SrtpContext(key));
    }

    private static byte[] Protected(SrtpContext context, ushort sequence, uint ssrc = 77)
    {
        var packet = new byte[172 + context.Overhead];
        packet.AsSpan(12, 160).Fill(0x2A);
        RtpPacket.WriteHeader(packet, new RtpHeader(0, false, sequence, sequence * 160u, ssrc));
        context.Protect(packet, 172).ShouldBe(packet.Length);
        return packet;
    }
}
