using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Fetching;
using Ringfence.Stir.Numbers;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Mutation;

/// <summary>Input from the network, changed at random: no exception escapes and nothing invalid is accepted.</summary>
public sealed class MutationTests
{
    private readonly StirRig _rig = new();

    [Fact]
    public void A_mutated_Identity_header_passes_only_with_its_token_intact()
    {
        string token = _rig.Shaken();
        string header = StirRig.Header(token, "shaken");
        Mutations.Check(
            Encoding.UTF8.GetBytes(header),
            octets =>
            {
                foreach (
                    IdentityResult identity in Verify(SignedCall.Split(octets))
                        .Identities.Where(identity => identity.HasPassed)
                )
                {
                    // The oracle: only the parameters behind the token may have changed.
                    string text = Encoding.Latin1.GetString(identity.Value.Span).Trim(' ', '\t', '\r', '\n');
                    text.Split(';')[0].Trim(' ', '\t', '\r', '\n').ShouldBe(token);
                    text.ShouldContain($"<{StirRig.X5u}>");
                }
            }
        );
    }

    [Fact]
    public void A_mutated_JOSE_header_that_is_signed_passes_only_if_it_is_one() =>
        Mutations.Check(
            Encoding.UTF8.GetBytes(StirRig.JoseJson),
            octets => ExpectOracle(octets, Encoding.UTF8.GetBytes(StirRig.ClaimsJson))
        );

    [Fact]
    public void A_mutated_payload_that_is_signed_passes_only_if_it_is_one() =>
        Mutations.Check(
            Encoding.UTF8.GetBytes(StirRig.ClaimsJson),
            octets => ExpectOracle(Encoding.UTF8.GetBytes(StirRig.JoseJson), octets)
        );

    [Fact]
    public void A_mutated_certificate_is_trusted_only_unchanged()
    {
        X509Certificate2 leaf = StirRig.Authority.IssueSigner("1234", _rig.Key);
        IReadOnlyList<StirCertificate> issuers = Chain(StirRig.Authority.Intermediate);
        Mutations.Check(
            leaf.RawData,
            octets =>
            {
                if (StirCertificate.TryRead(octets, out StirCertificate? read))
                {
                    CertificatePath path = _rig.Paths.Validate([read!, .. issuers]);
                    (path.Fault == Fault.None).ShouldBe(read!.Certificate.RawData.AsSpan().SequenceEqual(leaf.RawData));
                }
            },
            150
        );
    }

    [Fact]
    public void A_mutated_chain_in_PEM_is_trusted_only_with_its_certificates_unchanged()
    {
        X509Certificate2 leaf = StirRig.Authority.IssueSigner("1234", _rig.Key);
        Mutations.Check(
            Encoding.ASCII.GetBytes(StirRig.Authority.Chain(leaf)),
            octets =>
            {
                if (
                    PemChain.Read(octets, out IReadOnlyList<StirCertificate> chain) == Fault.None
                    && _rig.Paths.Validate(chain).Fault == Fault.None
                )
                {
                    chain[0].Certificate.RawData.ShouldBe(leaf.RawData);
                }
            },
            150
        );
    }

    [Fact]
    public void A_mutated_revocation_list_is_taken_only_unchanged()
    {
        byte[] original = StirRig.Authority.RevocationList(
            TestClock.Golden,
            1,
            StirRig.Authority.Intermediate,
            StirRig.Authority.Root
        );
        Mutations.Check(
            original,
            octets =>
            {
                bool taken = new RevocationLists([StirRig.Authority.RevocationIssuer]).TryAdd(octets);
                taken.ShouldBe(octets.AsSpan().SequenceEqual(original));
            }
        );
    }

    [Fact]
    public void A_mutated_number_list_is_read_only_if_it_can_be_written_again() =>
        Mutations.Check(
            new TnAuthList(["1234"], [new("12155550100", 50), new("12155550199", 1)]).Encode(),
            octets =>
            {
                if (TnAuthList.TryRead(octets, out TnAuthList? list))
                {
                    TnAuthList.TryRead(list!.Encode(), out TnAuthList? again).ShouldBeTrue();
                    again!.Numbers.ShouldBe(list.Numbers);
                    list.Numbers.ShouldAllBe(range =>
                        range.Start.Length <= 15 && range.Start.All(c => char.IsAsciiDigit(c) || c == '*' || c == '#')
                    );
                }
            }
        );

    [Fact]
    public void Mutated_constraints_are_read_only_if_they_can_be_written_again()
    {
        var values = new Dictionary<string, IReadOnlyList<string>> { ["attest"] = ["A", "B"] };
        byte[] original = new JwtClaimConstraints
        {
            MustInclude = ["rcd"],
            PermittedValues = values,
            MustExclude = ["x"],
        }.Encode();
        Mutations.Check(
            original,
            octets =>
            {
                if (JwtClaimConstraints.TryRead(octets, true, out JwtClaimConstraints? read))
                {
                    JwtClaimConstraints.TryRead(read!.Encode(), true, out JwtClaimConstraints? again).ShouldBeTrue();
                    again!.MustExclude.ShouldBe(read.MustExclude);
                }
            }
        );
    }

    [Fact]
    public void Mutated_URIs_never_throw_and_canonical_numbers_hold_nothing_else() =>
        Mutations.Check(
            "sip:+1-215-555-0121;npdi;verstat=x:pw@Example.COM:5060;user=phone?a=b"u8.ToArray(),
            octets =>
            {
                if (SipIdentity.From(octets, NumberPlan.NorthAmerica) is { IsUri: false, Value: var number })
                {
                    number.ShouldAllBe(c => char.IsAsciiDigit(c) || c == '*' || c == '#');
                }
            },
            2000
        );

    [Fact]
    public void Mutated_URLs_never_throw_and_never_lead_inside() =>
        Mutations.Check(
            "https://cert.example.org:8443/a/passport.cer"u8.ToArray(),
            octets =>
            {
                if (
                    CertificateUrl.Check(Encoding.Latin1.GetString(octets), new FetchOptions(), out Uri? url)
                    == Fault.None
                )
                {
                    url!.Scheme.ShouldBe("https");
                    url.Port.ShouldBeOneOf(443, 8443);
                    (url.UserInfo + url.Query + url.Fragment).ShouldBeEmpty();
                }
            },
            2000
        );

    [Fact]
    public void A_mutated_trust_list_is_applied_only_unchanged()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 administrator = StirRig.Authority.Maker("STI-PA", key).AsSigner().SelfSign();
        string payload =
            $"{{\"sequence\":1,\"exp\":1800000000,\"trustList\":[{JsonSerializer.Serialize(StirRig.Authority.Root.ExportCertificatePem())}]}}";
        string input =
            "eyJhbGciOiJFUzI1NiJ9." + System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload));
        string signature = System.Buffers.Text.Base64Url.EncodeToString(
            key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256)
        );
        string original = $"{input}.{signature}";
        Mutations.Check(
            Encoding.ASCII.GetBytes(original),
            octets =>
            {
                using var sync = new TrustListSync(
                    new TrustAnchors(),
                    administrator,
                    -1,
                    new FetchOptions(),
                    _rig.Clock
                );
                if (sync.Apply(octets) == TrustListOutcome.Applied)
                {
                    Encoding.Latin1.GetString(octets).Trim(' ', '\r', '\n', '\t').ShouldBe(original);
                }
            }
        );
    }

    private void ExpectOracle(byte[] jose, byte[] claims)
    {
        string input =
            System.Buffers.Text.Base64Url.EncodeToString(jose)
            + "."
            + System.Buffers.Text.Base64Url.EncodeToString(claims);
        byte[] signature = _rig.Key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256);
        string token = input + "." + System.Buffers.Text.Base64Url.EncodeToString(signature);
        if (Verify([Encoding.ASCII.GetBytes(StirRig.Header(token))]).Outcome == VerificationOutcome.Passed)
        {
            // The framework's own reader, as strict as it can be, sees the same.
            var strict = new JsonDocumentOptions { AllowDuplicateProperties = false };
            using var header = JsonDocument.Parse(jose, strict);
            using var payload = JsonDocument.Parse(claims, strict);
            header.RootElement.GetProperty("alg").GetString().ShouldBe("ES256");
            header.RootElement.GetProperty("typ").GetString().ShouldBe("passport");
            header.RootElement.GetProperty("x5u").GetString().ShouldBe(StirRig.X5u);
            payload.RootElement.GetProperty("orig").GetProperty("tn").GetString().ShouldBe(StirRig.Caller);
            payload
                .RootElement.GetProperty("dest")
                .GetProperty("tn")
                .EnumerateArray()
                .Select(tn => tn.GetString())
                .ShouldContain(StirRig.Called);
            Math.Abs(payload.RootElement.GetProperty("iat").GetInt64() - TestClock.Golden.ToUnixTimeSeconds())
                .ShouldBeLessThanOrEqualTo(60);
            if (header.RootElement.TryGetProperty("ppt", out JsonElement ppt) && ppt.GetString() == "shaken")
            {
                payload.RootElement.GetProperty("attest").GetString()!.ShouldBeOneOf("A", "B", "C");
                Guid.TryParseExact(payload.RootElement.GetProperty("origid").GetString(), "D", out _).ShouldBeTrue();
            }
        }
    }

    private VerificationResult Verify(IReadOnlyList<ReadOnlyMemory<byte>> identities)
    {
        SignedCall call = StirRig.Call();
        _rig.Verifier = _rig.Make(new VerificationOptions());
        var facts = new SignedCall
        {
            Identities = identities,
            RequestUri = call.RequestUri,
            To = call.To,
            From = call.From,
        };

        // A mutated URL is one that is not at hand: the asynchronous way takes it to its end.
        if (_rig.Verifier.TryVerify(facts, out VerificationResult? result))
        {
            return result!;
        }

        return _rig.Verifier.VerifyAsync(facts, CancellationToken.None).GetAwaiter().GetResult();
    }

    private static IReadOnlyList<StirCertificate> Chain(X509Certificate2 certificate)
    {
        StirCertificate.TryRead(certificate.RawData, out StirCertificate? read).ShouldBeTrue();
        return [read!];
    }
}
