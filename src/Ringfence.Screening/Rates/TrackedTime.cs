namespace Ringfence.Screening.Rates;

/// <summary>Time in four bytes: seconds since 2020.</summary>
internal static class TrackedTime
{
    public const long Epoch = 1_577_836_800;

    public static uint Of(DateTimeOffset at) => (uint)Math.Clamp(at.ToUnixTimeSeconds() - Epoch, 1, uint.MaxValue);
}
