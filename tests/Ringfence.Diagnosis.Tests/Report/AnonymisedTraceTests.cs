using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Export;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Tests.Capture;
using Ringfence.Diagnosis.Tests.Findings;

namespace Ringfence.Diagnosis.Tests.Report;

/// <summary>What is anonymised is diagnosed as what it was made from, but for what lies in sounds, signatures and bytes that go.</summary>
public sealed class AnonymisedTraceTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    // Tones are gone with the audio (EM-24, EM-28) and keys with SRTP (MD-15); what was signed is signed by nobody known (BK-15);
    // fragments and TCP connections become datagrams (SG-17, SG-26), and a spoilt length is put right (SG-18).
    private static readonly string[] Lost = ["EM-24", "EM-28", "MD-15", "MD-11", "BK-15", "SG-17", "SG-18", "SG-26"];

    public static TheoryData<string> Ids() => [.. RuleBook.Rules.Select(rule => rule.Id)];

    [Fact]
    public void A_key_of_srtp_is_replaced_by_as_many_letters_that_are_no_key()
    {
        const string Line =
            "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIz|2^31|1:1";
        var blank = BlankKey.In(Line);
        blank.Length.ShouldBe(Line.Length);
        blank.ShouldEndWith("|2^31|1:1");
        blank.ShouldNotContain("QUJD");
        BlankKey.Is(blank[blank.IndexOf("inline:", StringComparison.Ordinal)..]).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_findings_are_the_same_before_and_after(string id)
    {
        var before = Scenarios.ById[id].Shows.Trace();
        var after = Anonymised(before);
        Findings(after).ShouldBe(Findings(before), id);
        after.Streams.Sum(s => s.Packets).ShouldBe(before.Streams.Sum(s => s.Packets));
    }

    [Theory]
    [InlineData("sip-rtp__irontec-sngrep__aaa__da2485.pcap")]
    [InlineData("codec__NormB-sipnab__sip-rtp-g711__6be243.pcap")]
    [InlineData("dtmf__asterisk-testsuite__ulaw-2013785496__7bd9d4.pcap")]
    [InlineData("rtcp__sippy-rtpproxy__rtcp.a__58aa0f.pcap")]
    public void The_findings_of_open_captures_are_the_same_before_and_after(string name)
    {
        Corpus.SkipIfAbsent();
        var before = CallTrace.Read(
            [CaptureInput.File(Corpus.Path(name))],
            cancellation: TestContext.Current.CancellationToken
        );
        var after = Anonymised(before);
        Findings(after).ShouldBe(Findings(before));
        after.Calls.Count.ShouldBe(before.Calls.Count);
        after
            .Calls.SelectMany(c => c.Streams)
            .Sum(s => s.Lost)
            .ShouldBe(before.Calls.SelectMany(c => c.Streams).Sum(s => s.Lost));
    }

    [Fact]
    public void Digits_that_were_dialled_go_wherever_they_stand()
    {
        var trace = Scenarios.ById["MD-10"].Shows.Trace();
        var after = Anonymised(trace);
        after.Calls[0].Digits.Count.ShouldBe(trace.Calls[0].Digits.Count);
        after.Calls[0].Digits.ShouldAllBe(digit => digit.Digit == '0');
    }

    [Fact]
    public void Nothing_of_the_audio_stays()
    {
        var trace = new Script()
            .A("INVITE", Script.Offer)
            .B(200, Script.Answer)
            .Rtp(2, tone: i => Script.Sine(i, 440))
            .Trace();
        var samples = Diagnosis.Media.StreamHearing.Samples(Anonymised(trace).Streams[0]);
        samples.Length.ShouldBe(16_000);
        samples.ShouldAllBe(sample => sample > -100 && sample < 100);
    }

    private static List<string> Findings(CallTrace trace) =>
        [
            .. CallDiagnosis
                .Of(trace)
                .Findings.Select(finding => finding.Id)
                .Where(id => !Lost.Contains(id, StringComparer.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    private static CallTrace Anonymised(CallTrace trace)
    {
        using var output = new MemoryStream();
        using var anonymiser = new Anonymiser(Key);
        TraceExport.Write(output, trace, trace.Calls, anonymiser);
        return CallTrace.Read([CaptureInput.Bytes("anonymised", output.ToArray())]);
    }
}
