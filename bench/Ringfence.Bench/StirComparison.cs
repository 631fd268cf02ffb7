using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Fetching;
using Ringfence.Stir.Verification;

namespace Ringfence.Bench;

/// <summary>
/// Verification and signing of whole calls against the bare ES256 of the framework over the same bytes: small batches of both in turn,
/// so that whatever else the machine does meets both alike; the median of the pairs' ratios counts.
/// </summary>
internal static class StirComparison
{
    private const string X5u = "https://cert.example.org/chain.pem";
    private const int Batch = 20;

    internal static int Run(int rounds)
    {
        using var sample = new StirSample();
        using var certificates = new CertificateCache(
            new PathValidator(new TrustAnchors([sample.Authority.Root])),
            new FetchOptions(),
            TimeProvider.System
        );
        certificates.Add(X5u, Encoding.ASCII.GetBytes(sample.Chain));
        var verifier = new VerificationService(certificates, null, new VerificationOptions(), TimeProvider.System);
        using SigningKey signer = sample.Signer(X5u);
        var verify = new Pair("verify a fresh token, certificate at hand", "ES256 verify of the same bytes");
        var sign = new Pair("sign a call", "ES256 sign of the same bytes");
        for (int round = -rounds / 10; round < rounds; round++)
        {
            PassportClaims[] claims = [.. Enumerable.Range(0, Batch).Select(_ => StirSample.Claims())];
            SignedIdentity[] signed = Array.ConvertAll(claims, one => PassportSigner.Sign(signer, one));
            SignedCall[] calls = Array.ConvertAll(signed, Call);
            (byte[] Input, byte[] Signature)[] parts = Array.ConvertAll(signed, one => StirSample.Parts(one.Token));
            sign.Take(
                round,
                () => Array.TrueForAll(claims, one => PassportSigner.Sign(signer, one).Header.Length > 0),
                () => Array.TrueForAll(parts, one => BareSign(sample.Key, one.Input))
            );
            verify.Take(
                round,
                () => Array.TrueForAll(calls, call => Verify(verifier, call)),
                () => Array.TrueForAll(parts, one => BareVerify(sample.Key, one.Input, one.Signature))
            );
        }

        Console.WriteLine($"{rounds} pairs of batches of {Batch}, in turn; medians");
        verify.Print();
        sign.Print();
        return verify.IsWithin(1.3) && sign.IsWithin(1.3) ? 0 : 1;
    }

    private static SignedCall Call(SignedIdentity signed) =>
        SignedCall.Of(
            signed.Header,
            $"sip:+{StirSample.Caller}@a.example",
            $"sip:+{StirSample.Called}@b.example",
            signed.Claims.OrigId!
        );

    private static bool Verify(VerificationService verifier, SignedCall call) =>
        verifier.TryVerify(call, out VerificationResult? result) && result!.Outcome == VerificationOutcome.Passed;

    private static bool BareVerify(ECDsa key, byte[] input, byte[] signature) =>
        key.VerifyData(input, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private static bool BareSign(ECDsa key, byte[] input) =>
        key.SignData(input, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation).Length == 64;

    /// <summary>Ours and the framework's, batch against batch.</summary>
    private sealed class Pair(string name, string bareName)
    {
        private readonly List<double> _own = [];
        private readonly List<double> _bare = [];
        private readonly List<double> _ratios = [];
        private double _ownBytes;
        private double _bareBytes;

        /// <summary>Times both; the first rounds, below zero, warm up. Who goes first changes from round to round.</summary>
        internal void Take(int round, Func<bool> own, Func<bool> bare)
        {
            bool ownFirst = round % 2 == 0;
            (double Time, double Bytes) first = Time(ownFirst ? own : bare);
            (double Time, double Bytes) second = Time(ownFirst ? bare : own);
            if (round < 0)
            {
                return;
            }

            (double ownTime, _ownBytes) = ownFirst ? first : second;
            (double bareTime, _bareBytes) = ownFirst ? second : first;
            _own.Add(ownTime);
            _bare.Add(bareTime);
            _ratios.Add(ownTime / bareTime);
        }

        internal bool IsWithin(double ratio) => Median(_ratios) <= ratio;

        internal void Print()
        {
            Line(bareName, Median(_bare), _bareBytes, 1);
            Line(name, Median(_own), _ownBytes, Median(_ratios));
        }

        private static void Line(string what, double time, double bytes, double ratio) =>
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {what, -44} {time, 7:F1} µs {bytes, 7:F0} B {ratio, 6:F2}"
                )
            );

        private static (double Time, double Bytes) Time(Func<bool> batch)
        {
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            long start = TimeProvider.System.GetTimestamp();
            bool isSound = batch();
            double time = TimeProvider.System.GetElapsedTime(start).TotalMicroseconds / Batch;
            return isSound
                ? (time, (double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / Batch)
                : throw new InvalidOperationException("A token does not hold.");
        }

        private static double Median(List<double> values)
        {
            double[] sorted = [.. values.Order()];
            return sorted[sorted.Length / 2];
        }
    }
}
