using Ringfence.Media.Sdp;

namespace Ringfence.Media.EarlyMedia;

/// <summary>
/// What a <c>P-Early-Media</c> header authorizes (RFC 5009 section 8): a direction for each medium, seen from who is
/// called. Media flows early only where both this and the SDP allow it.
/// </summary>
public sealed class EarlyMediaAuthorization
{
    private const int MaxParameters = 64;

    private readonly MediaDirection[] _directions;

    private EarlyMediaAuthorization(MediaDirection[] directions, bool isGated, bool isSupported)
    {
        _directions = directions;
        IsGated = isGated;
        IsSupported = isSupported;
    }

    /// <summary>Everything: what holds without a header, outside of a network that gates early media.</summary>
    public static EarlyMediaAuthorization All { get; } = new([MediaDirection.SendRecv], false, false);

    /// <summary>Whether another network entity gates already (<c>gated</c>).</summary>
    public bool IsGated { get; }

    /// <summary>Whether the caller understands the header (<c>supported</c>).</summary>
    public bool IsSupported { get; }

    /// <summary>Whether the header asks for directions at all; without, what was authorized before still holds.</summary>
    public bool IsRequest => _directions.Length > 0;

    /// <summary>Reads the header's value; unknown parameters are ignored, as section 8 wants.</summary>
    public static EarlyMediaAuthorization Parse(ReadOnlySpan<char> value)
    {
        var directions = new List<MediaDirection>();
        var (isGated, isSupported) = (false, false);
        foreach (var range in value.Split(','))
        {
            var parameter = value[range].Trim();
            var direction = Direction(parameter);
            if (direction is { } known && directions.Count < MaxParameters)
            {
                directions.Add(known);
            }
            isGated |= parameter.Equals("gated", StringComparison.OrdinalIgnoreCase);
            isSupported |= parameter.Equals("supported", StringComparison.OrdinalIgnoreCase);
        }
        return new EarlyMediaAuthorization([.. directions], isGated, isSupported);
    }

    /// <summary>What is authorized for a medium: the last direction holds for all that follow.</summary>
    /// <param name="media">Place of the <c>m=</c> line.</param>
    public MediaDirection Of(int media) =>
        IsRequest ? _directions[Math.Min(media, _directions.Length - 1)] : MediaDirection.SendRecv;

    /// <summary>What several early dialogs that cannot be told apart leave: what all of them authorize (section 7).</summary>
    public EarlyMediaAuthorization MostRestrictive(EarlyMediaAuthorization other)
    {
        var both = new MediaDirection[Math.Max(1, Math.Max(_directions.Length, other._directions.Length))];
        for (var i = 0; i < both.Length; i++)
        {
            both[i] = Of(i) & other.Of(i);
        }
        return new EarlyMediaAuthorization(both, IsGated || other.IsGated, IsSupported && other.IsSupported);
    }

    private static MediaDirection? Direction(ReadOnlySpan<char> name) =>
        name.Equals("sendrecv", StringComparison.OrdinalIgnoreCase) ? MediaDirection.SendRecv
        : name.Equals("sendonly", StringComparison.OrdinalIgnoreCase) ? MediaDirection.SendOnly
        : name.Equals("recvonly", StringComparison.OrdinalIgnoreCase) ? MediaDirection.RecvOnly
        : name.Equals("inactive", StringComparison.OrdinalIgnoreCase) ? MediaDirection.Inactive
        : null;
}
