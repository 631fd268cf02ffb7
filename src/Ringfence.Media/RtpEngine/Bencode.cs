using System.Globalization;
using System.Text;

namespace Ringfence.Media.RtpEngine;

/// <summary>
/// A value of the encoding in which rtpengine is spoken to: a text, a number, a list or a dictionary. Read with limits: what
/// comes from the network is not believed.
/// </summary>
public sealed class Bencode
{
    private const int MostDepth = 12;
    private const int MostValues = 20_000;

    private readonly object _value;

    private Bencode(object value) => _value = value;

    /// <summary>A text.</summary>
    public static implicit operator Bencode(string text) => new(text);

    /// <summary>A number.</summary>
    public static implicit operator Bencode(long number) => new(number);

    /// <summary>A list of texts.</summary>
    public static implicit operator Bencode(string[] texts) => new(texts.Select(text => (Bencode)text).ToList());

    /// <summary>A dictionary.</summary>
    public static implicit operator Bencode(Dictionary<string, Bencode> members) =>
        new(new SortedDictionary<string, Bencode>(members, StringComparer.Ordinal));

    /// <summary>The text; null when it is something else.</summary>
    public string? Text => _value as string;

    /// <summary>The number; null when it is something else.</summary>
    public long? Number => _value is long number ? number : null;

    /// <summary>The values of a list; empty when it is something else.</summary>
    public IReadOnlyList<Bencode> List => _value as List<Bencode> ?? [];

    /// <summary>The members of a dictionary; empty when it is something else.</summary>
    public IReadOnlyDictionary<string, Bencode> Members => _value as SortedDictionary<string, Bencode> ?? [];

    /// <summary>A member of a dictionary; null when there is none of this name.</summary>
    public Bencode? this[string name] => Members.GetValueOrDefault(name);

    /// <summary>The octets; names of a dictionary in ascending order, texts in UTF-8.</summary>
    public byte[] Encode()
    {
        using MemoryStream stream = new();
        Write(stream);
        return stream.ToArray();
    }

    /// <summary>Reads one value that fills all of <paramref name="octets"/>; null when it is not well-formed or too large.</summary>
    public static Bencode? Decode(ReadOnlySpan<byte> octets)
    {
        int at = 0;
        int left = MostValues;
        Bencode? value = Read(octets, ref at, ref left, 0);
        return value is not null && at == octets.Length ? value : null;
    }

    private void Write(MemoryStream stream)
    {
        switch (_value)
        {
            case string text:
                byte[] octets = Encoding.UTF8.GetBytes(text);
                stream.Write(Ascii(octets.Length));
                stream.WriteByte((byte)':');
                stream.Write(octets);
                return;
            case long number:
                stream.WriteByte((byte)'i');
                stream.Write(Ascii(number));
                break;
            case List<Bencode> list:
                stream.WriteByte((byte)'l');
                list.ForEach(value => value.Write(stream));
                break;
            default:
                stream.WriteByte((byte)'d');
                foreach ((string name, Bencode value) in Members)
                {
                    ((Bencode)name).Write(stream);
                    value.Write(stream);
                }

                break;
        }

        stream.WriteByte((byte)'e');
    }

    private static byte[] Ascii(long number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    private static Bencode? Read(ReadOnlySpan<byte> octets, ref int at, ref int left, int depth)
    {
        if (at >= octets.Length || depth > MostDepth || --left < 0)
        {
            return null;
        }

        switch (octets[at])
        {
            case (byte)'i':
                at++;
                return ReadNumber(octets, ref at, (byte)'e') is { } number ? new Bencode(number) : null;
            case (byte)'l':
                at++;
                return ReadList(octets, ref at, ref left, depth);
            case (byte)'d':
                at++;
                return ReadDictionary(octets, ref at, ref left, depth);
            default:
                return ReadText(octets, ref at) is { } text ? new Bencode(text) : null;
        }
    }

    private static Bencode? ReadList(ReadOnlySpan<byte> octets, ref int at, ref int left, int depth)
    {
        List<Bencode> list = [];
        while (at < octets.Length && octets[at] != (byte)'e')
        {
            if (Read(octets, ref at, ref left, depth + 1) is not { } value)
            {
                return null;
            }

            list.Add(value);
        }

        return at++ < octets.Length ? new Bencode(list) : null;
    }

    private static Bencode? ReadDictionary(ReadOnlySpan<byte> octets, ref int at, ref int left, int depth)
    {
        SortedDictionary<string, Bencode> members = new(StringComparer.Ordinal);
        while (at < octets.Length && octets[at] != (byte)'e')
        {
            if (
                ReadText(octets, ref at) is not { } name
                || Read(octets, ref at, ref left, depth + 1) is not { } value
                || !members.TryAdd(name, value)
            )
            {
                return null;
            }
        }

        return at++ < octets.Length ? new Bencode(members) : null;
    }

    private static string? ReadText(ReadOnlySpan<byte> octets, ref int at)
    {
        if (ReadNumber(octets, ref at, (byte)':') is not { } length || length < 0 || length > octets.Length - at)
        {
            return null;
        }

        string text = Encoding.UTF8.GetString(octets.Slice(at, (int)length));
        at += (int)length;
        return text;
    }

    private static long? ReadNumber(ReadOnlySpan<byte> octets, ref int at, byte end)
    {
        int length = octets[at..].IndexOf(end);
        if (
            length is < 1 or > 20
            || !long.TryParse(
                octets.Slice(at, length),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out long number
            )
        )
        {
            return null;
        }

        at += length + 1;
        return number;
    }
}
