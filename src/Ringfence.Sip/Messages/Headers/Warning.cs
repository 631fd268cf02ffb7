namespace Ringfence.Sip.Messages;

/// <summary>One Warning value: warn-code SP warn-agent SP warn-text (RFC 3261 §20.43).</summary>
public readonly ref struct Warning
{
    private Warning(int code, ReadOnlySpan<byte> agent, ReadOnlySpan<byte> text)
    {
        Code = code;
        Agent = agent;
        Text = text;
    }

    /// <summary>The code, three digits.</summary>
    public int Code { get; }

    /// <summary>Who warns: a host or a pseudonym.</summary>
    public ReadOnlySpan<byte> Agent { get; }

    /// <summary>The text without quotes, quoted pairs as received.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> item, out Warning result)
    {
        result = default;
        if (item.Length < 8 || item[3] != ' ' || !Digits.TryParse(item[..3], 999, out uint code))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = item[4..];
        int agent = rest.IndexOf((byte)' ');
        ReadOnlySpan<byte> text = Lws.TrimStart(rest[Math.Max(agent, 0)..]);
        if (agent <= 0 || QuotedString.Length(text) != text.Length)
        {
            return false;
        }

        result = new Warning((int)code, rest[..agent], text[1..^1]);
        return true;
    }
}
