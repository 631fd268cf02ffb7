using System.Security.Cryptography;
using Ringfence.Media.Sdp;

namespace Ringfence.Media.Srtp;

/// <summary>Master key and master salt of one direction, as an <c>a=crypto</c> line carries them (RFC 4568 section 6.1).</summary>
public sealed class SrtpMasterKey
{
    private readonly byte[] _keyAndSalt;

    private SrtpMasterKey(SrtpSuite suite, byte[] keyAndSalt)
    {
        Suite = suite;
        _keyAndSalt = keyAndSalt;
    }

    /// <summary>The suite that they are for.</summary>
    public SrtpSuite Suite { get; }

    internal ReadOnlySpan<byte> Key => _keyAndSalt.AsSpan(0, Suite.KeyLength);

    internal ReadOnlySpan<byte> Salt => _keyAndSalt.AsSpan(Suite.KeyLength);

    /// <summary>Makes a new key.</summary>
    public static SrtpMasterKey Create(SrtpSuite suite) =>
        new(suite, RandomNumberGenerator.GetBytes(suite.KeyLength + suite.SaltLength));

    /// <summary>
    /// Reads a line; null when the suite is unknown, the key has another length, a master key identifier is used, or
    /// session parameters change what is protected.
    /// </summary>
    public static SrtpMasterKey? Read(SdpCrypto line)
    {
        const string method = "inline:";
        if (
            SrtpSuite.Find(line.Suite) is not { } suite
            || !line.KeyParams.StartsWith(method, StringComparison.Ordinal)
            || line.KeyParams.Contains("UNENCRYPTED_", StringComparison.Ordinal)
            || line.KeyParams.Contains("UNAUTHENTICATED_", StringComparison.Ordinal)
        )
        {
            return null;
        }
        var text = line.KeyParams.AsSpan(method.Length);
        var end = text.IndexOfAny("|; ");
        var key = new byte[suite.KeyLength + suite.SaltLength];
        // key|lifetime is fine, key|lifetime|MKI:length and several keys are not.
        var isPlain = end < 0 || (!text[end..].Contains(':') && !text[end..].Contains(';'));
        return isPlain && TryDecode(end < 0 ? text : text[..end], key) ? new SrtpMasterKey(suite, key) : null;
    }

    /// <summary>The line for an offer or an answer.</summary>
    /// <param name="tag">Number of the line; an answer echoes that of the offer.</param>
    public SdpCrypto ToCrypto(int tag) => new(tag, Suite.Name, $"inline:{Convert.ToBase64String(_keyAndSalt)}");

    /// <summary>Section 6.1 leaves it open whether Base64 is padded here: both are understood.</summary>
    private static bool TryDecode(ReadOnlySpan<char> text, Span<byte> key)
    {
        Span<char> padded = stackalloc char[(key.Length + 2) / 3 * 4];
        if (text.Length > padded.Length)
        {
            return false;
        }
        text.CopyTo(padded);
        padded[text.Length..].Fill('=');
        return Convert.TryFromBase64Chars(padded, key, out var length) && length == key.Length;
    }
}
