using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Tests.Capture;

internal sealed record CollectedMessage(
    long Frame,
    long Time,
    PacketAddress Source,
    PacketAddress Destination,
    PacketTransport Transport,
    bool Truncated,
    string Text
)
{
    public string StartLine => Text[..Text.IndexOfAny(['\r', '\n'])];

    public string MethodOrStatus =>
        Text.StartsWith("SIP/2.0 ", StringComparison.Ordinal) ? Text[8..11] : Text[..Text.IndexOf(' ')];
}
