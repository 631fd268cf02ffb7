using System.Text;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Registrar;

/// <summary>One contact of an address-of-record (RFC 3261 §10.3).</summary>
public sealed record Binding
{
    /// <summary>The contact's URI, as registered.</summary>
    public required ReadOnlyMemory<byte> Uri { get; init; }

    /// <summary>Its other parameters (+sip.instance, methods and the like) from the first semicolon, without q and expires.</summary>
    public ReadOnlyMemory<byte> Parameters { get; init; }

    /// <summary>q in thousandths; 1000 when none was given.</summary>
    public int Q { get; init; } = 1000;

    /// <summary>When it ends.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>Call-ID of the REGISTER that set it.</summary>
    public required ReadOnlyMemory<byte> CallId { get; init; }

    /// <summary>CSeq of the REGISTER that set it.</summary>
    public required uint Sequence { get; init; }

    /// <summary>The route to it, as Route values in order, separated by commas (RFC 3327 §5.3); empty for none.</summary>
    public ReadOnlyMemory<byte> Path { get; init; }

    /// <summary>Where the REGISTER came from: the way back through a NAT, or the connection of a browser.</summary>
    public Peer From { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Encoding.UTF8.GetString(Uri.Span)} until {Expires:O}";
}
