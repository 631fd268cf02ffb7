using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Certificates;

/// <summary>RFC 8226, RFC 9118 and the SHAKEN profile.</summary>
public sealed class StirCertificateTests
{
    private const string Rfc9118Example = """
        -----BEGIN CERTIFICATE-----
        MIICpzCCAk2gAwIBAgIUH7Zd3rQ5AsvOlzLnzUHhrVhDSlswCgYIKoZIzj0EAwIw
        KTELMAkGA1UEBhMCVVMxGjAYBgNVBAMMEUJPR1VTIFNIQUtFTiBST09UMB4XDTIx
        MDcxNTIxNTIxNVoXDTIyMDcxNTIxNTIxNVowbDELMAkGA1UEBhMCVVMxCzAJBgNV
        BAgMAlZBMRAwDgYDVQQHDAdIZXJuZG9uMR4wHAYDVQQKDBVCb2d1cyBFeGFtcGxl
        IFRlbGVjb20xDTALBgNVBAsMBFZvSVAxDzANBgNVBAMMBlNIQUtFTjBZMBMGByqG
        SM49AgEGCCqGSM49AwEHA0IABNR6C6nBWRA/fXTglV03aXkXy8hx9oBttVLhsTZ1
        IYVRBao4OZhVf/Xv1a3xLsZ6KfdhuylSeAKuCoSbVGojYDGjggEOMIIBCjAMBgNV
        HRMBAf8EAjAAMA4GA1UdDwEB/wQEAwIHgDAdBgNVHQ4EFgQUDlG3dxHyzKL/FZfS
        PI7rpuueRbswHwYDVR0jBBgwFoAUlToKtrQeFrwwyXpMj1qu3TQEeoEwQgYJYIZI
        AYb4QgENBDUWM1RoaXMgY2VydGlmaWNhdGUgY2Fubm90IGJlIHRydXN0ZWQgZm9y
        IGFueSBwdXJwb3NlLjAWBggrBgEFBQcBGgQKMAigBhYEMTIzNDBOBggrBgEFBQcB
        IQRCMECgDjAMFgpjb25maWRlbmNloSAwHjAcFgpjb25maWRlbmNlMA4MBGhpZ2gM
        Bm1lZGl1baIMMAoWCHByaW9yaXR5MAoGCCqGSM49BAMCA0gAMEUCIQCbNR4QK1um
        +0vq2CE1B1/W3avYeREsPi/7RKHffL+5eQIgarHot+X9Rl7SOyNBq5X5JyEMx0SQ
        hRLkCY3Zoz2OCNQ=
        -----END CERTIFICATE-----
        """;

    [Fact]
    public void The_example_of_RFC_9118_is_read()
    {
        StirCertificate certificate = Read(X509Certificate2.CreateFromPem(Rfc9118Example));

        certificate.TnAuthList!.ServiceProviderCodes.ShouldBe(["1234"]);
        certificate.Constraints!.MustInclude.ShouldBe(["confidence"]);
        certificate.Constraints.PermittedValues["confidence"].ShouldBe(["high", "medium"]);
        certificate.Constraints.MustExclude.ShouldBe(["priority"]);
        certificate.Signer.ShouldBe("1234");
        Convert
            .ToHexString(certificate.Constraints.Encode())
            .ShouldBe(
                "3040A00E300C160A636F6E666964656E6365A120301E301C160A636F6E666964656E6365300E0C04686967680C066D656469756DA20C300A16087072696F72697479"
            );
        certificate.Departures.ShouldBe([
            ProfilePoint.CommonName,
            ProfilePoint.DistributionPoint,
            ProfilePoint.Policy,
            ProfilePoint.Extensions,
        ]);
    }

    [Fact]
    public void A_demonstration_signer_follows_the_profile_in_every_point()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        StirCertificate certificate = Read(StirRig.Authority.IssueSigner("818H", key));

        certificate.Departures.ShouldBeEmpty();
        certificate.RevocationListUrl.ShouldBe("http://sti-pa.example/crl");
        certificate.Matches(key).ShouldBeTrue();
    }

    [Theory]
    [InlineData("3000")]
    [InlineData("3002A000")]
    [InlineData("3004A0021600")]
    [InlineData("30060C04 68696768")]
    [InlineData("")]
    public void Constraints_that_break_the_syntax_are_refused(string hex) =>
        JwtClaimConstraints
            .TryRead(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), true, out _)
            .ShouldBeFalse();

    [Fact]
    public void The_plain_extension_knows_no_exclusion()
    {
        byte[] enhanced = new JwtClaimConstraints { MustInclude = ["a"], MustExclude = ["b"] }.Encode();
        JwtClaimConstraints.TryRead(enhanced, enhanced: false, out _).ShouldBeFalse();
    }

    [Fact]
    public void Certificates_that_end_soon_are_told_in_order()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        StirCertificate[] all = [Ending(key, 20), Ending(key, 5), Ending(key, 90)];
        ExpiryAlarm.Ending(all, TestClock.Golden, TimeSpan.FromDays(30)).ShouldBe([all[1], all[0]]);
    }

    [Fact]
    public void A_PEM_with_text_and_other_blocks_yields_its_certificates()
    {
        string pem =
            "Signer:\n"
            + StirRig.Authority.Root.ExportCertificatePem()
            + "\n-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n";
        PemChain
            .Read(System.Text.Encoding.ASCII.GetBytes(pem), out IReadOnlyList<StirCertificate> chain)
            .ShouldBe(Fault.None);
        chain.Count.ShouldBe(1);
        PemChain.Read(StirRig.Authority.Root.RawData, out chain).ShouldBe(Fault.None);
        chain.Count.ShouldBe(1);
    }

    private static StirCertificate Ending(ECDsa key, int days) =>
        Read(
            new CertificateMaker("SHAKEN 1234", key)
            {
                NotBefore = TestClock.Golden,
                NotAfter = TestClock.Golden.AddDays(days),
            }
                .AsSigner()
                .SelfSign()
        );

    private static StirCertificate Read(X509Certificate2 certificate)
    {
        StirCertificate.TryRead(certificate.RawData, out StirCertificate? read).ShouldBeTrue();
        return read!;
    }
}
