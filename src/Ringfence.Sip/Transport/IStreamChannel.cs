namespace Ringfence.Sip.Transport;

/// <summary>
/// The bytes of a connection, plain or under TLS. Errors are values: whatever ends the connection, it has ended. One reader and one
/// writer at a time.
/// </summary>
internal interface IStreamChannel : IDisposable
{
    /// <summary>Waits, without a buffer, until there is something to receive; false when the connection has ended.</summary>
    ValueTask<bool> WaitAsync();

    /// <summary>Receives some bytes; 0 when the connection has ended.</summary>
    ValueTask<int> ReceiveAsync(Memory<byte> room);

    /// <summary>Sends all of it; false when the connection has ended.</summary>
    ValueTask<bool> SendAsync(Memory<byte> bytes);

    /// <summary>Tells the far end that nothing more will come; false when the connection has ended.</summary>
    ValueTask<bool> EndAsync();
}
