using System.Buffers;
using System.Text;

namespace Ringfence.Sip.Messages;

/// <summary>
/// Walks header parameters: *(SEMI generic-param) of RFC 3261 §25.1, white space around ";" and "=" included. No allocation.
/// <code>
/// var parameter = new Parameters(text);
/// while (parameter.MoveNext()) { … parameter.Name … }
/// </code>
/// </summary>
public ref struct Parameters
{
    private static readonly SearchValues<byte> EndOfValue = SearchValues.Create(" \t\r\n;,\"<>"u8);

    private ReadOnlySpan<byte> _rest;

    /// <summary>Begins a walk over text that is empty or begins with a semicolon.</summary>
    public Parameters(ReadOnlySpan<byte> text)
    {
        _rest = text;
        IsSound = true;
    }

    /// <summary>Name of the parameter at hand: a token; compare it in any case.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Its value: without the quotes when quoted (quoted pairs as received), empty when it has none.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>True when an equals sign and a value follow the name.</summary>
    public bool HasValue { get; private set; }

    /// <summary>True when the value stood in quotes.</summary>
    public bool IsQuoted { get; private set; }

    /// <summary>False once the text broke the grammar: an empty name or value, an open quote, bytes between parameters.</summary>
    public bool IsSound { get; private set; }

    /// <summary>What has not been walked yet.</summary>
    internal readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Goes on to the next parameter; false at the end and at the first break of the grammar.</summary>
    public bool MoveNext()
    {
        ReadOnlySpan<byte> text = Lws.TrimStart(_rest);
        if (text.IsEmpty)
        {
            return false;
        }

        if (text[0] != ';')
        {
            return Break();
        }

        text = Lws.TrimStart(text[1..]);
        int length = text.TokenLength();
        if (length == 0)
        {
            return Break();
        }

        Name = text[..length];
        Value = default;
        text = Lws.TrimStart(text[length..]);
        HasValue = !text.IsEmpty && text[0] == '=';
        IsQuoted = false;
        return HasValue ? TakeValue(Lws.TrimStart(text[1..])) : Go(text);
    }

    /// <summary>The value of the first parameter with this name, in any case; false when there is none.</summary>
    public static bool TryGet(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var parameter = new Parameters(text);
        while (parameter.MoveNext())
        {
            if (Ascii.EqualsIgnoreCase(parameter.Name, name))
            {
                value = parameter.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>True when the whole text keeps the grammar.</summary>
    public static bool AreSound(ReadOnlySpan<byte> text)
    {
        var parameter = new Parameters(text);
        while (parameter.MoveNext()) { }
        return parameter.IsSound;
    }

    private bool TakeValue(ReadOnlySpan<byte> text)
    {
        int quoted = QuotedString.Length(text);
        if (quoted > 0)
        {
            IsQuoted = true;
            Value = text[1..(quoted - 1)];
            return Go(text[quoted..]);
        }

        int length = text.IndexOfAny(EndOfValue);
        length = length < 0 ? text.Length : length;
        if (length == 0)
        {
            return Break();
        }

        Value = text[..length];
        return Go(text[length..]);
    }

    private bool Go(ReadOnlySpan<byte> rest)
    {
        _rest = rest;
        return true;
    }

    private bool Break()
    {
        _rest = default;
        IsSound = false;
        return false;
    }
}
