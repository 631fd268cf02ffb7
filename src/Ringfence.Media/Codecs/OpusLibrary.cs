using System.Reflection;
using System.Runtime.InteropServices;

namespace Ringfence.Media.Codecs;

/// <summary>libopus, loaded when it is first asked for. Function names and arguments are those of opus.h.</summary>
internal static partial class OpusLibrary
{
    /// <summary>OPUS_APPLICATION_VOIP.</summary>
    internal const int Voip = 2048;

    private const string Name = "opus";

    private static readonly string[] FileNames = ["libopus.so.0", "libopus.0.dylib", "opus.dll", "libopus"];
    private static readonly nint Handle = Load();

    internal static bool IsPresent => Handle != 0;

    [LibraryImport(Name, EntryPoint = "opus_encoder_create")]
    internal static partial OpusEncoder CreateEncoder(int sampleRate, int channels, int application, out int error);

    [LibraryImport(Name, EntryPoint = "opus_encode")]
    internal static partial int Encode(
        OpusEncoder encoder,
        ReadOnlySpan<short> samples,
        int frameSize,
        Span<byte> data,
        int maxDataBytes
    );

    [LibraryImport(Name, EntryPoint = "opus_encoder_destroy")]
    internal static partial void DestroyEncoder(nint encoder);

    [LibraryImport(Name, EntryPoint = "opus_decoder_create")]
    internal static partial OpusDecoder CreateDecoder(int sampleRate, int channels, out int error);

    [LibraryImport(Name, EntryPoint = "opus_decode")]
    internal static partial int Decode(
        OpusDecoder decoder,
        ReadOnlySpan<byte> data,
        int length,
        Span<short> samples,
        int frameSize,
        int decodeFec
    );

    [LibraryImport(Name, EntryPoint = "opus_decoder_destroy")]
    internal static partial void DestroyDecoder(nint decoder);

    private static nint Load()
    {
        var assembly = typeof(OpusLibrary).Assembly;
        foreach (var file in FileNames)
        {
            if (NativeLibrary.TryLoad(file, assembly, DllImportSearchPath.SafeDirectories, out var handle))
            {
                NativeLibrary.SetDllImportResolver(assembly, Resolve);
                return handle;
            }
        }
        return 0;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == Name ? Handle : 0;
}
