namespace Ringfence.Media.EarlyMedia;

/// <summary>What the caller shall hear before the answer.</summary>
public enum CallerHears
{
    /// <summary>Nothing: neither alerting nor media.</summary>
    Nothing,

    /// <summary>A ringback tone made here.</summary>
    LocalRingback,

    /// <summary>The far side.</summary>
    FarSide,
}
