using System.ComponentModel;

namespace Ringfence.Edge.Web.Desk;

/// <summary>A caller on a callee's list.</summary>
internal sealed record ListEntryAnswer
{
    public required string Caller { get; init; }

    [Description("blocked, allowed or contacts")]
    public required string List { get; init; }

    public required DateTimeOffset Since { get; init; }

    [Description("Null for always")]
    public required DateTimeOffset? Until { get; init; }

    [Description("How the callee said so: BeforeAnswer, MidCall, StarCode, Button, Api, Command")]
    public required string Via { get; init; }
}
