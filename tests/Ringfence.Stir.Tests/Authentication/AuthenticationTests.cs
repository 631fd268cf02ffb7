using System.Security.Cryptography;
using System.Text;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Numbers;
using Ringfence.Stir.Passport;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Authentication;

/// <summary>RFC 8224 §6.1, RFC 8588, RFC 8946 §4.1, ATIS-1000074 §5.2.</summary>
public sealed class AuthenticationTests : IDisposable
{
    private readonly StirRig _rig = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("stir-").FullName;
    private readonly SigningKeyFiles _keys;
    private readonly AuthenticationService _service;
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();

    public AuthenticationTests()
    {
        _keys = new SigningKeyFiles(
            Path.Combine(_folder, "chain.pem"),
            Path.Combine(_folder, "key.pem"),
            StirRig.X5u,
            _rig.Clock
        );
        Write(_rig.Key, StirRig.Authority.Chain(StirRig.Authority.IssueSigner("1234", _rig.Key)));
        _keys.Reload().ShouldBe(SigningKeyFault.None);
        _service = Service();
    }

    public void Dispose()
    {
        _random.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("acme", "12155550121", "carrier", SigningReason.CustomerOwnsNumber, Attestation.A)]
    [InlineData("acme", "12155550199", "carrier", SigningReason.CustomerKnown, Attestation.B)]
    [InlineData(null, "12155550500", "carrier", SigningReason.TrunkOwnsNumber, Attestation.A)]
    [InlineData(null, "12155550199", "carrier", SigningReason.TrunkDefault, Attestation.C)]
    [InlineData("nobody", "12155550121", "carrier", SigningReason.TrunkDefault, Attestation.C)]
    [InlineData(null, "12155550199", "silent", SigningReason.TrunkNotSigned, Attestation.None)]
    [InlineData("acme", "12155550121", "unknown", SigningReason.TrunkUnknown, Attestation.None)]
    public void The_level_follows_from_customer_number_and_trunk(
        string? customer,
        string number,
        string trunk,
        SigningReason reason,
        Attestation level
    )
    {
        SigningRequest request = Request(customer: customer, from: $"sip:+{number}@example.com", trunk: trunk);

        _service.Decide(request).ShouldBe((reason, level));
        SigningResult result = _service.Sign(request);
        (result.Reason, result.Attestation).ShouldBe((reason, level));
        (result.Identity is not null).ShouldBe(level != Attestation.None);
    }

    [Fact]
    public void What_is_signed_is_verified()
    {
        SignedIdentity identity = _service.Sign(Request()).Identity!;
        VerificationResult result = _rig.Verify(identity.Header);

        result.Outcome.ShouldBe(VerificationOutcome.Passed);
        result.Attestation.ShouldBe(Attestation.A);
        result.OrigId.ShouldBe(identity.Claims.OrigId);
    }

    [Theory]
    [InlineData("sip:911@example.com", false, SigningReason.EmergencyCall)]
    [InlineData("tel:112", false, SigningReason.EmergencyCall)]
    [InlineData("urn:service:sos.police", false, SigningReason.EmergencyCall)]
    [InlineData("sip:+12155550131@example.com", true, SigningReason.EmergencyCall)]
    [InlineData("mailto:a@b", false, SigningReason.DestinationUnknown)]
    public void Calls_to_these_are_not_signed(string destination, bool isEmergency, SigningReason reason)
    {
        SigningRequest call = Request(destination: destination, isEmergency: isEmergency);
        _service.Sign(call).ShouldBe(new SigningResult(reason, Attestation.None, null));
    }

    [Theory]
    [InlineData("sip:anonymous@anonymous.invalid", false)]
    [InlineData("sip:+12155550121@example.com", true)]
    public void An_anonymous_caller_is_not_signed(string from, bool isPrivate) =>
        _service.Sign(Request(from: from, isPrivate: isPrivate)).Reason.ShouldBe(SigningReason.AnonymousCaller);

    [Fact]
    public void An_anonymous_caller_with_an_asserted_number_is_signed_by_that() =>
        _service
            .Sign(Request(from: "sip:anonymous@anonymous.invalid", isPrivate: true, asserted: "tel:+12155550121"))
            .Identity!.Claims.Orig.ShouldBe(ClaimedIdentity.Number(StirRig.Caller));

    [Fact]
    public void A_caller_that_is_no_number_is_not_signed() =>
        _service.Sign(Request(from: "sip:alice@example.com")).Reason.ShouldBe(SigningReason.CallerIsNoNumber);

    [Fact]
    public void A_call_that_is_signed_already_is_left_as_it_is() =>
        _service
            .Sign(Request(identities: [StirRig.Header(_rig.Shaken())]))
            .Reason.ShouldBe(SigningReason.AlreadySigned);

    [Fact]
    public void A_quota_ends_with_the_minute()
    {
        for (int call = 0; call < 3; call++)
        {
            _service.Sign(Request()).Reason.ShouldBe(SigningReason.CustomerOwnsNumber);
        }

        _service.Sign(Request()).Reason.ShouldBe(SigningReason.QuotaExceeded);
        _service.Sign(Request(customer: null)).Reason.ShouldBe(SigningReason.TrunkDefault);
        _rig.Clock.Advance(TimeSpan.FromMinutes(1));
        _service.Sign(Request()).Reason.ShouldBe(SigningReason.CustomerOwnsNumber);
    }

    [Fact]
    public void Customers_of_one_account_share_its_quota()
    {
        for (int call = 0; call < 2; call++)
        {
            _service.Sign(Request(customer: "branch 1")).Attestation.ShouldBe(Attestation.B);
        }

        _service.Sign(Request(customer: "branch 2")).Attestation.ShouldBe(Attestation.B);
        _service.Sign(Request(customer: "branch 1")).Reason.ShouldBe(SigningReason.QuotaExceeded);
        _service.Sign(Request(customer: "other")).Attestation.ShouldBe(Attestation.B);
    }

    [Theory]
    [InlineData(OrigIdPolicy.PerTrunk, true, true)]
    [InlineData(OrigIdPolicy.PerCustomer, true, false)]
    [InlineData(OrigIdPolicy.PerGateway, true, true)]
    [InlineData(OrigIdPolicy.PerCall, false, false)]
    public void Calls_share_an_origid_as_the_policy_says(OrigIdPolicy policy, bool sameCustomer, bool otherCustomer)
    {
        AuthenticationService service = Service(policy);
        string first = OrigId(service, "acme");

        Guid.TryParseExact(first, "D", out _).ShouldBeTrue();
        (OrigId(service, "acme") == first).ShouldBe(sameCustomer);
        (OrigId(service, "other") == first).ShouldBe(otherCustomer);
        _rig.Clock.Advance(TimeSpan.FromDays(31));
        OrigId(service, "acme").ShouldNotBe(first);
    }

    [Fact]
    public void A_key_outside_of_its_validity_signs_nothing()
    {
        _rig.Clock.Advance(TimeSpan.FromDays(366));
        _service.Sign(Request()).Reason.ShouldBe(SigningReason.KeyNotInValidity);
    }

    [Fact]
    public void A_key_without_authority_over_the_number_signs_nothing()
    {
        var leaf = StirRig
            .Authority.Maker("Customer", _rig.Key)
            .AsSigner()
            .With(new Stir.Certificates.TnAuthList([], [new("33123456789", 1)]))
            .Issue(StirRig.Authority.Intermediate, StirRig.Authority.IntermediateKey);
        Write(_rig.Key, StirRig.Authority.Chain(leaf));
        _keys.Reload().ShouldBe(SigningKeyFault.None);
        _service.Sign(Request()).Reason.ShouldBe(SigningReason.OutsideAuthority);
    }

    [Fact]
    public void A_new_key_is_taken_while_calls_are_signed_and_a_bad_one_is_not()
    {
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        SigningKey before = _keys.Current!;
        Write(next, StirRig.Authority.Chain(StirRig.Authority.IssueSigner("1234", _rig.Key)));
        _keys.Reload().ShouldBe(SigningKeyFault.KeyMismatch);
        _keys.Current.ShouldBe(before);

        string chain = StirRig.Authority.Chain(StirRig.Authority.IssueSigner("1234", next));
        Write(next, chain);
        _keys.Reload().ShouldBe(SigningKeyFault.None);
        _rig.Source.Put(StirRig.X5u, chain);
        _rig.Verify(_service.Sign(Request()).Identity!.Header).Outcome.ShouldBe(VerificationOutcome.Passed);
    }

    [Fact]
    public void Files_are_read_again_only_when_they_changed()
    {
        SigningKey before = _keys.Current!;
        _keys.ReloadIfChanged().ShouldBe(SigningKeyFault.None);
        _keys.Current.ShouldBe(before);

        File.SetLastWriteTimeUtc(
            Path.Combine(_folder, "chain.pem"),
            new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc)
        );
        _keys.ReloadIfChanged().ShouldBe(SigningKeyFault.None);
        _keys.Current.ShouldNotBe(before);
    }

    [Fact]
    public void Many_threads_sign_and_verify_with_one_key()
    {
        SigningKey key = _keys.Current!;
        Parallel.For(
            0,
            400,
            call =>
            {
                string header = PassportSigner
                    .Sign(key, StirRig.Claims() with { OrigId = Guid.NewGuid().ToString() })
                    .Header;
                _rig.Verifier.TryVerify(StirRig.Call(header), out VerificationResult? result).ShouldBeTrue();
                result!.Outcome.ShouldBe(VerificationOutcome.Passed);
            }
        );
    }

    [Fact]
    public void A_pair_that_cannot_sign_says_why()
    {
        string chain = StirRig.Authority.Chain(StirRig.Authority.IssueSigner("1234", _rig.Key));
        string key = _rig.Key.ExportPkcs8PrivateKeyPem();
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        SigningKey.Read(chain + key, key, StirRig.X5u, out _).ShouldBe(SigningKeyFault.KeyInCertificateFile);
        SigningKey.Read("no", key, StirRig.X5u, out _).ShouldBe(SigningKeyFault.CertificateUnreadable);
        SigningKey.Read(chain, "no", StirRig.X5u, out _).ShouldBe(SigningKeyFault.KeyUnreadable);
        SigningKey.Read(chain, p384.ExportPkcs8PrivateKeyPem(), StirRig.X5u, out _).ShouldBe(SigningKeyFault.KeyCurve);
        _rig.Clock.Advance(TimeSpan.FromDays(400));
        _keys.Reload().ShouldBe(SigningKeyFault.NotInValidity);
        File.Delete(Path.Combine(_folder, "key.pem"));
        _keys.Reload().ShouldBe(SigningKeyFault.FileUnreadable);
    }

    [Fact]
    public void A_key_file_that_others_may_read_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("skipped: file modes are Unix");
            return;
        }

        File.SetUnixFileMode(Path.Combine(_folder, "key.pem"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        _keys.Reload().ShouldBe(SigningKeyFault.KeyFileOpen);
    }

    [Fact]
    public void A_retargeted_call_gets_one_diversion_and_is_verified()
    {
        string[] headers = [StirRig.Header(_rig.Shaken()), StirRig.Header(_rig.Shaken())];
        IReadOnlyList<SignedIdentity> signed = Divert(headers, StirRig.Called, "12155550142");

        SignedIdentity div = signed.ShouldHaveSingleItem();
        div.Type.ShouldBe(PassportType.Div);
        div.Claims.IssuedAt.ShouldBe(StirRig.Iat);
        div.Claims.Div.ShouldBe(ClaimedIdentity.Number(StirRig.Called));
        _rig.Verify(StirRig.Call("12155550142", [headers[0], div.Header]))
            .Identities.ShouldAllBe(identity => identity.HasPassed);
    }

    [Fact]
    public void A_second_retargeting_diverts_only_the_present_target()
    {
        string first = StirRig.Header(_rig.Shaken());
        string second = Divert([first], StirRig.Called, "12155550142").Single().Header;
        SignedIdentity third = Divert([first, second], "12155550142", "12155550153").ShouldHaveSingleItem();

        third.Claims.Div.ShouldBe(ClaimedIdentity.Number("12155550142"));
        _rig.Verify(StirRig.Call("12155550153", [third.Header, first, second]))
            .Outcome.ShouldBe(VerificationOutcome.Passed);
    }

    [Fact]
    public void A_retargeting_that_changes_only_the_spelling_is_none() =>
        _service
            .Divert(
                [Bytes(StirRig.Header(_rig.Shaken()))],
                Bytes("sip:+12155550131@a.example"),
                Bytes("tel:+1-215-555-0131"),
                NumberPlan.Global
            )
            .ShouldBeEmpty();

    [Fact]
    public void A_call_without_identity_gets_no_diversion() =>
        Divert([], StirRig.Called, "12155550142").ShouldBeEmpty();

    [Fact]
    public void A_diversion_may_carry_the_original()
    {
        string header = StirRig.Header(_rig.Shaken());
        SignedIdentity divO = _service
            .Divert(
                [Bytes(header)],
                StirRig.Uri(StirRig.Called),
                StirRig.Uri("12155550142"),
                NumberPlan.Global,
                carryOriginal: true
            )
            .Single();

        divO.Type.ShouldBe(PassportType.DivO);
        _rig.Verify(StirRig.Call("12155550142", [divO.Header])).Attestation.ShouldBe(Attestation.A);
    }

    [Fact]
    public void The_publication_holds_the_chain_for_a_day_at_most()
    {
        CertificatePublication publication = CertificatePublication.Of(_keys.Current!, TestClock.Golden);
        publication.CacheControl.ShouldBe("public, max-age=86400");
        CertificatePublication
            .Of(_keys.Current!, TestClock.Golden.AddDays(365).AddSeconds(-5))
            .CacheControl.ShouldBe("public, max-age=5");
        Encoding.ASCII.GetString(publication.Content.Span).ShouldStartWith("-----BEGIN CERTIFICATE-----");
    }

    [Fact]
    public async Task A_publication_of_another_key_is_seen_from_outside()
    {
        (
            await CertificatePublication.CheckAsync(_keys.Current!, _rig.Source, TestContext.Current.CancellationToken)
        ).ShouldBe(Fault.None);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _rig.Publish(StirRig.Authority.IssueSigner("1234", other));
        (
            await CertificatePublication.CheckAsync(_keys.Current!, _rig.Source, TestContext.Current.CancellationToken)
        ).ShouldBe(Fault.SignatureInvalid);
    }

    [Fact]
    public void A_baseline_token_has_a_compact_form_and_an_extension_has_none()
    {
        PassportClaims claims = StirRig.Claims() with { Attest = Attestation.None, OrigId = null };
        SignedIdentity baseline = PassportSigner.Sign(_keys.Current!, claims);

        baseline.CompactHeader!.ShouldStartWith("..");
        PassportSigner.Sign(_keys.Current!, StirRig.Claims()).CompactHeader.ShouldBeNull();
        SignedCall call = StirRig.Call(baseline.CompactHeader!);
        var dated = new SignedCall
        {
            Identities = call.Identities,
            RequestUri = call.RequestUri,
            To = call.To,
            From = call.From,
            Date = DateTimeOffset.FromUnixTimeSeconds(StirRig.Iat),
        };
        _rig.Verify(dated).Outcome.ShouldBe(VerificationOutcome.Passed);
    }

    private IReadOnlyList<SignedIdentity> Divert(string[] headers, string from, string to) =>
        _service.Divert([.. headers.Select(Bytes)], StirRig.Uri(from), StirRig.Uri(to), NumberPlan.Global);

    private static string OrigId(AuthenticationService service, string customer) =>
        service.Sign(Request(customer: customer)).Identity!.Claims.OrigId!;

    private AuthenticationService Service(OrigIdPolicy policy = OrigIdPolicy.PerTrunk) =>
        new(
            new AuthenticationOptions
            {
                OrigIdSecret = new byte[32],
                Trunks =
                [
                    new SigningTrunk
                    {
                        Name = "carrier",
                        OrigId = policy,
                        Numbers = NumberSet.Parse(["12155550500-12155550599"]),
                    },
                    new SigningTrunk { Name = "silent", Default = Attestation.None },
                ],
                Customers =
                [
                    new SigningCustomer
                    {
                        Name = "acme",
                        Numbers = NumberSet.Parse(["12155550121"]),
                        QuotaPerMinute = 3,
                    },
                    new SigningCustomer { Name = "other" },
                    new SigningCustomer
                    {
                        Name = "branch 1",
                        QuotaPerMinute = 3,
                        Account = "head",
                    },
                    new SigningCustomer
                    {
                        Name = "branch 2",
                        QuotaPerMinute = 3,
                        Account = "head",
                    },
                ],
            },
            _keys,
            _rig.Clock,
            _random
        );

    private void Write(ECDsa key, string chain)
    {
        string path = Path.Combine(_folder, "key.pem");
        File.WriteAllText(path, key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.WriteAllText(Path.Combine(_folder, "chain.pem"), chain);
    }

    private static SigningRequest Request(
        string? customer = "acme",
        string from = "sip:+12155550121@example.com",
        string trunk = "carrier",
        string destination = "sip:+12155550131@example.com",
        bool isEmergency = false,
        bool isPrivate = false,
        string? asserted = null,
        string[]? identities = null
    ) =>
        new()
        {
            Trunk = trunk,
            Customer = customer,
            From = Bytes(from),
            AssertedIdentity = asserted is null ? default : Bytes(asserted),
            Destination = Bytes(destination),
            IsEmergency = isEmergency,
            IsPrivate = isPrivate,
            Identities = [.. (identities ?? []).Select(Bytes)],
        };

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
