namespace Ringfence.Stir.Authentication;

/// <summary>The policy of signing.</summary>
public sealed record AuthenticationOptions
{
    /// <summary>The trunks whose calls are signed.</summary>
    public IReadOnlyList<SigningTrunk> Trunks { get; init; } = [];

    /// <summary>The customers.</summary>
    public IReadOnlyList<SigningCustomer> Customers { get; init; } = [];

    /// <summary>Numbers that are never signed, as dialled.</summary>
    public IReadOnlySet<string> EmergencyNumbers { get; init; } =
        new HashSet<string> { "110", "112", "118", "119", "911", "933", "988", "999", "000" };

    /// <summary>Makes "origid" values that outsiders cannot relate; at least 16 octets.</summary>
    public required ReadOnlyMemory<byte> OrigIdSecret { get; init; }

    /// <summary>How long a shared "origid" stays the same.</summary>
    public TimeSpan OrigIdPeriod { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Name of this gateway, for <see cref="OrigIdPolicy.PerGateway"/>.</summary>
    public string Gateway { get; init; } = "gateway";
}
