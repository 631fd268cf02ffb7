using System.Buffers.Binary;
using System.Net;
using System.Text;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Export;
using Ringfence.Diagnosis.Tests.Findings;

namespace Ringfence.Diagnosis.Tests.Report;

/// <summary>Parts of messages in which names hide, and captures that other tools read without a complaint.</summary>
public sealed class AnonymisedPartsTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [Theory]
    [InlineData("Contact: <sip:alice:alicepass@192.168.7.33>", "Contact: <sip:user-")]
    [InlineData("Contact: <sip:alice;day=alice@192.168.7.33>", ";day=")]
    [InlineData("Contact: <sip:alice&bob@192.168.7.33>", "Contact: <sip:user-")]
    [InlineData("Contact: <sip:+33140000009;phone-context=alice.example@192.168.7.33>", ";phone-context=h-")]
    [InlineData("Contact: <sip:alice>", ".example>")]
    [InlineData("Contact: <sip:bob@alicepc>", ".example>")]
    [InlineData("Contact: <sip:2a.alice.33.35:5060>", ".example:5060>")]
    [InlineData("Contact: <sip:bob@192.168.7.33;x-customer=alice>;q=0.7", ">;q=0.7")]
    [InlineData("Via: SIP/2.0/UDP alicepc;branch=z9hG4bK2;x-owner=alice", "Via: SIP/2.0/UDP h-")]
    [InlineData("P-Asserted-Identity: <sip:+33140000009@192.168.7.33;user=phone>", ";user=phone>")]
    public void No_part_of_an_address_keeps_a_name(string header, string part)
    {
        var text = Anonymise(new Script().A("INVITE", Script.Offer, header + "\r\n"));

        text.ShouldContain(part);
        text.ShouldNotContain("alice", Case.Insensitive);
        text.ShouldNotContain("140000009");
    }

    [Fact]
    public void Credentials_go_and_their_field_can_still_be_read()
    {
        var text = Anonymise(
            new Script().A(
                "INVITE",
                Script.Offer,
                "Authorization: Digest username=\"alice\", realm=\"alice.example\", nonce=\"a11ce\", uri=\"sip:x\", response=\"a11ce\"\r\n"
            )
        );

        text.ShouldContain("Authorization: Digest username=\"removed\"");
        text.ShouldNotContain("a11ce");
        text.ShouldNotContain("alice");
    }

    [Theory]
    [InlineData("192.0.2.1", "198.51.100.2", 0)]
    [InlineData("192.0.2.1", "198.51.100.2", 46)]
    [InlineData("2001:db8::1", "2001:db8::2", 0)]
    [InlineData("2001:db8::1", "2001:db8::2", 46)]
    public void Checksums_of_what_is_written_are_right(string from, string to, byte dscp)
    {
        foreach (var length in (int[])[1, 2, 171, 172, 1_399])
        {
            using var file = new MemoryStream();
            using (var capture = new MessageCapture(file))
            {
                byte[] payload = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 37))];
                capture.Add(0, Address(from), Address(to), payload, dscp).ShouldBeTrue();
            }

            var packet = file.ToArray().AsSpan(24 + 16);
            var isIPv4 = packet[0] >> 4 == 4;
            if (isIPv4)
            {
                Sum(packet[..20]).ShouldBe(0xFFFF);
            }

            var udp = packet[(isIPv4 ? 20 : 40)..];
            byte[] pseudo =
            [
                .. isIPv4 ? packet[12..20] : packet[8..40],
                0,
                17,
                (byte)(udp.Length >> 8),
                (byte)udp.Length,
                .. udp,
            ];
            Sum(pseudo).ShouldBe(0xFFFF);
            BinaryPrimitives.ReadUInt16BigEndian(udp[6..]).ShouldNotBe((ushort)0, "which would say that there is none");
        }
    }

    [Fact]
    public void Checksums_of_an_icmp_error_and_of_what_it_quotes_are_right()
    {
        using var file = new MemoryStream();
        using (var capture = new MessageCapture(file))
        {
            capture.AddUnreachable(0, Address("192.0.2.1"), Address("198.51.100.2"));
        }

        var packet = file.ToArray().AsSpan(24 + 16);
        Sum(packet[..20]).ShouldBe(0xFFFF);
        Sum(packet[20..]).ShouldBe(0xFFFF);
        Sum(packet[28..48]).ShouldBe(0xFFFF);
        Sum([.. packet[40..48], 0, 17, 0, 8, .. packet[48..]]).ShouldBe(0xFFFF);
    }

    private static PacketAddress Address(string text) => PacketAddress.Of(IPAddress.Parse(text), 5060);

    private static int Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            sum += i % 2 == 0 ? bytes[i] << 8 : bytes[i];
        }

        while (sum > 0xFFFF)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return sum;
    }

    private static string Anonymise(Script script)
    {
        using var anonymiser = new Anonymiser(Key);
        return Encoding.Latin1.GetString(anonymiser.Message(script.Trace().Calls[0].Messages[0]));
    }
}
