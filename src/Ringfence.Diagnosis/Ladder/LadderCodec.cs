namespace Ringfence.Diagnosis.Ladder;

/// <summary>One codec of an offer or an answer, for the lines where both stand side by side.</summary>
/// <param name="Name">Encoding and clock: <c>PCMA/8000</c>.</param>
/// <param name="Offered">Its payload type in the offer; null where it was not offered.</param>
/// <param name="Answered">Its payload type in the answer; null where it was not answered.</param>
/// <param name="Played">RTP packets of the call that carried it, both ways together; null where the trace has no RTP of the call.</param>
public sealed record LadderCodec(string Name, byte? Offered, byte? Answered, long? Played = null);
