using System.Text.Json;
using Ringfence.Diagnosis.Capture.Streams;

namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>
/// A line that is a JSON object, as container engines, the journal and log shippers write them: the text that was logged, and when.
/// </summary>
internal sealed class JsonLine
{
    private readonly GrowingBuffer _text = new();
    private byte[] _value = [];

    /// <summary>Takes the text out of the object: the value in which SIP stands, otherwise that of the member which holds log lines.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, ref LogContext context, out ReadOnlySpan<byte> text)
    {
        _text.Drop(_text.Length);
        var found = false;
        try
        {
            var reader = new Utf8JsonReader(line, isFinalBlock: true, state: default);
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                var holdsText = HoldsText(reader);
                var holdsTime = HoldsTime(reader);
                _ = reader.Read();
                var value = Value(ref reader);
                if (holdsTime)
                {
                    ObserveTime(value, ref context);
                }
                else if (value.IndexOf("SIP/2.0"u8) >= 0 || (holdsText && !found))
                {
                    found = true;
                    _text.Drop(_text.Length);
                    _text.Append(value);
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The framework tells text that is no JSON, and strings that are no Unicode, this way only.
            found = false;
        }

        text = _text.Span;
        return found;
    }

    private static bool HoldsText(in Utf8JsonReader name) =>
        name.ValueTextEquals("log"u8)
        || name.ValueTextEquals("message"u8)
        || name.ValueTextEquals("msg"u8)
        || name.ValueTextEquals("MESSAGE"u8);

    private static bool HoldsTime(in Utf8JsonReader name) =>
        name.ValueTextEquals("time"u8)
        || name.ValueTextEquals("ts"u8)
        || name.ValueTextEquals("timestamp"u8)
        || name.ValueTextEquals("@timestamp"u8)
        || name.ValueTextEquals("__REALTIME_TIMESTAMP"u8);

    // The journal writes what is not plain text as an array of byte values, and times as microseconds.
    private ReadOnlySpan<byte> Value(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            Room(reader.ValueSpan.Length);
            return _value.AsSpan(0, reader.CopyString(_value));
        }

        if (reader.TokenType == JsonTokenType.Number)
        {
            Room(reader.ValueSpan.Length);
            reader.ValueSpan.CopyTo(_value);
            return _value.AsSpan(0, reader.ValueSpan.Length);
        }

        var count = 0;
        while (reader.TokenType == JsonTokenType.StartArray || count > 0)
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetByte(out var value))
            {
                break;
            }

            Room(count + 1);
            _value[count++] = value;
        }

        return _value.AsSpan(0, count);
    }

    private void Room(int length)
    {
        if (_value.Length < length)
        {
            Array.Resize(ref _value, Math.Max(length, 2 * _value.Length));
        }
    }

    private static void ObserveTime(ReadOnlySpan<byte> value, ref LogContext context)
    {
        if (
            LogTimestamp.TryFind(value, context, out var time, out _) || LogTimestamp.TryStamp(value, context, out time)
        )
        {
            context.Time = time;
        }
    }
}
