namespace Ringfence.Screening.Refusal;

/// <summary>Whom a wrongly refused caller can contact. At least one of the four ways is there (RFC 8688 §3.2.2).</summary>
public sealed record RedressContact
{
    /// <summary>The name of the desk or company.</summary>
    public required string Name { get; init; }

    /// <summary>A page to appeal on.</summary>
    public Uri? Url { get; init; }

    /// <summary>An e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>A number with country code, "+15551230000".</summary>
    public string? Tel { get; init; }

    /// <summary>A postal address in the seven parts of RFC 6350 §6.3.1, from the post office box to the country; or null.</summary>
    public IReadOnlyList<string>? Address { get; init; }

    /// <summary>True when there is a way to contact anybody.</summary>
    public bool IsReachable => Url is not null || Email is not null || Tel is not null || Address is not null;
}
