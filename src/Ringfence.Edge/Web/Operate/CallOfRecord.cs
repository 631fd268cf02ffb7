using Ringfence.Screening.Facts;

namespace Ringfence.Edge.Web.Operate;

/// <summary>Of a recorded call what a report about it needs.</summary>
internal sealed record CallOfRecord
{
    public string Id { get; init; } = "";
    public string Caller { get; init; } = "";
    public string Callee { get; init; } = "";
    public string Verification { get; init; } = "";
    public string Attestation { get; init; } = "";

    internal (Party Caller, Party Callee) Parties => (Party.Parse(Caller), Party.Parse(Callee));
}
