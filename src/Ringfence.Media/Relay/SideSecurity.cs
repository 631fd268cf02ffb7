using Ringfence.Media.Srtp;

namespace Ringfence.Media.Relay;

/// <summary>SRTP and SRTCP of one side, both ways; without keys everything goes as it is. Not thread-safe.</summary>
internal sealed class SideSecurity
{
    /// <summary>One for all calls of a clock, as it is the next one's at once.</summary>
    [ThreadStatic]
    private static byte[]? _protected;

    private SrtpContext? _sending;
    private SrtpContext? _receiving;
    private SrtcpContext? _reporting;
    private SrtcpContext? _reported;

    private static byte[] Protected => _protected ??= new byte[SrtpContext.MaxPacket];

    /// <summary>From now on both directions are protected; the keys' contexts belong to this.</summary>
    public void Secure(SrtpMasterKey ours, SrtpMasterKey theirs)
    {
        Dispose();
        (_sending, _reporting) = (new SrtpContext(ours), new SrtcpContext(ours));
        (_receiving, _reported) = (new SrtpContext(theirs), new SrtcpContext(theirs));
    }

    /// <summary>What comes is under another key from now on.</summary>
    public void Rekey(SrtpMasterKey theirs)
    {
        _receiving?.Dispose();
        _reported?.Dispose();
        (_receiving, _reported) = (new SrtpContext(theirs), new SrtcpContext(theirs));
    }

    /// <summary>The datagram as it is sent; what is given back holds until the next call.</summary>
    public ReadOnlySpan<byte> Protect(ReadOnlySpan<byte> packet)
    {
        if (_sending is null)
        {
            return packet;
        }
        packet.CopyTo(Protected);
        return Protected.AsSpan(0, _sending.Protect(Protected, packet.Length));
    }

    /// <summary>The report as it is sent; what is given back holds until the next call.</summary>
    public ReadOnlySpan<byte> ProtectReport(ReadOnlySpan<byte> report)
    {
        if (_reporting is null)
        {
            return report;
        }
        report.CopyTo(Protected);
        return Protected.AsSpan(0, _reporting.Protect(Protected, report.Length));
    }

    /// <summary>The packet in a datagram, changed in place; false when it is not authentic or came before.</summary>
    public bool TryOpen(ref Span<byte> datagram)
    {
        if (_receiving is null)
        {
            return true;
        }
        var isOpen = _receiving.Unprotect(datagram, out var length) == SrtpFault.None;
        datagram = isOpen ? datagram[..length] : default;
        return isOpen;
    }

    /// <summary>The report in a datagram, changed in place; false when it is not authentic or came before.</summary>
    public bool TryOpenReport(ref Span<byte> datagram)
    {
        if (_reported is null)
        {
            return true;
        }
        var isOpen = _reported.Unprotect(datagram, out var length) == SrtpFault.None;
        datagram = isOpen ? datagram[..length] : default;
        return isOpen;
    }

    public void Dispose()
    {
        _sending?.Dispose();
        _receiving?.Dispose();
        _reporting?.Dispose();
        _reported?.Dispose();
    }
}
