namespace Ringfence.Stir.Passport;

/// <summary>One value of an Identity header field (RFC 8224 §4), as slices of the received bytes.</summary>
/// <param name="Token">signed-identity-digest: the PASSporT in full or compact form.</param>
/// <param name="Info">The URI of "info", without its angle brackets.</param>
/// <param name="Alg">The "alg" parameter, or empty.</param>
/// <param name="Ppt">The "ppt" parameter without quotes, or empty.</param>
public readonly record struct IdentityHeader(
    ReadOnlyMemory<byte> Token,
    ReadOnlyMemory<byte> Info,
    ReadOnlyMemory<byte> Alg,
    ReadOnlyMemory<byte> Ppt
)
{
    /// <summary>Writes a value as RFC 8224 §4 has it: token, info, alg, ppt.</summary>
    /// <param name="token">The PASSporT in full or compact form.</param>
    /// <param name="info">The URI of the certificate.</param>
    /// <param name="type">The kind; the baseline has no "ppt".</param>
    public static string Format(string token, string info, PassportType type) =>
        PassportTypes.Name(type) is { } ppt
            ? $"{token};info=<{info}>;alg=ES256;ppt=\"{ppt}\""
            : $"{token};info=<{info}>;alg=ES256";
}
