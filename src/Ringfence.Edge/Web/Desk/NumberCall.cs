namespace Ringfence.Edge.Web.Desk;

/// <summary>A call of a number.</summary>
internal sealed record NumberCall
{
    public string Id { get; init; } = "";
    public string Started { get; init; } = "";
    public string Callee { get; init; } = "";
    public string Verdict { get; init; } = "";
    public string Reasons { get; init; } = "";
    public long Status { get; init; }
    public string Verification { get; init; } = "";
    public string Attestation { get; init; } = "";
    public string Said { get; init; } = "";
    public string RedressToken { get; init; } = "";
    public string RejectedBy { get; init; } = "";
}
