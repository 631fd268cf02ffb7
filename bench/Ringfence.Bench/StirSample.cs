using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Claims;

namespace Ringfence.Bench;

/// <summary>A test hierarchy, one signer, and tokens that nobody has seen before.</summary>
internal sealed class StirSample : IDisposable
{
    internal const string Caller = "12155550121";
    internal const string Called = "12155550131";

    internal StirSample()
    {
        Authority = new DemoAuthority(TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1));
        Chain = Authority.Chain(Authority.IssueSigner("1234", Key));
    }

    internal DemoAuthority Authority { get; }

    internal ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    internal string Chain { get; }

    internal static PassportClaims Claims() =>
        new()
        {
            IssuedAt = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
            Orig = ClaimedIdentity.Number(Caller),
            Dest = [ClaimedIdentity.Number(Called)],
            Attest = Attestation.A,
            OrigId = Guid.NewGuid().ToString(),
        };

    internal SigningKey Signer(string x5u) =>
        SigningKey.Read(Chain, Key.ExportPkcs8PrivateKeyPem(), x5u, out SigningKey? key) == SigningKeyFault.None
            ? key!
            : throw new InvalidOperationException("The key does not fit its chain.");

    /// <summary>What ES256 signs of a token, and the signature.</summary>
    internal static (byte[] Input, byte[] Signature) Parts(string token)
    {
        int dot = token.LastIndexOf('.');
        return (Encoding.ASCII.GetBytes(token[..dot]), Base64Url.DecodeFromChars(token.AsSpan(dot + 1)));
    }

    public void Dispose()
    {
        Authority.Dispose();
        Key.Dispose();
    }
}
