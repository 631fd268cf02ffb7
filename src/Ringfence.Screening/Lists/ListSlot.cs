using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Lists;

/// <summary>One entry in eight bytes: the number's key, whether it is an exception, and the index of its label (0 is none).</summary>
internal readonly record struct ListSlot(ulong Bits)
{
    /// <summary>The bits of a slot that hold the number.</summary>
    public const ulong KeyMask = (1UL << PhoneNumber.KeyBits) - 1;

    private const ulong ExceptionBit = 1UL << PhoneNumber.KeyBits;
    private const int LabelShift = PhoneNumber.KeyBits + 1;

    public ListSlot(PhoneNumber number, bool isException, byte label)
        : this(number.Key | (isException ? ExceptionBit : 0) | ((ulong)label << LabelShift)) { }

    public ulong Key => Bits & KeyMask;

    public PhoneNumber Number => PhoneNumber.FromKey(Key);

    public bool IsException => (Bits & ExceptionBit) != 0;

    public byte Label => (byte)(Bits >> LabelShift);
}
