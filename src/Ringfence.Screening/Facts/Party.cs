using System.Text.Json.Serialization;

namespace Ringfence.Screening.Facts;

/// <summary>A caller, callee or diverter by the name that it goes by: a number, an address user@host, or anonymous.</summary>
[JsonConverter(typeof(PartyJson))]
public readonly record struct Party
{
    private const int MaxLength = 320;
    private readonly string? _text;

    private Party(string text, PartyForm form, PhoneNumber number)
    {
        _text = text;
        Form = form;
        Number = number;
    }

    /// <summary>A caller that withholds its name.</summary>
    public static Party Anonymous { get; } = new("anonymous", PartyForm.Anonymous, default);

    /// <summary>The name in its one normal form: "+33199001234", "112", "alice@example.com", "anonymous" or "".</summary>
    public string Text => _text ?? "";

    /// <summary>What kind of name it is.</summary>
    public PartyForm Form { get; }

    /// <summary>The number, or none.</summary>
    public PhoneNumber Number { get; }

    /// <summary>
    /// Reads a number, a tel: or sip: URI (parameters are dropped; a user part that is a number makes it a number, RFC 8224
    /// §8.1), or user@host. Anything else is <see cref="PartyForm.Invalid"/>: never an error.
    /// </summary>
    public static Party Parse(ReadOnlySpan<char> text)
    {
        text = text.Trim().Trim("<>");
        if (text.IsEmpty)
        {
            return default;
        }

        if (text.Length > MaxLength)
        {
            return new Party(text[..MaxLength].ToString(), PartyForm.Invalid, default);
        }

        var colon = text.IndexOf(':');
        if (colon is 3 or 4 && text[..colon] is var scheme && IsScheme(scheme))
        {
            text = text[(colon + 1)..];
        }

        var at = text.LastIndexOf('@');
        var user = at < 0 ? text : text[..at];
        user = user.IndexOf(';') is var semicolon and >= 0 ? user[..semicolon] : user;
        var host = at < 0 ? default : text[(at + 1)..];
        host = host.IndexOfAny(":;?>") is var end and >= 0 ? host[..end] : host;
        if (PhoneNumber.TryParse(user, out var number))
        {
            return new Party(number.ToString(), number.IsGlobal ? PartyForm.Number : PartyForm.Local, number);
        }

        if (
            user.Equals("anonymous", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase)
        )
        {
            return Anonymous;
        }

        return user.IsEmpty || host.IsEmpty || user.IndexOfAnyInRange('\0', ' ') >= 0
            ? new Party(text.ToString(), PartyForm.Invalid, default)
            : new Party($"{user}@{host}".ToLowerInvariant(), PartyForm.Address, default);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool IsScheme(ReadOnlySpan<char> scheme) =>
        scheme.Equals("sip", StringComparison.OrdinalIgnoreCase)
        || scheme.Equals("sips", StringComparison.OrdinalIgnoreCase)
        || scheme.Equals("tel", StringComparison.OrdinalIgnoreCase);
}
