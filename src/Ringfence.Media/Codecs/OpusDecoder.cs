using System.Runtime.InteropServices;

namespace Ringfence.Media.Codecs;

/// <summary>The state of a decoder of libopus.</summary>
internal sealed class OpusDecoder() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpusLibrary.DestroyDecoder(handle);
        return true;
    }
}
