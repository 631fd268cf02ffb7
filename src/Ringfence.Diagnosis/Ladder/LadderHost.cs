namespace Ringfence.Diagnosis.Ladder;

/// <summary>One column of a ladder.</summary>
/// <param name="Name">What people call it: caller, edge, pbx1.</param>
/// <param name="Address">Its address, ports merged; may be empty.</param>
public sealed record LadderHost(string Name, string Address = "")
{
    /// <summary>What it does in the call.</summary>
    public LadderRole Role { get; init; }

    /// <summary>The product that it says it is, in User-Agent or Server; may be empty.</summary>
    public string Product { get; init; } = "";
}
