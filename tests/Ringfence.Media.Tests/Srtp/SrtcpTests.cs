using Ringfence.Media.Srtp;

namespace Ringfence.Media.Tests.Srtp;

public sealed class SrtcpTests
{
    private const string Plain =
        "81C8000D4D6172734E5450314E545032525450200000042A0000E9304C756E61DEADBEEFDEADBEEFDEADBEEFDEADBEEFDEADBEEF";

    public static TheoryData<string> Suites => [.. SrtpSuite.All.Select(suite => suite.Name)];

    [Fact]
    public void A_report_is_protected_as_in_RFC_7714_section_17_1()
    {
        using var transform = Transform(SrtpSuite.AeadAes128Gcm, "000102030405060708090A0B0C0D0E0F");
        var packet = Convert.FromHexString(Plain + new string('0', 40));
        Convert.FromHexString("800005D4").CopyTo(packet, packet.Length - 4);
        transform.Protect(packet.AsSpan(..^20), 8, packet.AsSpan(^4..), 0x5D4, packet.AsSpan(^20..^4));
        Convert
            .ToHexString(packet)
            .ShouldBe(
                "81C8000D4D61727363E94885DCDAB67CA727D7662F6B7E997FF5C0F76C06F32DC676A5F1730D6FDA4CE09B4686303DED0BB9275B"
                    + "C84AA45896CF4D2FC5ABF87245D9EADE800005D4"
            );
    }

    [Fact]
    public void A_report_is_opened_as_in_RFC_7714_section_17_2()
    {
        using var transform = Transform(
            SrtpSuite.AeadAes256Gcm,
            "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"
        );
        var packet = Convert.FromHexString(
            "81C8000D4D617273D50AE4D1F5CE5D304BA297E47D470C282C3ECE5DBFFE0A50A2EAA5C1110555BE8415F658C61DE0476F1B6FAD"
                + "1D1EB30C4446839F57FF6F6CB26AC3BE800005D4"
        );
        transform.Unprotect(packet.AsSpan(..^20), 8, packet.AsSpan(^4..), 0x5D4, packet.AsSpan(^20..^4)).ShouldBeTrue();
        Convert.ToHexString(packet).ShouldStartWith(Plain);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void Each_report_is_taken_once_in_any_order_and_its_header_stays_readable(string name)
    {
        var (here, there) = Pair(name);
        var reports = Enumerable.Range(0, 40).Select(_ => Protected(here)).ToArray();
        reports.Select(Convert.ToHexString).Distinct().Count().ShouldBe(40);
        reports.ShouldAllBe(report => Convert.ToHexString(report).StartsWith("81C8000D4D617273"));
        new Random(3).Shuffle(reports);
        foreach (var report in reports)
        {
            var copy = report.ToArray();
            there.Unprotect(copy, out var length).ShouldBe(SrtpFault.None);
            Convert.ToHexString(copy, 0, length).ShouldBe(Plain);
            there.Unprotect(report.ToArray(), out _).ShouldBe(SrtpFault.Replayed);
        }
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void No_octet_can_be_changed_no_other_key_fits_and_none_may_go_unencrypted(string name)
    {
        var (here, there) = Pair(name);
        var report = Protected(here);
        report.Length.ShouldBe(Plain.Length / 2 + here.Overhead);
        for (var i = 0; i < report.Length; i++)
        {
            var forged = report.ToArray();
            forged[i] ^= 1;
            there.Unprotect(forged, out _).ShouldBe(SrtpFault.Authentication, $"octet {i}");
        }
        Pair(name).There.Unprotect(report.ToArray(), out _).ShouldBe(SrtpFault.Authentication);
        var open = report.ToArray();
        open[here.Overhead == 20 ? open.Length - 4 : open.Length - 14] ^= 0x80;
        there.Unprotect(open, out _).ShouldBe(SrtpFault.Malformed);
        there.Unprotect(report, out _).ShouldBe(SrtpFault.None);
    }

    [Fact]
    public void What_is_no_report_is_a_fault_and_streams_are_bounded()
    {
        var (here, there) = Pair(SrtpSuite.AesCm128Sha132.Name);
        // The tag of reports is whole where that of media is cut (RFC 4568 section 6.2.2).
        here.Overhead.ShouldBe(14);
        there.Unprotect([], out _).ShouldBe(SrtpFault.Malformed);
        there.Unprotect(new byte[21], out _).ShouldBe(SrtpFault.Malformed);
        there.Unprotect(new byte[60], out _).ShouldBe(SrtpFault.Malformed);
        there.Unprotect(new byte[SrtpContext.MaxPacket + 1], out _).ShouldBe(SrtpFault.Malformed);
        Should.Throw<ArgumentException>(() => here.Protect(new byte[40], 4));
        Should.Throw<ArgumentException>(() => here.Protect(new byte[40], 40));
        for (byte ssrc = 0; ssrc < 16; ssrc++)
        {
            there.Unprotect(Protected(here, ssrc), out _).ShouldBe(SrtpFault.None);
        }
        there.Unprotect(Protected(here, 99), out _).ShouldBe(SrtpFault.TooManyStreams);
    }

    private static SrtpTransform Transform(SrtpSuite suite, string key) =>
        new(suite, isReports: true, Convert.FromHexString(key), Convert.FromHexString("517569642070726F2071756F"), []);

    private static (SrtcpContext Here, SrtcpContext There) Pair(string name)
    {
        var key = SrtpMasterKey.Create(SrtpSuite.Find(name)!);
        return (new SrtcpContext(key), new SrtcpContext(key));
    }

    private static byte[] Protected(SrtcpContext context, byte ssrc = 0x73)
    {
        var report = Convert.FromHexString(Plain);
        report[7] = ssrc;
        var length = report.Length;
        Array.Resize(ref report, length + context.Overhead);
        context.Protect(report, length).ShouldBe(report.Length);
        return report;
    }
}
