using Ringfence.Diagnosis.Capture.Fetches;

namespace Ringfence.Diagnosis.Capture;

/// <summary>What reading the inputs came to.</summary>
public sealed record CaptureOutcome
{
    /// <summary>What each input turned out to be, in the order given.</summary>
    public required IReadOnlyList<CaptureFormat> Formats { get; init; }

    /// <summary>Frames, HEP packets and logged messages read.</summary>
    public long Frames { get; init; }

    /// <summary>SIP messages delivered.</summary>
    public long SipMessages { get; init; }

    /// <summary>UDP datagrams delivered that are not SIP.</summary>
    public long Datagrams { get; init; }

    /// <summary>Frames shorter than what was on the wire (snap length).</summary>
    public long SnappedFrames { get; init; }

    /// <summary>Packets captured at a second place (another interface, another file) that were left out, so that each counts once.</summary>
    public long Copies { get; init; }

    /// <summary>Places in TCP streams that the capture does not hold.</summary>
    public long StreamGaps { get; init; }

    /// <summary>TLS connections that could not be read, for want of a key or for one of the two reasons that follow.</summary>
    public long UndecryptedSessions { get; init; }

    /// <summary>Of these, those whose beginning is not in the capture: no key log opens them, as it names keys by the first message.</summary>
    public long TlsWithoutBeginning { get; init; }

    /// <summary>Of these, those for which there is a key, with a cipher suite that is not known here.</summary>
    public long UnknownTlsCiphers { get; init; }

    /// <summary>TLS alerts that could be read, at most a thousand.</summary>
    public IReadOnlyList<TlsAlert> TlsAlerts { get; init; } = [];

    /// <summary>What was seen of fetches over https, the latest some thousand steps.</summary>
    internal IReadOnlyList<FetchStep> Fetches { get; init; } = [];

    /// <summary>Datagrams whose fragments never came together.</summary>
    public long LostFragments { get; init; }

    /// <summary>Damaged places, at most a hundred an input.</summary>
    public IReadOnlyList<CaptureDamage> Damage { get; init; } = [];

    /// <summary>Whether anything at all was read.</summary>
    public bool AnythingRead => Frames > 0;
}
