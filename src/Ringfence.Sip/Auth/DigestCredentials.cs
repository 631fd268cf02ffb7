using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Auth;

/// <summary>The credentials of one Authorization or Proxy-Authorization header (RFC 3261 §20.7, RFC 7616 §3.4).</summary>
internal readonly ref struct DigestCredentials
{
    internal ReadOnlySpan<byte> User { get; private init; }

    internal ReadOnlySpan<byte> Response { get; private init; }

    /// <summary>nc as a number; 0 is never right.</summary>
    internal uint Count { get; private init; }

    internal DigestInput Input { get; private init; }

    /// <summary>
    /// Reads what the header says; false when something is missing that must be there, qop among it: it was in the challenge,
    /// and without it there is no count to tell a replay by (RFC 8760 §2.6).
    /// </summary>
    internal static bool TryRead(
        in AuthHeader header,
        DigestAlgorithm algorithm,
        SipRequest request,
        out DigestCredentials credentials
    )
    {
        credentials = default;
        bool isWhole =
            header.TryGet("username"u8, out ReadOnlySpan<byte> user)
            & header.TryGet("nonce"u8, out ReadOnlySpan<byte> nonce)
            & header.TryGet("uri"u8, out ReadOnlySpan<byte> uri)
            & header.TryGet("response"u8, out ReadOnlySpan<byte> response)
            & header.TryGet("qop"u8, out ReadOnlySpan<byte> qop)
            & header.TryGet("nc"u8, out ReadOnlySpan<byte> nc)
            & header.TryGet("cnonce"u8, out ReadOnlySpan<byte> clientNonce);
        Span<byte> count = stackalloc byte[4];
        bool isCount =
            nc.Length == 8 && Convert.FromHexString(nc, count, out _, out _) == System.Buffers.OperationStatus.Done;
        bool isQop = qop.SequenceEqual("auth"u8) || qop.SequenceEqual("auth-int"u8);
        if (!isWhole || !isCount || !isQop || response.Length != DigestAlgorithms.HexLength(algorithm))
        {
            return false;
        }

        credentials = new DigestCredentials
        {
            User = user,
            Response = response,
            Count = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(count),
            Input = new DigestInput
            {
                Algorithm = algorithm,
                Method = request.MethodName,
                Uri = uri,
                Nonce = nonce,
                Count = nc,
                ClientNonce = clientNonce,
                Qop = qop,
                Body = request.Body,
            },
        };
        return true;
    }
}
