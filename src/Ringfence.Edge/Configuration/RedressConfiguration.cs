using Ringfence.Screening.Refusal;

namespace Ringfence.Edge.Configuration;

/// <summary>What a wrongly refused caller can do: whom to contact, and where its refusal is explained.</summary>
public sealed record RedressConfiguration
{
    /// <summary>Whom to contact; null: nobody is named, and no jCard is served.</summary>
    public RedressContact? Contact { get; init; }

    /// <summary>Where callers see the pages, without a path; null: nothing on the wire leads to them.</summary>
    public Uri? Address { get; init; }

    /// <summary>Signs the jCards of 608; null: none is served.</summary>
    public RedressSigner? Signer { get; init; }

    /// <summary>Where in the network this edge releases calls (RFC 8606).</summary>
    public ReleaseLocation Location { get; init; } = ReleaseLocation.LocalNetwork;

    /// <summary>The address of a call's signed jCard; null where none is served.</summary>
    public Uri? Card(string token) => Signer is null || Contact is null ? null : At("redress", token);

    /// <summary>The address of the page that explains a call's refusal; null where callers cannot see it.</summary>
    public Uri? Why(string token) => At("why", token);

    private Uri? At(string folder, string token) => Address is null ? null : new Uri(Address, $"/{folder}/{token}");
}
