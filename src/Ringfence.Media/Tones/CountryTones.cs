namespace Ringfence.Media.Tones;

/// <summary>The call progress tones of one country (ITU-T E.180 and its list of national tones).</summary>
public sealed record CountryTones
{
    /// <summary>ISO 3166-1 alpha-2 code in capitals.</summary>
    public required string Country { get; init; }

    /// <summary>English name.</summary>
    public required string Name { get; init; }

    /// <summary>E.164 country codes, or country code and area codes where several countries share one.</summary>
    public required IReadOnlyList<string> CallingCodes { get; init; }

    /// <summary>The called party is being alerted.</summary>
    public required CountryTone Ringback { get; init; }

    /// <summary>The called party is busy.</summary>
    public required CountryTone Busy { get; init; }

    /// <summary>The network cannot serve the call now; also called reorder or fast busy.</summary>
    public required CountryTone Congestion { get; init; }

    /// <summary>A second call waits for the called party.</summary>
    public required CountryTone Waiting { get; init; }

    /// <summary>An announcement follows, or the call cannot be served for another reason (SIT).</summary>
    public required CountryTone Information { get; init; }
}
