namespace Ringfence.Diagnosis.Capture;

/// <summary>One input: a name to show and a way to open its bytes (twice, if keys stand behind the packets that need them).</summary>
/// <param name="Name">What to call it in reports.</param>
/// <param name="Open">Opens the bytes from their beginning. May throw <see cref="IOException"/>; the outcome then says so.</param>
public sealed record CaptureInput(string Name, Func<Stream> Open)
{
    /// <summary>When it was last written, if that is known: logs leave out years and days.</summary>
    public DateTimeOffset? Written { get; init; }

    /// <summary>A file.</summary>
    public static CaptureInput File(string path) =>
        new(
            System.IO.Path.GetFileName(path),
            () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1)
        )
        {
            Written = System.IO.File.Exists(path)
                ? new DateTimeOffset(System.IO.File.GetLastWriteTimeUtc(path), TimeSpan.Zero)
                : null,
        };

    /// <summary>Bytes in memory.</summary>
    public static CaptureInput Bytes(string name, byte[] bytes) =>
        new(name, () => new MemoryStream(bytes, writable: false));
}
