using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Lists;

/// <summary>A range of numbers of one length, both ends included.</summary>
internal readonly record struct NumberRange(ListSlot Low, ulong High)
{
    public ulong Width => High - Low.Key;

    public PhoneNumber Last => PhoneNumber.FromKey(High);
}
