namespace Ringfence.Media.Dtmf;

/// <summary>A digit that was pressed.</summary>
/// <param name="Digit"><c>0</c> to <c>9</c>, <c>*</c>, <c>#</c>, <c>A</c> to <c>D</c>.</param>
/// <param name="At">When it was noticed.</param>
/// <param name="Source">By which way it came.</param>
public readonly record struct DtmfDigit(char Digit, TimeSpan At, DtmfSource Source)
{
    /// <summary>The digits in the order of their event codes (RFC 4733 section 3.2).</summary>
    public const string All = "0123456789*#ABCD";
}
