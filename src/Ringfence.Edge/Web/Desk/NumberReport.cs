namespace Ringfence.Edge.Web.Desk;

/// <summary>A report about a number. Who made it is the reporter's business.</summary>
public sealed record NumberReport
{
    /// <summary>When.</summary>
    public string At { get; init; } = "";

    /// <summary>How.</summary>
    public string Via { get; init; } = "";

    /// <summary>What it did for others.</summary>
    public string Outcome { get; init; } = "";
}
