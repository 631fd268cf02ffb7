using Ringfence.Media.Codecs;
using Ringfence.Media.EarlyMedia;

namespace Ringfence.Edge.Configuration;

/// <summary>What callers hear before the answer.</summary>
public sealed record EarlyMediaConfiguration
{
    private static readonly AudioFormat[] Standard = [AudioFormat.Pcma, AudioFormat.Pcmu, AudioFormat.G722];

    /// <summary>In place of a country: that of the caller's number, else of the language that it prefers.</summary>
    internal const string OfCaller = "caller";

    /// <summary>Country whose ringback is played (ISO 3166, lower case), or <c>caller</c>.</summary>
    public string Ringback { get; init; } = "us";

    /// <summary>Milliseconds of silence from the far side after which the local ringback comes back.</summary>
    public int SilenceAfterMs { get; init; } = 3_000;

    /// <summary>First UDP port of the RTP range.</summary>
    public int FirstPort { get; init; } = 20_000;

    /// <summary>Last UDP port of the RTP range.</summary>
    public int LastPort { get; init; } = 29_999;

    /// <summary>Folder into which the early media of each gated call is recorded as WAV; null for none.</summary>
    public string? RecordTo { get; init; }

    /// <summary>Milliseconds for which a call may ring before it ends with 480 (RFC 3261 §21.4.18).</summary>
    public int RingForMs { get; init; } = 180_000;

    /// <summary>Encodings that are offered and accepted, best first.</summary>
    public IReadOnlyList<AudioFormat> Codecs { get; init; } = Standard;

    /// <summary>Which of several early streams the caller hears.</summary>
    public ForkPolicy Fork { get; init; } = ForkPolicy.FirstHeard;

    /// <summary>What may flow before the answer, where the trunk says nothing else.</summary>
    public EarlyDirections Authorize { get; init; } = EarlyDirections.Both;

    /// <summary>Milliseconds of early media after which the call ends; 0 for no limit but <see cref="RingForMs"/>.</summary>
    public int LongestMs { get; init; }

    /// <summary>Milliseconds for which both may talk before the answer; then the callee hears the caller no more. 0 for no limit.</summary>
    public int BothWaysMs { get; init; }

    /// <summary>Whether the first seconds after the answer are listened to for signs that nobody answered.</summary>
    public bool JudgesAnswers { get; init; } = true;
}
