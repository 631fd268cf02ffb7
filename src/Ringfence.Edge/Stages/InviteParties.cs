using System.Text;
using Ringfence.Screening.Facts;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Stages;

/// <summary>Who calls whom, as an INVITE says it.</summary>
/// <param name="Caller">The identity that is used.</param>
/// <param name="IdentityFrom">Where it was taken from.</param>
/// <param name="Callee">Who is called, by the Request-URI.</param>
/// <param name="CalleeUser">User part of the Request-URI, as routes match it.</param>
/// <param name="DisplayName">The name that the caller shows, or null.</param>
public sealed record InviteParties(
    Party Caller,
    IdentitySource IdentityFrom,
    Party Callee,
    byte[] CalleeUser,
    string? DisplayName
)
{
    /// <summary>
    /// Reads them: P-Asserted-Identity where the source is trusted with it, else From (RFC 3325 §9.1; RFC 8224 §6.2).
    /// </summary>
    public static InviteParties Of(SipRequest invite, bool isTrusted)
    {
        ArgumentNullException.ThrowIfNull(invite);
        IdentitySource source = IdentitySource.None;
        NameAddr identity = default;
        if (isTrusted && NameAddr.TryParse(FirstItem(invite, HeaderId.PAssertedIdentity), out identity))
        {
            source = IdentitySource.AssertedIdentity;
        }
        else if (NameAddr.TryParse(invite.Value(HeaderId.From), out identity))
        {
            source = IdentitySource.From;
        }

        string? name = identity.DisplayName.IsEmpty ? null : Encoding.UTF8.GetString(identity.DisplayName);
        return new InviteParties(
            ToParty(identity.Uri),
            source,
            ToParty(invite.RequestUri),
            UserOf(invite.RequestUri),
            name
        );
    }

    /// <summary>The privacy that the caller asks for (RFC 3323 §4.2, RFC 3325 §9.3).</summary>
    public static PrivacyRequests PrivacyOf(SipRequest invite)
    {
        ArgumentNullException.ThrowIfNull(invite);
        PrivacyRequests asked = default;
        ReadOnlySpan<byte> rest = invite.Value(HeaderId.Privacy);
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)';');
            ReadOnlySpan<byte> word = Lws.Trim(end < 0 ? rest : rest[..end]);
            asked |=
                Ascii.EqualsIgnoreCase(word, "id"u8) ? PrivacyRequests.Id
                : Ascii.EqualsIgnoreCase(word, "user"u8) ? PrivacyRequests.User
                : default;
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return asked;
    }

    private static ReadOnlySpan<byte> FirstItem(SipRequest invite, HeaderId id)
    {
        HeaderItems items = invite.Items(id);
        return items.MoveNext() ? items.Current : default;
    }

    /// <summary>A URI is at most as long as the parser lets through, so the characters fit the stack.</summary>
    private static Party ToParty(ReadOnlySpan<byte> uri)
    {
        Span<char> text = stackalloc char[1024];
        return uri.Length > text.Length ? default : Party.Parse(text[..Encoding.UTF8.GetChars(uri, text)]);
    }

    private static byte[] UserOf(ReadOnlySpan<byte> uri)
    {
        if (SipUri.TryParse(uri, out SipUri sip))
        {
            int parameters = sip.User.IndexOf((byte)';');
            return (parameters < 0 ? sip.User : sip.User[..parameters]).ToArray();
        }

        return TelUri.TryParse(uri, out TelUri tel) ? Digits(tel) : [];
    }

    private static byte[] Digits(in TelUri tel)
    {
        byte[] digits = new byte[tel.Number.Length];
        return digits[..tel.CopyDigits(digits)];
    }
}
