namespace Ringfence.Media.Sdp;

/// <summary>Where one line lies in the bytes of its session description.</summary>
/// <param name="Type">The letter before <c>=</c>.</param>
/// <param name="Start">Offset of the letter.</param>
/// <param name="Value">Offset of the first octet of the value.</param>
/// <param name="End">Offset behind the last octet of the value.</param>
/// <param name="Next">Offset behind the line's CRLF or LF.</param>
internal readonly record struct SdpLine(byte Type, int Start, int Value, int End, int Next);
