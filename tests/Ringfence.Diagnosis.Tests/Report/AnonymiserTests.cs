using System.Net;
using System.Numerics;
using System.Text;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Export;
using Ringfence.Diagnosis.Tests.Capture;
using Ringfence.Diagnosis.Tests.Findings;

namespace Ringfence.Diagnosis.Tests.Report;

public sealed class AnonymiserTests
{
    private const string Secrets =
        "From2: \"Alice Smith\" <sip:alice@home.example.net>\r\nAuthorization: Digest username=\"alice\", response=\"abc\"\r\nIdentity: eyJh.eyJh.sig;info=<https://x.example/c>\r\nSubject: lunch with Bob\r\n";

    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void Nothing_that_names_anybody_stays()
    {
        var text = Anonymise(Written());
        foreach (
            var name in (string[])
                [
                    "Alice",
                    "alice",
                    "Smith",
                    "home.example.net",
                    "eyJh",
                    "lunch",
                    "140000001",
                    "203.0.113.1",
                    "198.51.100.1",
                    "response=",
                ]
        )
        {
            text.ShouldNotContain(name);
        }
    }

    [Theory]
    [InlineData("7B22783575223A22ED22FFED7D")]
    [InlineData("7B22783575223A22FFFE227D")]
    [InlineData("7B22783575223A225C7564383030227D")]
    [InlineData("7B22783575223A312C22783575223A327D")]
    public void A_token_of_any_bytes_is_blanked(string json)
    {
        var part = System.Buffers.Text.Base64Url.EncodeToString(Convert.FromHexString(json));
        var script = new Script().A("INVITE", headers: $"Identity: {part}.{part}.c2ln;info=<https://x.example/c>\r\n");
        Anonymise(script).ShouldNotContain(part);
    }

    [Fact]
    public void The_message_stays_one_that_can_be_read_and_diagnosed()
    {
        var output = new MemoryStream();
        MessageCapture.Write(output, Written().Trace().Calls, new Anonymiser(Key));
        var trace = CallTrace.Read(
            [CaptureInput.Bytes("x", output.ToArray())],
            cancellation: TestContext.Current.CancellationToken
        );
        var call = trace.Calls.ShouldHaveSingleItem();
        call.State.ShouldBe(CallState.Answered);
        call.From.ShouldStartWith("sip:+331");
        call.Messages.ShouldAllBe(m => !m.Malformed.IsFault);
        call.Invite!.Sdp!.Audio!.Port.ShouldBe(4000);
        call.Invite.Sdp.Audio.Target!.Address.ShouldBe(call.Caller.Address);
    }

    [Fact]
    public void The_same_thing_gets_the_same_replacement_under_one_key_only()
    {
        Anonymise(Written()).ShouldBe(Anonymise(Written()));
        var other = Written().Trace().Calls[0].Messages[0];
        Encoding.Latin1.GetString(new Anonymiser([.. Key.Reverse()]).Message(other)).ShouldNotBe(Anonymise(Written()));
    }

    // Each of these stood in some real trace, in a place where nobody looked for it.
    [Theory]
    [InlineData("User-Agent: Phone/1.0 (SN 0012F3ABCDEF)", "User-Agent: Phone/1.0")]
    [InlineData("User-Agent: Yealink SIP-T46S 66.84.0.15 0015651234ab", "0015651234ab", false)]
    [InlineData("X-Customer: Alice-42", "X-Customer: removed")]
    [InlineData("Warning: 399 pbx.alice.example \"Alice is asleep\"", "\"x is x\"")]
    [InlineData("Call-Info: <https://img.alice.example:8443/alice.jpg>;purpose=icon", ":8443/")]
    [InlineData("Call-Info: <https://img.alice.example:8443/alice.jpg>;purpose=icon", ".jpg>;purpose=icon")]
    [InlineData(
        "Reason: SIP;cause=603;text=\"v=analytics1;url=https://alice.example/x;tel=+15551234567\"",
        "text=\"v=analytics1;url=https://h-"
    )]
    [InlineData("Retry-After: 30 (Alice sleeps)", "Retry-After: 30")]
    [InlineData("Referred-By: Zoé Alice <sip:+33140000009@alice.example>", "Referred-By: x <sip:+331")]
    [InlineData(
        "Contact: <sip:alice@192.168.7.33;line=alice>;+sip.instance=\"<urn:uuid:alice>\"",
        ";+sip.instance=\"x\""
    )]
    [InlineData("P-Charging-Vector: icid-value=alice99;orig-ioi=alice.example", "icid-value=")]
    [InlineData(
        "Session-ID: a11ce000000000000000000000000001;remote=00000000000000000000000000000000",
        ";remote=00000000000000000000000000000000"
    )]
    public void Headers_keep_their_form_and_no_name(string header, string part, bool stays = true)
    {
        var text = Anonymise(new Script().A("INVITE", Script.Offer, header + "\r\n"));

        text.Contains(part, StringComparison.Ordinal).ShouldBe(stays, text);
        text.ShouldNotContain("alice", Case.Insensitive);
        text.ShouldNotContain("a11ce", Case.Insensitive);
        text.ShouldNotContain("Zo");
        text.ShouldNotContain("140000009");
    }

    [Fact]
    public void Phrases_attributes_tags_and_branches_name_nobody()
    {
        var sdp =
            Script.Answer
            + "a=ssrc:1 cname:alice@pc\r\na=msid:alice x\r\na=x-note:alice\r\na=ice-pwd:alicealicealice\r\n";
        var call = new Script()
            .A("INVITE", Script.Offer)
            .B(183, sdp, tag: "alicetag", phrase: "Ringing Alice")
            .Trace()
            .Calls[0];

        var text = Encoding.Latin1.GetString(new Anonymiser(Key).Message(call.Messages[1]));

        text.ShouldStartWith("SIP/2.0 183 Ringing x\r\n");
        text.ShouldNotContain("alice", Case.Insensitive);
        text.ShouldContain("branch=z9hG4bK");
        text.ShouldContain("a=rtpmap:8 PCMA/8000");
    }

    [Fact]
    public void What_is_written_in_unusual_ways_is_found_as_well()
    {
        var sdp = Script.Answer.Replace("IN IP4 198.51.100.1", "IN IP6 2001:db8:a11c:e::17", StringComparison.Ordinal);
        var script = new Script().A(
            "INVITE",
            sdp,
            "P-Asserted-Identity:\r\n <sip:alice@3cx.alice.example>\r\nX Y alice: z\r\nVia: SIP/2.0/UDP 2001:db8:0:0:0:0:a11c:e:5060\r\n"
        );
        Anonymise(script).ShouldNotContain("alice", Case.Insensitive);
        Anonymise(script).ShouldNotContain("a11c:e");

        // Some stacks end lines with LF alone.
        var bare = new Script().A("INVITE", Script.Offer, "Subject: alice\r\nX-Alice: alice\r\n").Spoilt("\r\n", "\n");
        Anonymise(bare).ShouldNotContain("alice\r", Case.Insensitive);
        Anonymise(bare).ShouldNotContain("203.0.113.1");
    }

    [Fact]
    public void What_joins_legs_joins_them_still()
    {
        const string Session =
            "Session-ID: 0123456789abcdef0123456789abcdef;remote=00000000000000000000000000000000\r\n";
        var written = new Script()
            .Call("abcdef123")
            .A("INVITE", Script.Offer, Session)
            .Call("zzz", a: Script.BHost, b: "192.0.2.9")
            .A("INVITE", Script.Offer, Session)
            .Call("zzz_b2b-1", a: "192.0.2.9", b: "192.0.2.10")
            .A("INVITE", Script.Offer);
        var output = new MemoryStream();
        MessageCapture.Write(output, written.Trace().Calls, new Anonymiser(Key));

        var calls = CallTrace
            .Read([CaptureInput.Bytes("x", output.ToArray())], cancellation: TestContext.Current.CancellationToken)
            .Calls;

        calls[0].Legs.ShouldContain(leg => leg.Join == LegJoin.SessionId);
        Joins(calls).ShouldBe(Joins(written.Trace().Calls));

        static IEnumerable<LegJoin> Joins(IReadOnlyList<Call> of) =>
            of.SelectMany(call => call.Legs).Select(leg => leg.Join);
    }

    [Theory]
    [InlineData("198.51.100.7", "198.51.100.9", 28)]
    [InlineData("198.51.100.7", "198.51.200.9", 16)]
    [InlineData("2001:db8:1::1", "2001:db8:2::1", 45)]
    public void Addresses_keep_as_long_a_prefix_in_common_as_they_had(string first, string second, int atLeast)
    {
        var anonymiser = new Anonymiser(Key);
        var a = anonymiser.Address(PacketAddress.Of(IPAddress.Parse(first), 1)).Bits;
        var b = anonymiser.Address(PacketAddress.Of(IPAddress.Parse(second), 1)).Bits;
        var high = BitOperations.LeadingZeroCount(a.High ^ b.High);
        var common =
            (high < 64 ? high : 64 + BitOperations.LeadingZeroCount(a.Low ^ b.Low)) - (first.Contains(':') ? 0 : 96);
        common.ShouldBeGreaterThanOrEqualTo(atLeast);
        a.ShouldNotBe(PacketAddress.Of(IPAddress.Parse(first), 1).Bits);
    }

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("192.168.7.7")]
    [InlineData("172.20.1.1")]
    [InlineData("100.64.1.1")]
    public void A_private_address_stays_private(string address)
    {
        var replaced = new Anonymiser(Key).Address(PacketAddress.Of(IPAddress.Parse(address), 5060));
        Diagnosis.Findings.CallView.IsPrivate(replaced.Address).ShouldBeTrue(replaced.ToString());
        replaced.Port.ShouldBe((ushort)5060);
    }

    [Fact]
    public void No_open_capture_keeps_an_address_of_its_own()
    {
        Corpus.SkipIfAbsent();
        var path = Corpus.Path("sip-rtp__irontec-sngrep__aaa__da2485.pcap");
        var trace = CallTrace.Read([CaptureInput.File(path)], cancellation: TestContext.Current.CancellationToken);
        var output = new MemoryStream();
        MessageCapture.Write(output, trace.Calls, new Anonymiser(Key));
        var text = Encoding.Latin1.GetString(output.ToArray());
        foreach (
            var name in (string[])
                ["212.242.33.35", "200.68.120.81", "cybercity", "brujula", "voi18062", "35104723", "97239287044"]
        )
        {
            text.ShouldNotContain(name);
        }
    }

    private static Script Written() => new Script().A("INVITE", Script.Offer, Secrets).B(180).B(200, Script.Answer);

    private static string Anonymise(Script script) =>
        Encoding.Latin1.GetString(new Anonymiser(Key).Message(script.Trace().Calls[0].Messages[0]));
}
