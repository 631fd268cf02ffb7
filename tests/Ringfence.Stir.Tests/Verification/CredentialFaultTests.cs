using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Verification;

/// <summary>RFC 8226, RFC 9060, RFC 9118, RFC 5280: signers that must not be believed. Every token is correctly signed.</summary>
public sealed class CredentialFaultTests
{
    private static readonly DemoAuthority Authority = StirRig.Authority;

    private readonly StirRig _rig = new();

    [Fact]
    public void A_certificate_that_cannot_be_read_is_refused()
    {
        _rig.Source.Put(StirRig.X5u, "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n");
        Refuses(Fault.CertificateMalformed);
    }

    [Fact]
    public void An_expired_certificate_is_refused()
    {
        Publish(Maker(-20, -10).AsSigner().With(Spc()));
        Refuses(Fault.CertificateExpired);
    }

    [Fact]
    public void A_certificate_of_tomorrow_is_refused()
    {
        Publish(Maker(1, 10).AsSigner().With(Spc()));
        Refuses(Fault.CertificateNotYetValid);
    }

    [Fact]
    public void A_token_older_than_its_certificate_is_refused()
    {
        var maker = new CertificateMaker("SHAKEN 1234", _rig.Key)
        {
            NotBefore = TestClock.Golden.AddSeconds(-5),
            NotAfter = TestClock.Golden.AddDays(1),
        };
        Publish(maker.AsSigner().With(Spc()));
        Refuses(Fault.IatOutsideValidity);
    }

    [Fact]
    public void A_hierarchy_that_is_not_configured_is_refused()
    {
        using var stranger = new DemoAuthority(TestClock.Golden, TimeSpan.FromDays(10));
        _rig.Source.Put(
            StirRig.X5u,
            stranger.Chain(stranger.IssueSigner("1234", _rig.Key)) + stranger.Root.ExportCertificatePem()
        );
        Refuses(Fault.PathUntrusted);
    }

    [Fact]
    public void A_self_signed_certificate_is_refused()
    {
        _rig.Source.Put(
            StirRig.X5u,
            Authority.Maker("SHAKEN 1234", _rig.Key).AsSigner().With(Spc()).SelfSign().ExportCertificatePem()
        );
        Refuses(Fault.PathUntrusted);
    }

    [Fact]
    public void A_root_of_the_web_is_no_STI_root()
    {
        // A certificate under a root that the machine may trust for web sites: only configured roots count, so it is like any stranger's.
        using var webKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using X509Certificate2 web = Authority.Maker("Web PKI Root", webKey).AsAuthority().SelfSign();
        X509Certificate2 leaf = Authority.Maker("SHAKEN 1234", _rig.Key).AsSigner().With(Spc()).Issue(web, webKey);
        _rig.Source.Put(StirRig.X5u, leaf.ExportCertificatePem() + "\n" + web.ExportCertificatePem());
        Refuses(Fault.PathUntrusted);
    }

    [Fact]
    public void A_chain_without_its_issuer_is_refused()
    {
        _rig.Source.Put(StirRig.X5u, Authority.IssueSigner("1234", _rig.Key).ExportCertificatePem());
        Refuses(Fault.PathIncomplete);
    }

    [Fact]
    public void A_chain_in_the_wrong_order_is_refused()
    {
        string leaf = Authority.IssueSigner("1234", _rig.Key).ExportCertificatePem();
        _rig.Source.Put(
            StirRig.X5u,
            $"{leaf}\n{Authority.Root.ExportCertificatePem()}\n{Authority.Intermediate.ExportCertificatePem()}"
        );
        Refuses(Fault.PathOrder);
    }

    [Fact]
    public void A_chain_of_nine_is_refused()
    {
        string pem = string.Concat(Enumerable.Repeat(Authority.Intermediate.ExportCertificatePem() + "\n", 9));
        _rig.Source.Put(StirRig.X5u, pem);
        Refuses(Fault.PathTooLong);
    }

    [Fact]
    public void An_issuer_that_is_no_authority_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 signer = Authority.IssueSigner("1234", key);
        X509Certificate2 leaf = Authority.Maker("SHAKEN 1234", _rig.Key).AsSigner().With(Spc()).Issue(signer, key);
        _rig.Source.Put(StirRig.X5u, leaf.ExportCertificatePem() + "\n" + Authority.Chain(signer));
        Refuses(Fault.PathIssuer);
    }

    [Fact]
    public void A_path_longer_than_its_authority_permits_is_refused()
    {
        using var firstKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var secondKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 first = Authority
            .Maker("CA 0", firstKey)
            .AsAuthority(0)
            .Issue(Authority.Root, Authority.RootKey);
        X509Certificate2 second = Authority.Maker("CA 1", secondKey).AsAuthority().Issue(first, firstKey);
        X509Certificate2 leaf = Authority
            .Maker("SHAKEN 1234", _rig.Key)
            .AsSigner()
            .With(Spc())
            .Issue(second, secondKey);
        _rig.Source.Put(
            StirRig.X5u,
            $"{leaf.ExportCertificatePem()}\n{second.ExportCertificatePem()}\n{first.ExportCertificatePem()}"
        );
        Refuses(Fault.PathIssuer);
    }

    [Fact]
    public void An_authority_that_signs_by_the_name_but_not_the_key_is_refused()
    {
        // Same name and key identifier as the true intermediate, another key.
        using var forged = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 leaf = Authority
            .Maker("SHAKEN 1234", _rig.Key)
            .AsSigner()
            .With(Spc())
            .Issue(Authority.Intermediate, forged);
        _rig.Source.Put(StirRig.X5u, Authority.Chain(leaf));
        Refuses(Fault.PathSignature);
    }

    [Fact]
    public void A_critical_extension_that_is_unknown_is_refused()
    {
        Publish(Signer().With("1.3.6.1.4.1.99999.1", [5, 0], critical: true));
        Refuses(Fault.PathCriticalExtension);
    }

    [Fact]
    public void A_key_of_P_384_signs_no_calls()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Publish(Authority.IssueSigner("1234", key));
        Refuses(Fault.CertificateKey);
    }

    [Fact]
    public void An_RSA_key_signs_no_calls()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=SHAKEN 1234",
            rsa,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        var generator = X509SignatureGenerator.CreateForECDsa(Authority.IntermediateKey);
        Publish(
            request.Create(
                Authority.Intermediate.SubjectName,
                generator,
                TestClock.Golden.AddDays(-1),
                TestClock.Golden.AddDays(1),
                [1, 2, 3]
            )
        );
        Refuses(Fault.CertificateKey);
    }

    [Fact]
    public void An_authority_with_RSA_is_refused()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=SHAKEN RSA CA",
            rsa,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 root = request.CreateSelfSigned(
            TestClock.Golden.AddDays(-1),
            TestClock.Golden.AddDays(10)
        );
        _rig.Anchors.Replace([root]);
        var leaf = new CertificateRequest("CN=SHAKEN 1234", _rig.Key, HashAlgorithmName.SHA256);
        using X509Certificate2 issued = leaf.Create(
            root.SubjectName,
            X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1),
            TestClock.Golden.AddDays(-1),
            TestClock.Golden.AddDays(1),
            [7]
        );
        _rig.Source.Put(StirRig.X5u, issued.ExportCertificatePem());
        Refuses(Fault.CertificateAlgorithm);
    }

    [Fact]
    public void A_certificate_that_may_only_agree_on_keys_is_refused()
    {
        var maker = Authority.Maker("SHAKEN 1234", _rig.Key).With(Spc());
        byte[] usage = new X509KeyUsageExtension(X509KeyUsageFlags.KeyAgreement, true).RawData;
        Publish(maker.With("2.5.29.15", usage, critical: true));
        Refuses(Fault.CertificateUsage);
    }

    [Fact]
    public void Without_configured_roots_nobody_is_believed()
    {
        _rig.Anchors.Replace([]);
        _rig.Publish(Authority.IssueSigner("1234", _rig.Key));
        Refuses(Fault.NoTrustAnchors);
    }

    [Fact]
    public void A_revoked_certificate_is_refused()
    {
        X509Certificate2 leaf = Authority.IssueSigner("1234", _rig.Key);
        Publish(leaf);
        _rig.Revocation.TryAdd(Authority.RevocationList(TestClock.Golden, 1, leaf)).ShouldBeTrue();
        Refuses(Fault.CertificateRevoked);
    }

    [Fact]
    public void A_certificate_under_a_revoked_issuer_is_refused()
    {
        _rig.Revocation.TryAdd(Authority.RevocationList(TestClock.Golden, 1, Authority.Intermediate)).ShouldBeTrue();
        Refuses(Fault.IssuerRevoked);
    }

    [Fact]
    public void An_outdated_list_still_revokes()
    {
        X509Certificate2 leaf = Authority.IssueSigner("1234", _rig.Key);
        Publish(leaf);
        _rig.Revocation.TryAdd(Authority.RevocationList(TestClock.Golden.AddDays(-30), 1, leaf)).ShouldBeTrue();
        Refuses(Fault.CertificateRevoked);
    }

    [Fact]
    public void A_missing_list_is_refused_where_one_is_required()
    {
        Require();
        Refuses(Fault.RevocationListMissing);
    }

    [Fact]
    public void An_outdated_list_is_refused_where_one_is_required_past_its_grace()
    {
        Require();
        _rig.Revocation.TryAdd(Authority.RevocationList(TestClock.Golden.AddDays(-3), 1)).ShouldBeTrue();
        Refuses(Fault.RevocationListStale);
    }

    [Fact]
    public void A_departure_from_the_profile_is_reported()
    {
        Publish(Signer());
        VerificationResult result = _rig.Verify(StirRig.Header(_rig.Shaken()));

        result.Outcome.ShouldBe(VerificationOutcome.Passed);
        result.Identities[0].Certificate!.Departures.ShouldBe([ProfilePoint.DistributionPoint, ProfilePoint.Policy]);
        result
            .Identities[0]
            .Steps.ShouldContain(step => step.Fault == Fault.ProfileWarned && step.Outcome == StepOutcome.Warned);
    }

    [Fact]
    public void A_departure_from_the_profile_is_refused_where_policy_denies_it()
    {
        var profile = new Dictionary<ProfilePoint, ProfileLevel> { [ProfilePoint.Policy] = ProfileLevel.Deny };
        _rig.Verifier = _rig.Make(new VerificationOptions { Profile = profile });
        Publish(Signer());
        Refuses(Fault.ProfileDenied);
    }

    [Fact]
    public void A_certificate_without_TNAuthList_is_refused()
    {
        Publish(Authority.Maker("SHAKEN 1234", _rig.Key).AsSigner());
        Refuses(Fault.TnAuthListMissing);
    }

    [Fact]
    public void A_certificate_with_a_broken_TNAuthList_is_refused()
    {
        Publish(
            Authority
                .Maker("SHAKEN 1234", _rig.Key)
                .AsSigner()
                .With("1.3.6.1.5.5.7.1.26", [0x30, 0x03, 0xA9, 0x01, 0x00])
        );
        Refuses(Fault.TnAuthListMalformed);
    }

    [Fact]
    public void A_caller_outside_of_the_signers_range_is_refused()
    {
        Publish(
            Authority
                .Maker("Customer", _rig.Key)
                .AsSigner()
                .With(new TnAuthList([], [new TelephoneNumberRange("12155550122", 50)]))
        );
        Refuses(Fault.OrigOutsideAuthority);
    }

    [Fact]
    public void A_caller_inside_of_the_signers_range_passes()
    {
        Publish(
            Authority
                .Maker("Customer", _rig.Key)
                .AsSigner()
                .With(new TnAuthList([], [new TelephoneNumberRange("12155550100", 22)]))
        );
        _rig.Verify(StirRig.Header(_rig.Shaken())).Outcome.ShouldBe(VerificationOutcome.Passed);
    }

    [Fact]
    public void A_delegate_beyond_its_parent_is_refused()
    {
        PublishDelegate(
            parent: new TnAuthList([], [new("12155550100", 10)]),
            child: new TnAuthList([], [new(StirRig.Caller, 1)])
        );
        Refuses(Fault.DelegationOutsideParent);
    }

    [Fact]
    public void A_delegate_within_its_parent_passes()
    {
        PublishDelegate(
            parent: new TnAuthList([], [new("12155550100", 100)]),
            child: new TnAuthList([], [new(StirRig.Caller, 1)])
        );
        _rig.Verify(StirRig.Header(_rig.Shaken())).Outcome.ShouldBe(VerificationOutcome.Passed);
    }

    [Fact]
    public void A_delegate_that_claims_a_carriers_code_is_refused()
    {
        PublishDelegate(parent: new TnAuthList([], [new("12155550100", 100)]), child: Spc());
        Refuses(Fault.DelegationOutsideParent);
    }

    [Fact]
    public void Constraints_that_cannot_be_read_are_refused()
    {
        Publish(Signer().With("1.3.6.1.5.5.7.1.27", [0x30, 0x00]));
        Refuses(Fault.ConstraintsMalformed);
    }

    [Fact]
    public void Both_kinds_of_constraints_are_refused()
    {
        var plain = new JwtClaimConstraints { MustInclude = ["attest"] };
        var enhanced = new JwtClaimConstraints { MustExclude = ["rcd"] };
        Publish(Signer().With(plain).With(enhanced));
        Refuses(Fault.ConstraintsTwice);
    }

    [Fact]
    public void A_claim_that_the_certificate_demands_must_be_there()
    {
        Publish(Signer().With(new JwtClaimConstraints { MustInclude = ["rcd"] }));
        Refuses(Fault.ConstraintInclude, 438, "Invalid PASSporT");
    }

    [Fact]
    public void A_value_that_the_certificate_does_not_permit_is_refused()
    {
        var values = new Dictionary<string, IReadOnlyList<string>> { ["attest"] = ["B", "C"] };
        Publish(Signer().With(new JwtClaimConstraints { PermittedValues = values }));
        Refuses(Fault.ConstraintValue, 438, "Invalid PASSporT");
        Passes(StirRig.ClaimsJson.Replace("\"A\"", "\"B\"", StringComparison.Ordinal), Attestation.B);
    }

    [Fact]
    public void A_claim_that_the_certificate_forbids_is_refused()
    {
        Publish(Signer().With(new JwtClaimConstraints { MustExclude = ["attest"] }));
        Refuses(Fault.ConstraintExclude, 438, "Invalid PASSporT");
    }

    [Fact]
    public void Constraints_that_forbid_a_base_claim_are_as_if_absent()
    {
        Publish(Signer().With(new JwtClaimConstraints { MustInclude = ["rcd"], MustExclude = ["iat"] }));
        Passes(StirRig.ClaimsJson, Attestation.A);
    }

    private static TnAuthList Spc() => new(["1234"], []);

    private CertificateMaker Signer() => Authority.Maker("SHAKEN 1234", _rig.Key).AsSigner().With(Spc());

    private CertificateMaker Maker(int fromDay, int untilDay) =>
        new("SHAKEN 1234", _rig.Key)
        {
            NotBefore = TestClock.Golden.AddDays(fromDay),
            NotAfter = TestClock.Golden.AddDays(untilDay),
        };

    private void Publish(CertificateMaker maker) =>
        Publish(maker.Issue(Authority.Intermediate, Authority.IntermediateKey));

    private void Publish(X509Certificate2 leaf) => _rig.Publish(leaf);

    private void PublishDelegate(TnAuthList parent, TnAuthList child)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 provider = Authority
            .Maker("Provider", key)
            .AsAuthority()
            .With(parent)
            .Issue(Authority.Intermediate, Authority.IntermediateKey);
        X509Certificate2 leaf = Authority.Maker("Delegate", _rig.Key).AsSigner().With(child).Issue(provider, key);
        _rig.Source.Put(StirRig.X5u, leaf.ExportCertificatePem() + "\n" + Authority.Chain(provider));
    }

    private void Require()
    {
        _rig.Revocation = new RevocationLists([Authority.RevocationIssuer]) { Policy = RevocationPolicy.Required };
        _rig.Verifier = _rig.Make(new VerificationOptions());
    }

    private void Refuses(Fault fault, int code = 437, string phrase = "Unsupported Credential") =>
        _rig.RefusesToken(_rig.Shaken(), fault, code, phrase);

    private void Passes(string claims, Attestation attestation) =>
        _rig.Verify(StirRig.Header(_rig.SignClaims(claims))).Attestation.ShouldBe(attestation);
}
