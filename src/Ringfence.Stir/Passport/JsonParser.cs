using System.Buffers;

namespace Ringfence.Stir.Passport;

/// <summary>The grammar of RFC 8259 by recursive descent; the depth limit bounds the stack.</summary>
internal ref struct JsonParser(ReadOnlySpan<byte> text, JsonTape tape)
{
    /// <summary>Levels of nesting: a jCard inside "rcd" needs six.</summary>
    private const int MaximumDepth = 12;

    /// <summary>Values and member names in one text.</summary>
    private const int MaximumTokens = 1024;

    private static readonly SearchValues<byte> EndsPlainText = SearchValues.Create(ControlsAndQuotes());

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly JsonTape _tape = tape;
    private int _at;

    /// <summary>Reads one object and nothing after it.</summary>
    public JsonFault Read()
    {
        SkipSpace();
        if (_at == _text.Length || _text[_at] != '{')
        {
            return _at < _text.Length && "[\"-0123456789tfn"u8.Contains(_text[_at])
                ? JsonFault.NotObject
                : JsonFault.Syntax;
        }

        JsonFault fault = Value(1);
        if (fault != JsonFault.None)
        {
            return fault;
        }

        SkipSpace();
        return _at == _text.Length ? JsonFault.None : JsonFault.Trailing;
    }

    private JsonFault Value(int depth)
    {
        if (_at == _text.Length)
        {
            return JsonFault.Syntax;
        }

        if (_tape.Count >= MaximumTokens)
        {
            return JsonFault.TooLarge;
        }

        return _text[_at] switch
        {
            (byte)'{' => Container(JsonKind.Object, (byte)'}', depth),
            (byte)'[' => Container(JsonKind.Array, (byte)']', depth),
            (byte)'"' => Text(),
            (byte)'t' => Literal("true"u8, JsonKind.True),
            (byte)'f' => Literal("false"u8, JsonKind.False),
            (byte)'n' => Literal("null"u8, JsonKind.Null),
            _ => Number(),
        };
    }

    private JsonFault Container(JsonKind kind, byte end, int depth)
    {
        if (depth > MaximumDepth)
        {
            return JsonFault.Depth;
        }

        int self = _tape.Add(new JsonToken(kind, false, _at++, 0, 0));
        SkipSpace();
        bool closed = Take(end);
        while (!closed)
        {
            SkipSpace();
            JsonFault fault = kind == JsonKind.Object ? Name(self) : JsonFault.None;
            fault = fault == JsonFault.None ? Value(depth + 1) : fault;
            if (fault != JsonFault.None)
            {
                return fault;
            }

            SkipSpace();
            closed = Take(end);
            if (!closed && !Take((byte)','))
            {
                return JsonFault.Syntax;
            }
        }

        _tape.Close(self, _at);
        return JsonFault.None;
    }

    private JsonFault Name(int parent)
    {
        int name = _tape.Count;
        JsonFault fault = _at < _text.Length && _text[_at] == '"' ? Text() : JsonFault.Syntax;
        if (fault != JsonFault.None)
        {
            return fault;
        }

        if (Repeats(parent, name))
        {
            return JsonFault.Duplicate;
        }

        SkipSpace();
        bool separated = Take((byte)':');
        SkipSpace();
        return separated ? JsonFault.None : JsonFault.Syntax;
    }

    private JsonFault Text()
    {
        int start = ++_at;
        bool escaped = false;
        while (true)
        {
            int run = _text[_at..].IndexOfAny(EndsPlainText);
            if (run < 0)
            {
                return JsonFault.Syntax;
            }

            _at += run;
            if (_text[_at] == '"')
            {
                int self = _tape.Add(new JsonToken(JsonKind.Text, escaped, start, _at - start, 0));
                _tape.Close(self, _at++);
                return JsonFault.None;
            }

            if (_text[_at] != '\\')
            {
                return JsonFault.Syntax;
            }

            escaped = true;
            JsonFault fault = JsonText.SkipEscape(_text, ref _at);
            if (fault != JsonFault.None)
            {
                return fault;
            }
        }
    }

    private JsonFault Number()
    {
        int start = _at;
        if (_text[_at] == '-')
        {
            _at++;
        }

        int digits = _text[_at..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? _text.Length - _at : digits;
        if (digits == 0 || (digits > 1 && _text[_at] == '0'))
        {
            return JsonFault.Syntax;
        }

        _at += digits;
        if (_at < _text.Length && _text[_at] is (byte)'.' or (byte)'e' or (byte)'E')
        {
            return JsonFault.Number;
        }

        _tape.Close(_tape.Add(new JsonToken(JsonKind.Integer, false, start, 0, 0)), _at);
        return JsonFault.None;
    }

    private JsonFault Literal(ReadOnlySpan<byte> word, JsonKind kind)
    {
        if (!_text[_at..].StartsWith(word))
        {
            return JsonFault.Syntax;
        }

        int start = _at;
        _at += word.Length;
        _tape.Close(_tape.Add(new JsonToken(kind, false, start, 0, 0)), _at);
        return JsonFault.None;
    }

    private readonly bool Repeats(int parent, int name)
    {
        for (int other = parent + 1; other < name; other = _tape[other + 1].Next)
        {
            if (_tape.SameText(_tape[other], _tape[name]))
            {
                return true;
            }
        }

        return false;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _at++;
        }
    }

    private bool Take(byte wanted)
    {
        if (_at == _text.Length || _text[_at] != wanted)
        {
            return false;
        }

        _at++;
        return true;
    }

    private static byte[] ControlsAndQuotes()
    {
        var ends = new byte[34];
        for (byte control = 0; control < 32; control++)
        {
            ends[control] = control;
        }

        ends[32] = (byte)'"';
        ends[33] = (byte)'\\';
        return ends;
    }
}
