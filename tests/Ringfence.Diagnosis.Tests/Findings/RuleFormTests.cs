using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>The other forms in which a finding shows, beside the one that is kept as a capture, and what a rule must let pass.</summary>
public sealed class RuleFormTests
{
    private const string O = Script.Offer;
    private const string S = Script.Answer;

    [Fact]
    public void An_early_answer_that_names_no_address_is_unusable() =>
        Of("EM-05", Start().B(183, With(S, "198.51.100.1\r\nt", "0.0.0.0\r\nt")).Wait(1).B(200, S))
            .Values["address"]
            .ShouldBe("0.0.0.0");

    [Fact]
    public void A_static_payload_type_with_a_clock_that_is_not_its_own_is_named() =>
        Of("EM-06", new Script().A("INVITE", With(With(O, "8 PCMA/8000", "9 G722/16000"), "AVP 8", "AVP 9")).B(183, S))
            .Values["seen"]
            .ShouldBe("G722/16000 (PT 9)");

    [Theory]
    [InlineData("active", true)]
    [InlineData("passive", false)]
    public void Two_sides_that_both_open_the_handshake_never_meet(string setup, bool found)
    {
        string Dtls(string sdp, string role) =>
            With(sdp, "RTP/AVP", "UDP/TLS/RTP/SAVPF") + $"a=fingerprint:sha-256 AA:BB\r\na=setup:{role}\r\n";
        var findings = new Script().A("INVITE", Dtls(O, "active")).B(183, Dtls(S, setup)).Diagnose().Findings;
        findings.Any(f => f.Id == "EM-18" && f.Values["what"] == "setup").ShouldBe(found);
    }

    [Fact]
    public void Early_media_of_comfort_noise_alone_is_silence() =>
        Of("EM-23", Start().B(183, S).Rtp(3, type: 13).Wait(3).B(200, S)).Values["level"].ShouldBe("CN");

    [Theory]
    [InlineData("+14155550123", true)]
    [InlineData("+33140000002", false)]
    public void Ringing_of_another_country_than_the_called_number_is_noted(string called, bool found)
    {
        short French(int at) => at % 40_000 < 12_000 ? Script.Sine(at, 440) : (short)0;
        var script = new Script().Call("1", to: called).A("INVITE", O).B(183, S).Rtp(14, tone: French).Wait(14);
        script.B(200, S).Diagnose().Findings.Any(f => f.Id == "EM-24").ShouldBe(found);
    }

    [Theory]
    [InlineData("""{"iat":1700000000,"jcard":["vcard",[["fn",{},"text","Analytics"]]]}""", null)]
    [InlineData("""{"iat":1600000000,"jcard":["vcard",[["fn",{},"text","Analytics"]]]}""", "iat")]
    [InlineData("""{"jcard":["vcard",[["fn",{},"text","Analytics"]]]}""", "no iat")]
    [InlineData("nothing", "unreadable")]
    public void A_card_that_came_along_must_be_readable_and_of_this_call(string claims, string? fault)
    {
        var card = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(claims));
        var header = $"Call-Info: <data:application/jose,eyJhbGciOiJFUzI1NiJ9.{card}.c2ln>;purpose=jwscard\r\n";
        var findings = FormScenarios.Understood().B(608, headers: header).Diagnose().Findings;
        findings.SingleOrDefault(f => f.Id == "BK-03")?.Values["card"].ShouldBe(fault);
        findings.Any(f => f.Id == "BK-03").ShouldBe(fault is not null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_token_that_another_attempt_has_carried_is_found(bool signedAnew)
    {
        string Header(long later) =>
            "Identity: "
            + IdentityHeader.Format(
                SignedFiles.Token("chain", Claims(later)),
                SignedFiles.Url("chain"),
                PassportType.Shaken
            )
            + "\r\n";
        var script = new Script().A("INVITE", O, Header(0)).B(503).Call("2").A("INVITE", O, Header(signedAnew ? 1 : 0));
        script.Diagnose().Findings.Any(f => f.Id == "BK-12").ShouldBe(!signedAnew);
    }

    [Fact]
    public void A_call_refused_for_a_missing_Date_is_told_apart()
    {
        var identity = $"Identity: {SignedFiles.Identity("chain")}\r\n";
        Of("BK-13", new Script().A("INVITE", O, identity).B(403, phrase: "Missing Date"))
            .Confidence.ShouldBe(FindingConfidence.Possible);
    }

    [Theory]
    [InlineData("https://cert.example.org:9000/chain.pem", true)]
    [InlineData("https://cert.example.org:8443/chain.pem", false)]
    public void A_certificate_on_a_port_that_verifiers_do_not_open_is_found(string url, bool found)
    {
        var input = PassportWriter.SigningInput(Claims(0), PassportType.Shaken, url);
        var token = PassportWriter.Full(input, SignedFiles.Signature("chain", input));
        var identity = $"Identity: {IdentityHeader.Format(token, url, PassportType.Shaken)}\r\n";
        var findings = new Script().A("INVITE", O, identity).B(180).Diagnose().Findings;
        findings.Any(f => f.Id == "BK-14" && f.Values["what"] == "port").ShouldBe(found);
    }

    [Fact]
    public void Loss_that_only_the_receiver_reports_lies_behind_the_capture()
    {
        var script = Talk()
            .Rtp(4)
            .Rtp(4, toCaller: false, ssrc: 9)
            .Datagram(toCaller: false, ReceiverReport(7, lost: 20));
        Of("MD-06", script.Wait(5).FromB("BYE")).Values["where"].ShouldBe("after");
    }

    [Fact]
    public void A_digit_whose_end_was_lost_is_found() =>
        Of("MD-10", Talk().Event(5, ends: false).Wait(4).FromB("BYE")).Values["what"].ShouldBe("endless");

    [Theory]
    [InlineData("Wrong password", FindingConfidence.Certain)]
    [InlineData("Forbidden", FindingConfidence.Possible)]
    public void A_403_after_one_try_is_sure_only_where_it_says_so(string phrase, FindingConfidence sure)
    {
        const string Credentials = "Authorization: Digest username=\"a\"\r\n";
        var script = new Script().A("INVITE").B(401).A("INVITE", headers: Credentials, cseq: 2);
        Of("SG-02", script.B(403, cseq: 2, phrase: phrase)).Confidence.ShouldBe(sure);
    }

    [Fact]
    public void Hold_before_a_transfer_is_no_forgotten_hold()
    {
        var script = Talk().A("INVITE", O + "a=sendonly\r\n", cseq: 2, tag: "b").B(200, S, cseq: 2).Wait(3);
        script.A("REFER", headers: "Refer-To: <sip:c@example.org>\r\n", cseq: 3, tag: "b").B(202, of: "REFER", cseq: 3);
        script.Wait(2).FromB("BYE").Diagnose().Findings.ShouldNotContain(f => f.Id == "MD-12");
    }

    [Fact]
    public void An_answer_that_a_log_shows_on_each_of_its_hops_was_not_sent_again()
    {
        var hops = new[] { "c", "c, SIP/2.0/UDP b", "c, SIP/2.0/UDP b, SIP/2.0/UDP a" }.Reverse();
        string Message(string first, string via) =>
            $"{first}\r\nVia: SIP/2.0/UDP {via}\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:b@x>;tag=2\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n";
        var text =
            Message("INVITE sip:b@x SIP/2.0", "c").Replace(";tag=2", "", StringComparison.Ordinal)
            + string.Concat(hops.Select(via => Message("SIP/2.0 200 OK", via)));
        var trace = CallTrace.Read(
            [CaptureInput.Bytes("log", System.Text.Encoding.ASCII.GetBytes(text))],
            cancellation: TestContext.Current.CancellationToken
        );
        trace.Calls.Count.ShouldBe(1);
        CallDiagnosis.Of(trace).Findings.ShouldNotContain(f => f.Id == "SG-07");
    }

    [Fact]
    public void What_a_rule_found_is_said_in_words_in_every_language()
    {
        var finding = Of("MD-01", Start().B(200, S).Rtp(4).Wait(5).FromB("BYE"));
        FindingTexts.In("en").Seen(finding).ShouldStartWith("Only callee to caller:");
        FindingTexts.In("fr").Seen(finding).ShouldContain("de l’appelé vers l’appelant");
        var fault = Of("BK-21", new Script().A("INVITE", headers: "Identity: nonsense\r\n").B(400));
        FindingTexts.In("de").Seen(fault).ShouldNotBe(fault.Values["fault"]);
    }

    private static Finding Of(string id, Script script) => script.Diagnose().Findings.Single(f => f.Id == id);

    private static string With(string text, string from, string to) => text.Replace(from, to, StringComparison.Ordinal);

    private static Script Start() => new Script().A("INVITE", O).B(100);

    private static Script Talk() => Start().B(200, S).A("ACK", tag: "b");

    private static PassportClaims Claims(long later) =>
        new()
        {
            IssuedAt = 1_700_000_000 + later,
            Orig = ClaimedIdentity.Number("33140000001"),
            Dest = [ClaimedIdentity.Number("33140000002")],
            Attest = Attestation.A,
            OrigId = "de305d54-75b4-431b-adb2-eb6b9e546014",
        };

    // One report block (RFC 3550 §6.4.2).
    private static byte[] ReceiverReport(byte ssrc, byte lost)
    {
        var packet = new byte[32];
        (packet[0], packet[1], packet[3]) = (0x81, 201, 7);
        (packet[7], packet[11], packet[12], packet[15]) = (9, ssrc, lost, lost);
        return packet;
    }
}
