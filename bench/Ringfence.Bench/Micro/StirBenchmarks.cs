using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Fetching;
using Ringfence.Stir.Verification;

namespace Ringfence.Bench.Micro;

/// <summary>Verification and signing of one call against the bare ES256 of the framework over the same bytes, in the same run.</summary>
[MemoryDiagnoser]
public class StirBenchmarks : IDisposable
{
    private const string X5u = "https://cert.example.org/chain.pem";
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private DemoAuthority _authority = null!;
    private CertificateCache _certificates = null!;
    private VerificationService _verifier = null!;
    private SigningKey _signer = null!;
    private PassportClaims _claims = null!;
    private SignedCall _call = null!;
    private byte[] _input = null!;
    private byte[] _signature = null!;

    [GlobalSetup]
    public void Setup()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        _authority = new DemoAuthority(now, TimeSpan.FromDays(1));
        string chain = _authority.Chain(_authority.IssueSigner("1234", _key));
        SigningKey.Read(chain, _key.ExportPkcs8PrivateKeyPem(), X5u, out SigningKey? signer);
        _signer = signer!;
        _claims = new PassportClaims
        {
            IssuedAt = now.ToUnixTimeSeconds(),
            Orig = ClaimedIdentity.Number("12155550121"),
            Dest = [ClaimedIdentity.Number("12155550131")],
            Attest = Attestation.A,
            OrigId = Guid.NewGuid().ToString(),
        };
        _certificates = new CertificateCache(
            new PathValidator(new TrustAnchors([_authority.Root])),
            new FetchOptions(),
            TimeProvider.System
        );
        _certificates.Add(X5u, Encoding.ASCII.GetBytes(chain));

        // The benchmark runs for longer than a token is fresh.
        var options = new VerificationOptions { Freshness = TimeSpan.FromHours(1) };
        _verifier = new VerificationService(_certificates, null, options, TimeProvider.System);
        SignedIdentity identity = PassportSigner.Sign(_signer, _claims);
        _call = SignedCall.Of(identity.Header, "sip:+12155550121@a.example", "sip:+12155550131@b.example", "call-1");
        int dot = identity.Token.LastIndexOf('.');
        _input = Encoding.ASCII.GetBytes(identity.Token[..dot]);
        _signature = System.Buffers.Text.Base64Url.DecodeFromChars(identity.Token.AsSpan(dot + 1));
        if (!Verify() || !BareVerify())
        {
            throw new InvalidOperationException("The token does not hold.");
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _certificates.Dispose();
        _authority.Dispose();
        _signer.Dispose();
        _key.Dispose();
    }

    [Benchmark(Baseline = true, Description = "ES256 verify of the framework")]
    public bool BareVerify() =>
        _key.VerifyData(
            _input,
            _signature,
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation
        );

    [Benchmark(Description = "verify a call, certificate at hand")]
    public bool Verify() =>
        _verifier.TryVerify(_call, out VerificationResult? result) && result!.Outcome == VerificationOutcome.Passed;

    [Benchmark(Description = "ES256 sign of the framework")]
    public byte[] BareSign() =>
        _key.SignData(_input, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    [Benchmark(Description = "sign a call")]
    public string Sign() => PassportSigner.Sign(_signer, _claims).Header;
}
