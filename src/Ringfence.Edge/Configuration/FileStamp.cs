namespace Ringfence.Edge.Configuration;

/// <summary>By what a change of a file is noticed.</summary>
/// <param name="Written">When it was last written.</param>
/// <param name="Length">How long it is; −1 where there is none.</param>
internal readonly record struct FileStamp(DateTime Written, long Length)
{
    internal static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.LastWriteTimeUtc, file.Length) : new FileStamp(default, -1);
    }
}
