namespace Ringfence.Edge.Gate;

/// <summary>A recording while the call goes on; handed over, whole, when it is closed.</summary>
internal sealed class RecordingBuffer(Action<byte[]> finished) : MemoryStream
{
    private bool _isClosed;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isClosed)
        {
            _isClosed = true;
            finished(ToArray());
        }

        base.Dispose(disposing);
    }
}
