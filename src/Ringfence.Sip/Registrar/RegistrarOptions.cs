namespace Ringfence.Sip.Registrar;

/// <summary>What a registrar accepts.</summary>
public sealed record RegistrarOptions
{
    /// <summary>The domains that it registers for: host names, or addresses, an IPv6 one in brackets.</summary>
    public required IReadOnlyList<string> Domains { get; init; }

    /// <summary>Seconds that a binding lasts when the request does not say (RFC 3261 §10.2.1.1).</summary>
    public int DefaultExpires { get; init; } = 3600;

    /// <summary>The fewest seconds; fewer than these, and than an hour, are refused with 423 (§10.3 step 7).</summary>
    public int MinExpires { get; init; } = 60;

    /// <summary>The most seconds; more are cut down to them.</summary>
    public int MaxExpires { get; init; } = 7200;

    /// <summary>Contacts of one address-of-record.</summary>
    public int MaxBindings { get; init; } = 10;

    /// <summary>Octets of the Path of one binding.</summary>
    public int MaxPath { get; init; } = 2048;

    /// <summary>True when a 607 of a registered user is really acted on: then it is said in responses (RFC 8197 §4).</summary>
    public bool ActsOn607 { get; init; }

    /// <summary>
    /// Whether an authenticated user may register for an address-of-record; by default for the one of his own name.
    /// </summary>
    public Func<string, AddressOfRecord, bool> MayRegister { get; init; } =
        (user, address) => user == address.User || user == address.ToString();
}
