namespace Ringfence.Diagnosis.Identities;

/// <summary>A clock that shows the time of the frame that is looked at.</summary>
internal sealed class FrameClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}
