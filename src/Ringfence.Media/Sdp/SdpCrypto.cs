using System.Text;

namespace Ringfence.Media.Sdp;

/// <summary>One <c>a=crypto</c> line (RFC 4568): a proposal of keys for SRTP.</summary>
/// <param name="Tag">Number of the line, echoed by the answer.</param>
/// <param name="Suite">Name of the crypto suite, such as <c>AES_CM_128_HMAC_SHA1_80</c>.</param>
/// <param name="KeyParams">Key parameters and session parameters as written, beginning with <c>inline:</c>.</param>
public sealed record SdpCrypto(int Tag, string Suite, string KeyParams)
{
    /// <summary>Says tag and suite, never the key.</summary>
    public override string ToString() => $"{Tag} {Suite}";

    internal static SdpCrypto? Read(ReadOnlySpan<byte> value)
    {
        Span<Range> fields = stackalloc Range[16];
        var count = SdpText.Fields(value, fields);
        if (count is < 3 or > 16 || !SdpText.Number(value[fields[0]], 999_999_999, out int tag))
        {
            return null;
        }
        var suite = Encoding.UTF8.GetString(value[fields[1]]);
        var keys = Encoding.UTF8.GetString(value[fields[2].Start..]);
        return new SdpCrypto(tag, suite, keys);
    }
}
