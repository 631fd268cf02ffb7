using System.Text;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Calls;

/// <summary>One header line to be added to a message of ours.</summary>
/// <remarks>A value with CR, LF or NUL makes the call that writes it throw <see cref="ArgumentException"/>.</remarks>
public readonly record struct HeaderField
{
    private readonly HeaderId _id;
    private readonly ReadOnlyMemory<byte> _name;
    private readonly ReadOnlyMemory<byte> _value;

    /// <summary>A header that the stack knows, with its value in UTF-8.</summary>
    public HeaderField(HeaderId id, ReadOnlyMemory<byte> value)
    {
        _id = id;
        _value = value;
    }

    /// <summary>A header that the stack knows.</summary>
    public HeaderField(HeaderId id, string value)
        : this(id, Encoding.UTF8.GetBytes(value)) { }

    /// <summary>A header under a name of its own.</summary>
    public HeaderField(string name, string value)
    {
        _name = Encoding.UTF8.GetBytes(name);
        _value = Encoding.UTF8.GetBytes(value);
        _id = HeaderNames.Find(_name.Span);
    }

    /// <summary>The header's id, <see cref="HeaderId.Other"/> for one under a name of its own.</summary>
    public HeaderId Id => _id;

    /// <summary>The value of the first of these headers with this id; empty when there is none.</summary>
    internal static ReadOnlySpan<byte> Find(ReadOnlySpan<HeaderField> headers, HeaderId id)
    {
        foreach (ref readonly HeaderField header in headers)
        {
            if (header._id == id)
            {
                return header._value.Span;
            }
        }

        return default;
    }

    internal void WriteTo(ForwardWriter writer)
    {
        if (_id == HeaderId.Other)
        {
            writer.InsertLast(_name.Span, _value.Span);
        }
        else
        {
            writer.InsertLast(_id, _value.Span);
        }
    }

    internal void WriteTo(SipWriter writer)
    {
        if (_id == HeaderId.Other)
        {
            writer.Header(_name.Span, _value.Span);
        }
        else
        {
            writer.Header(_id, _value.Span);
        }
    }
}
