namespace Ringfence.Stir.Claims;

/// <summary>"rcd": the caller's name and card (RFC 9795).</summary>
public sealed record RichCallData
{
    /// <summary>"nam": the name to show. Required, may be empty.</summary>
    public required string Name { get; init; }

    /// <summary>"apn": an alternate number to show.</summary>
    public string? AlternateNumber { get; init; }

    /// <summary>"icn": where the caller's icon lies.</summary>
    public string? Icon { get; init; }

    /// <summary>"jcd": a jCard (RFC 7095) as JSON text. Not together with <see cref="CardLink"/>.</summary>
    public string? Card { get; init; }

    /// <summary>"jcl": where the jCard lies.</summary>
    public string? CardLink { get; init; }

    /// <summary>"rcdi": digests by JSON pointer into "rcd", such as "/icn" to "sha256-…".</summary>
    public IReadOnlyDictionary<string, string> Integrity { get; init; } = new Dictionary<string, string>();
}
