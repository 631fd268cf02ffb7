using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ringfence.Stir.Certificates;

namespace Ringfence.Stir.Tests.Certificates;

/// <summary>RFC 5280 §5: direct and indirect lists.</summary>
public sealed class RevocationListTests
{
    private static readonly DemoAuthority Authority = StirRig.Authority;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public void An_indirect_list_revokes_certificates_of_several_issuers()
    {
        X509Certificate2 leaf = Authority.IssueSigner("1234", _key);
        X509Certificate2 other = Authority.IssueSigner("1234", _key);
        RevocationList list = Read(Authority.RevocationList(TestClock.Golden, 7, leaf, Authority.Intermediate));

        list.IsIndirect.ShouldBeTrue();
        list.Number.ShouldBe(7);
        list.Count.ShouldBe(2);
        list.NextUpdate.ShouldBe(TestClock.Golden.AddDays(1));
        list.IsSignedBy(Authority.RevocationIssuer).ShouldBeTrue();
        list.IsRevoked(leaf.IssuerName.RawData, leaf.SerialNumberBytes.Span).ShouldBeTrue();
        list.IsRevoked(Authority.Root.SubjectName.RawData, Authority.Intermediate.SerialNumberBytes.Span)
            .ShouldBeTrue();
        list.IsRevoked(other.IssuerName.RawData, other.SerialNumberBytes.Span).ShouldBeFalse();
        list.IsRevoked(Authority.Root.SubjectName.RawData, leaf.SerialNumberBytes.Span).ShouldBeFalse();
    }

    [Fact]
    public void An_entry_without_issuer_has_that_of_the_entry_before()
    {
        // The framework's builder writes entries without extensions: of a direct list all are the issuer's own.
        X509Certificate2 leaf = Authority.IssueSigner("1234", _key);
        var builder = new CertificateRevocationListBuilder();
        builder.AddEntry(leaf);
        byte[] der = builder.Build(
            Authority.Intermediate.SubjectName,
            X509SignatureGenerator.CreateForECDsa(Authority.IntermediateKey),
            3,
            TestClock.Golden.AddDays(1),
            HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Authority.Intermediate, true, false),
            TestClock.Golden
        );
        RevocationList list = Read(der);

        list.IsIndirect.ShouldBeFalse();
        list.IsSignedBy(Authority.Intermediate).ShouldBeTrue();
        list.Covers(leaf.IssuerName.RawData).ShouldBeTrue();
        list.Covers(Authority.Root.SubjectName.RawData).ShouldBeFalse();
        list.IsRevoked(leaf.IssuerName.RawData, leaf.SerialNumberBytes.Span).ShouldBeTrue();
    }

    [Fact]
    public void A_list_in_PEM_is_read()
    {
        string pem = PemEncoding.WriteString("X509 CRL", Authority.RevocationList(TestClock.Golden, 1));
        RevocationList.TryRead(Encoding.ASCII.GetBytes(pem), out RevocationList? list).ShouldBeTrue();
        list!.Count.ShouldBe(0);
    }

    [Fact]
    public void A_list_signed_by_another_key_is_not_taken()
    {
        using var other = new DemoAuthority(TestClock.Golden, TimeSpan.FromDays(1));
        var lists = new RevocationLists([Authority.RevocationIssuer]);

        lists.TryAdd(other.RevocationList(TestClock.Golden, 1)).ShouldBeFalse();
        lists.TryAdd(Authority.RevocationList(TestClock.Golden, 1)).ShouldBeTrue();
    }

    [Fact]
    public void A_list_that_was_changed_is_not_taken()
    {
        byte[] der = Authority.RevocationList(TestClock.Golden, 1, Authority.Intermediate);
        der[^80] ^= 1;
        new RevocationLists([Authority.RevocationIssuer]).TryAdd(der).ShouldBeFalse();
    }

    [Fact]
    public void A_signature_that_claims_unused_bits_is_refused()
    {
        // Bits that are unused must be zero: only a signature that ends in one can claim so.
        byte[] der = Enumerable
            .Range(1, 100)
            .Select(number => Authority.RevocationList(TestClock.Golden, number))
            .First(list => list[^1] % 2 == 0);
        int signature = Enumerable
            .Range(der.Length - 80, 80)
            .First(at => der[at] == 0x03 && at + 2 + der[at + 1] == der.Length && der[at + 2] == 0);
        RevocationList.TryRead(der, out _).ShouldBeTrue();

        der[signature + 2] = 1;

        RevocationList.TryRead(der, out _).ShouldBeFalse();
    }

    [Fact]
    public void An_older_list_does_not_take_the_place_of_a_newer_one()
    {
        var lists = new RevocationLists([Authority.RevocationIssuer]);
        lists.TryAdd(Authority.RevocationList(TestClock.Golden, 5)).ShouldBeTrue();
        lists.TryAdd(Authority.RevocationList(TestClock.Golden, 4)).ShouldBeFalse();
        lists.TryAdd(Authority.RevocationList(TestClock.Golden.AddHours(1), 6)).ShouldBeTrue();
        lists.Lists.Single().Number.ShouldBe(6);
    }

    [Fact]
    public void A_list_for_some_reasons_only_is_not_understood()
    {
        // onlySomeReasons [3] in the issuing distribution point.
        byte[] der = Authority.RevocationList(TestClock.Golden, 1);
        int indirect = der.AsSpan().IndexOf(new byte[] { 0x30, 0x03, 0x84, 0x01, 0xFF });
        indirect.ShouldBeGreaterThan(0);
        der[indirect + 2] = 0x83;
        RevocationList.TryRead(der, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_direct_list_may_not_speak_of_others()
    {
        X509Certificate2 leaf = Authority.IssueSigner("1234", _key);
        byte[] der = Authority.RevocationList(TestClock.Golden, 1, leaf);
        int indirect = der.AsSpan().IndexOf(new byte[] { 0x30, 0x03, 0x84, 0x01, 0xFF });
        der[indirect + 4] = 0x00;
        RevocationList.TryRead(der, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void A_list_that_is_cut_off_is_refused(int octets) =>
        RevocationList.TryRead(Authority.RevocationList(TestClock.Golden, 1).AsSpan(0, octets), out _).ShouldBeFalse();

    private static RevocationList Read(byte[] der)
    {
        RevocationList.TryRead(der, out RevocationList? list).ShouldBeTrue();
        return list!;
    }
}
