namespace Ringfence.Edge.Web.Desk;

/// <summary>A call of a number.</summary>
public sealed record NumberCall
{
    /// <summary>Its id in the records.</summary>
    public string Id { get; init; } = "";

    /// <summary>When its INVITE arrived.</summary>
    public string Started { get; init; } = "";

    /// <summary>Who was called.</summary>
    public string Callee { get; init; } = "";

    /// <summary>Progress, Challenge or Refuse.</summary>
    public string Verdict { get; init; } = "";

    /// <summary>Why, one a line.</summary>
    public string Reasons { get; init; } = "";

    /// <summary>The final status; 0 for none.</summary>
    public long Status { get; init; }

    /// <summary>What verification said.</summary>
    public string Verification { get; init; } = "";

    /// <summary>A, B, C or empty.</summary>
    public string Attestation { get; init; } = "";

    /// <summary>What the callee said.</summary>
    public string Said { get; init; } = "";

    /// <summary>The token of the refusal; may be empty.</summary>
    public string RedressToken { get; init; } = "";

    /// <summary>Who rejected it further on, by its jCard; may be empty.</summary>
    public string RejectedBy { get; init; } = "";
}
