namespace Ringfence.Sip.Messages;

/// <summary>One Accept-Language value: language-range *(SEMI accept-param) (RFC 3261 §20.3).</summary>
public readonly ref struct LanguageRange
{
    private LanguageRange(ReadOnlySpan<byte> tag, int quality)
    {
        Tag = tag;
        Quality = quality;
    }

    /// <summary>The language tag, or "*".</summary>
    public ReadOnlySpan<byte> Tag { get; }

    /// <summary>The q value in thousandths, 0 to 1000; 1000 when it is not said.</summary>
    public int Quality { get; }

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> item, out LanguageRange result)
    {
        int length = item.TokenLength();
        ReadOnlySpan<byte> parameters = item[length..];
        int quality = 1000;
        bool isSound =
            length > 0
            && Parameters.AreSound(parameters)
            && (!Parameters.TryGet(parameters, "q"u8, out ReadOnlySpan<byte> q) || QValue.TryParse(q, out quality));
        result = new LanguageRange(item[..length], quality);
        return isSound;
    }
}
