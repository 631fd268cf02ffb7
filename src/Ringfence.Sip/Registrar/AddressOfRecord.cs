using System.Text;
using System.Text.Unicode;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Registrar;

/// <summary>
/// The canonical form of an address-of-record (RFC 3261 §10.3 step 5): user@host, the user without escapes, the host in lower
/// case, without scheme, port and parameters. What bindings are stored under.
/// </summary>
public readonly record struct AddressOfRecord
{
    private const int MostOctets = 512;

    private AddressOfRecord(string user, string domain)
    {
        User = user;
        Domain = domain;
    }

    /// <summary>The user.</summary>
    public string User { get; }

    /// <summary>The host.</summary>
    public string Domain { get; }

    /// <summary>user@host: the key under which bindings are stored.</summary>
    public override string ToString() => $"{User}@{Domain}";

    /// <summary>
    /// Reads a sip or sips URI; false for any other, for one without a user, and for a user that is no text or holds control
    /// characters, which could be taken for another.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> uri, out AddressOfRecord address)
    {
        address = default;
        if (uri.Length > MostOctets || !SipUri.TryParse(uri, out SipUri sip) || sip.User.IsEmpty)
        {
            return false;
        }

        Span<byte> user = stackalloc byte[sip.User.Length];
        user = user[..EscapedText.Unescape(sip.User, user)];
        bool isText = Utf8.IsValid(user) && !user.ContainsAnyInRange((byte)0, (byte)31) && !user.Contains((byte)127);
        if (isText)
        {
            string host = Encoding.ASCII.GetString(sip.Host).ToLowerInvariant();
            address = new AddressOfRecord(Encoding.UTF8.GetString(user), host);
        }

        return isText;
    }
}
