namespace Ringfence.Sip.Messages;

/// <summary>
/// Walks the parameters (";name=value") or the headers ("name=value&amp;…") of a URI (RFC 3261 §19.1.1). Escapes stay as
/// received; no allocation.
/// </summary>
public ref struct UriParameters
{
    private readonly byte _separator;
    private ReadOnlySpan<byte> _rest;
    private bool _more;

    private UriParameters(ReadOnlySpan<byte> text, byte separator)
    {
        _separator = separator;
        _rest = text;
        _more = !text.IsEmpty;
    }

    /// <summary>Walks URI parameters; the text is without its first semicolon.</summary>
    public static UriParameters OfParameters(ReadOnlySpan<byte> text) => new(text, (byte)';');

    /// <summary>Walks URI headers; the text is without the question mark.</summary>
    public static UriParameters OfHeaders(ReadOnlySpan<byte> text) => new(text, (byte)'&');

    /// <summary>The name at hand, escapes as received; <see cref="TryGet"/> compares it as the RFC asks.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value at hand; empty when there is none.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>True when an equals sign follows the name.</summary>
    public bool HasValue { get; private set; }

    /// <summary>Goes on to the next pair; false at the end.</summary>
    public bool MoveNext()
    {
        if (!_more)
        {
            return false;
        }

        int end = _rest.IndexOf(_separator);
        ReadOnlySpan<byte> pair = end < 0 ? _rest : _rest[..end];
        _more = end >= 0;
        _rest = end < 0 ? default : _rest[(end + 1)..];
        int equals = pair.IndexOf((byte)'=');
        HasValue = equals >= 0;
        Name = HasValue ? pair[..equals] : pair;
        Value = HasValue ? pair[(equals + 1)..] : default;
        return true;
    }

    /// <summary>Finds a name, in any case and escaped or not (§19.1.4), in what is left of the walk.</summary>
    public readonly bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        UriParameters walk = this;
        while (walk.MoveNext())
        {
            if (EscapedText.AreEqual(walk.Name, name, ignoreCase: true))
            {
                value = walk.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>True when every pair keeps the grammar of RFC 3261 §25.1.</summary>
    internal readonly bool AreSound()
    {
        UriParameters walk = this;
        bool isHeaders = _separator == '&';
        System.Buffers.SearchValues<byte> set = isHeaders ? UriCharacters.Header : UriCharacters.Parameter;
        while (walk.MoveNext())
        {
            bool hasNeeded = !walk.Name.IsEmpty && (isHeaders ? walk.HasValue : walk.HasValue != walk.Value.IsEmpty);
            if (!hasNeeded || !UriCharacters.AreAll(walk.Name, set) || !UriCharacters.AreAll(walk.Value, set))
            {
                return false;
            }
        }

        return true;
    }
}
