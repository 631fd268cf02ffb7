namespace Ringfence.Media.Sdp;

/// <summary>Why a session description was refused.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Line">The line, counted from 1; 0 when the whole body is meant.</param>
public readonly record struct SdpError(SdpFault Fault, int Line)
{
    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? $"{Fault}" : $"{Fault} in line {Line}";
}
