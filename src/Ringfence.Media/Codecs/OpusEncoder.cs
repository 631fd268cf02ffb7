using System.Runtime.InteropServices;

namespace Ringfence.Media.Codecs;

/// <summary>The state of an encoder of libopus.</summary>
internal sealed class OpusEncoder() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpusLibrary.DestroyEncoder(handle);
        return true;
    }
}
