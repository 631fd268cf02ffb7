using System.Buffers.Text;

namespace Ringfence.Stir.Passport;

/// <summary>One value of a <see cref="JsonTape"/>.</summary>
internal readonly struct JsonValue(JsonTape tape, int index)
{
    /// <summary>What it is; <see cref="JsonKind.Absent"/> for a member that is not there.</summary>
    public JsonKind Kind => tape is null ? JsonKind.Absent : tape[index].Kind;

    /// <summary>The octets as received; of text, without the quotes and with its escapes.</summary>
    public ReadOnlyMemory<byte> Raw => tape.SliceMemory(tape[index]);

    /// <summary>The characters of a text.</summary>
    public string Text => tape.Text(tape[index]);

    /// <summary>The member of an object, or an absent value.</summary>
    public JsonValue this[ReadOnlySpan<byte> name]
    {
        get
        {
            if (Kind != JsonKind.Object)
            {
                return default;
            }

            for (int at = index + 1; at < tape[index].Next; at = tape[at + 1].Next)
            {
                JsonToken member = tape[at];
                if (
                    member.Escaped
                        ? tape.Text(member) == System.Text.Encoding.UTF8.GetString(name)
                        : tape.Slice(member).SequenceEqual(name)
                )
                {
                    return new JsonValue(tape, at + 1);
                }
            }

            return default;
        }
    }

    /// <summary>The members of an object in their order.</summary>
    public IEnumerable<(string Name, JsonValue Value)> Members()
    {
        if (Kind != JsonKind.Object)
        {
            yield break;
        }

        for (int at = index + 1; at < tape[index].Next; at = tape[at + 1].Next)
        {
            yield return (tape.Text(tape[at]), new JsonValue(tape, at + 1));
        }
    }

    /// <summary>The elements of an array in their order.</summary>
    public IEnumerable<JsonValue> Elements()
    {
        if (Kind != JsonKind.Array)
        {
            yield break;
        }

        for (int at = index + 1; at < tape[index].Next; at = tape[at].Next)
        {
            yield return new JsonValue(tape, at);
        }
    }

    /// <summary>How many elements an array has.</summary>
    public int Length()
    {
        int count = 0;
        for (int at = index + 1; Kind == JsonKind.Array && at < tape[index].Next; at = tape[at].Next)
        {
            count++;
        }

        return count;
    }

    /// <summary>The n-th element of an array, which must be there.</summary>
    public JsonValue Element(int n)
    {
        int at = index + 1;
        for (; n > 0; n--)
        {
            at = tape[at].Next;
        }

        return new JsonValue(tape, at);
    }

    /// <summary>The integer, when it is one that 64 bits hold.</summary>
    public bool TryInteger(out long value)
    {
        value = 0;
        if (Kind != JsonKind.Integer)
        {
            return false;
        }

        var digits = Raw.Span;
        return Utf8Parser.TryParse(digits, out value, out int read) && read == digits.Length;
    }

    /// <summary>The text, when it is one.</summary>
    public bool TryText(out string text)
    {
        bool isText = Kind == JsonKind.Text;
        text = isText ? Text : string.Empty;
        return isText;
    }
}
