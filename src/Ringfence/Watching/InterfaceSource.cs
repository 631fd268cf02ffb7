using Ringfence.Diagnosis.Live;

namespace Ringfence.Watching;

/// <summary>The packets of an interface.</summary>
internal sealed class InterfaceSource : IPacketSource
{
    private readonly InterfaceCapture _capture;

    private InterfaceSource(string name, InterfaceCapture capture)
    {
        Name = name;
        _capture = capture;
    }

    public string Name { get; }

    public long Dropped => _capture.Dropped;

    internal static InterfaceSource? Open(string device, string? filter, out string problem) =>
        InterfaceCapture.Open(device, filter, out problem) is { } capture
            ? new InterfaceSource($"interface {device}", capture)
            : null;

    public bool Read(LiveDecoder decoder) => _capture.Read(decoder);

    public void Dispose() => _capture.Dispose();
}
