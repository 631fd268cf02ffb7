using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ringfence.Stir.Passport;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Certificates;

/// <summary>
/// The STI-PA's list of trusted authorities: a JWS over "version", "sequence", "exp" and "trustList", an array of certificates in PEM
/// (ATIS-1000084).
/// </summary>
public sealed class TrustList
{
    private const int MaximumRoots = 200;

    private readonly byte[] _signed;
    private readonly byte[] _signature;

    private TrustList(
        byte[] signed,
        byte[] signature,
        long sequence,
        DateTimeOffset expires,
        List<X509Certificate2> roots
    )
    {
        _signed = signed;
        _signature = signature;
        Sequence = sequence;
        Expires = expires;
        Roots = roots;
    }

    /// <summary>Grows with every list.</summary>
    public long Sequence { get; }

    /// <summary>When it must not be used any more.</summary>
    public DateTimeOffset Expires { get; }

    /// <summary>The roots.</summary>
    public IReadOnlyList<X509Certificate2> Roots { get; }

    /// <summary>Reads a list; its signature is not checked yet.</summary>
    /// <param name="jws">The compact serialization.</param>
    /// <param name="list">The list, when it can be read.</param>
    public static bool TryRead(ReadOnlySpan<byte> jws, out TrustList? list)
    {
        list = null;
        jws = jws.Trim(" \r\n\t"u8);
        int first = jws.IndexOf((byte)'.');
        int second = jws.LastIndexOf((byte)'.');
        if (first <= 0 || second <= first)
        {
            return false;
        }

        bool wellFormed =
            PassportReader.ReadSignature(jws[(second + 1)..], out byte[] signature) == Fault.None
            & PassportReader.Decode(jws[..first], out byte[] head) == Fault.None
            & PassportReader.Decode(jws[(first + 1)..second], out byte[] payload) == Fault.None
            & JsonTape.Read(head, out JsonTape? header) == JsonFault.None
            & JsonTape.Read(payload, out JsonTape? claims) == JsonFault.None;
        if (
            !wellFormed
            || !header!.Root["alg"u8].TryText(out string alg)
            || alg != "ES256"
            || header.Root["crit"u8].Kind != JsonKind.Absent
        )
        {
            return false;
        }

        JsonValue root = claims!.Root;
        JsonValue expires = root["exp"u8].Kind == JsonKind.Absent ? root["expiration"u8] : root["exp"u8];
        bool complete =
            root["sequence"u8].TryInteger(out long sequence)
            & expires.TryInteger(out long seconds)
            & seconds is >= 0 and < 253402300799
            & TryReadRoots(root["trustList"u8], out List<X509Certificate2> roots);
        if (complete)
        {
            list = new TrustList(
                jws[..second].ToArray(),
                signature,
                sequence,
                DateTimeOffset.FromUnixTimeSeconds(seconds),
                roots
            );
        }

        return complete;
    }

    /// <summary>Whether the list is signed by this key.</summary>
    /// <param name="administrator">Certificate of the policy administrator.</param>
    public bool IsSignedBy(X509Certificate2 administrator)
    {
        ArgumentNullException.ThrowIfNull(administrator);
        using ECDsa? key = administrator.GetECDsaPublicKey();
        return key is { KeySize: 256 } && key.VerifyData(_signed, _signature, HashAlgorithmName.SHA256);
    }

    private static bool TryReadRoots(JsonValue trustList, out List<X509Certificate2> roots)
    {
        roots = [];
        if (trustList.Kind != JsonKind.Array || trustList.Length() is 0 or > MaximumRoots)
        {
            return false;
        }

        foreach (JsonValue item in trustList.Elements())
        {
            if (
                !item.TryText(out string pem)
                || PemChain.Read(System.Text.Encoding.UTF8.GetBytes(pem), out IReadOnlyList<StirCertificate> read)
                    != Fault.None
            )
            {
                return false;
            }

            roots.AddRange(read.Select(certificate => certificate.Certificate));
        }

        return true;
    }
}
