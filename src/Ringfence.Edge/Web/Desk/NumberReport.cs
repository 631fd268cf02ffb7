namespace Ringfence.Edge.Web.Desk;

/// <summary>A report about a number. Who made it is the reporter's business.</summary>
internal sealed record NumberReport
{
    public string At { get; init; } = "";
    public string Via { get; init; } = "";
    public string Outcome { get; init; } = "";
}
