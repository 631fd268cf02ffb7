using System.Text;
using System.Text.Unicode;

namespace Ringfence.Stir.Passport;

/// <summary>
/// Strict JSON (RFC 8259) as tokens over the received bytes: no duplicate members, integers only, bounded depth and size. Malformed input
/// is a value: the framework's reader throws on it, and this text comes from the network.
/// </summary>
internal sealed class JsonTape
{
    private readonly ReadOnlyMemory<byte> _text;
    private JsonToken[] _tokens = new JsonToken[24];
    private int _count;

    private JsonTape(ReadOnlyMemory<byte> text) => _text = text;

    /// <summary>The outermost value; an object.</summary>
    public JsonValue Root => new(this, 0);

    /// <summary>Reads one object.</summary>
    public static JsonFault Read(ReadOnlyMemory<byte> text, out JsonTape? tape)
    {
        tape = null;
        var span = text.Span;
        if (!Utf8.IsValid(span))
        {
            return JsonFault.Encoding;
        }

        var read = new JsonTape(text);
        var parser = new JsonParser(span, read);
        JsonFault fault = parser.Read();
        tape = fault == JsonFault.None ? read : null;
        return fault;
    }

    internal JsonToken this[int index] => _tokens[index];

    internal int Count => _count;

    internal ReadOnlySpan<byte> Slice(JsonToken token) => _text.Span.Slice(token.Start, token.Length);

    internal ReadOnlyMemory<byte> SliceMemory(JsonToken token) => _text.Slice(token.Start, token.Length);

    internal int Add(JsonToken token)
    {
        if (_count == _tokens.Length)
        {
            Array.Resize(ref _tokens, _count * 2);
        }

        _tokens[_count] = token;
        return _count++;
    }

    internal void Close(int index, int end) =>
        _tokens[index] = _tokens[index] with { Next = _count, Length = end - _tokens[index].Start };

    internal string Text(JsonToken token) =>
        token.Escaped ? JsonText.Unescape(Slice(token)) : Encoding.UTF8.GetString(Slice(token));

    internal bool SameText(JsonToken left, JsonToken right) =>
        left.Escaped || right.Escaped
            ? string.Equals(Text(left), Text(right), StringComparison.Ordinal)
            : Slice(left).SequenceEqual(Slice(right));
}
