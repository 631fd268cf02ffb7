using System.Text;

namespace Ringfence.Sip.Messages;

/// <summary>Session-Expires and Min-SE (RFC 4028 §4, §5).</summary>
public static class SessionExpires
{
    /// <summary>Reads a Session-Expires value.</summary>
    /// <param name="value">The header's value.</param>
    /// <param name="seconds">The session interval.</param>
    /// <param name="refresher">Who refreshes.</param>
    public static bool TryParse(ReadOnlySpan<byte> value, out uint seconds, out Refresher refresher)
    {
        refresher = Refresher.None;
        if (
            !DeltaSeconds.TryParseWithParameters(value, out seconds, out ReadOnlySpan<byte> rest)
            || !Parameters.AreSound(rest)
        )
        {
            return false;
        }

        if (Parameters.TryGet(rest, "refresher"u8, out ReadOnlySpan<byte> who))
        {
            refresher =
                Ascii.EqualsIgnoreCase(who, "uac"u8) ? Refresher.Uac
                : Ascii.EqualsIgnoreCase(who, "uas"u8) ? Refresher.Uas
                : Refresher.None;
        }

        return true;
    }

    /// <summary>Reads a Min-SE value, in seconds.</summary>
    public static bool TryParseMinSE(ReadOnlySpan<byte> value, out uint seconds) =>
        DeltaSeconds.TryParseWithParameters(value, out seconds, out ReadOnlySpan<byte> rest)
        && Parameters.AreSound(rest);
}
