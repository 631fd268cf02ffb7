using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ringfence.Media.Rtp;

/// <content>The thread.</content>
public sealed partial class MediaClock
{
    /// <summary>Most datagrams taken from one socket at once; more are a flood, and the rest waits its turn.</summary>
    private const int MaxReceptions = 8;

    /// <summary>What comes within this time is taken together: waking up for each packet costs more than the packet.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(1);

    private void Run()
    {
        if (OperatingSystem.IsLinux())
        {
            Hurry();
        }
        while (true)
        {
            _wake.Reset();
            if (_isOver)
            {
                break;
            }
            var began = Now;
            var wait = Advance();
            if (_places.Count == 0)
            {
                _wake.Wait();
            }
            else if (OperatingSystem.IsLinux())
            {
                Wait(began, wait);
            }
            else
            {
                // These waits have a grain of 1 ms: rounding up is late by less than that, rounding down would spin.
                _wake.Wait((int)Math.Ceiling(wait.TotalMilliseconds));
            }
        }
        LetGo();
    }

    [SupportedOSPlatform("linux")]
    private void Wait(TimeSpan began, TimeSpan wait)
    {
        var gathering = began + Gathering - Now;
        if (gathering > TimeSpan.Zero)
        {
            gathering = gathering < wait ? gathering : wait;
            Readiness.Pause(gathering);
            wait -= gathering;
        }
        if (wait > TimeSpan.Zero)
        {
            _readiness!.Wait(wait);
        }
    }

    /// <summary>
    /// Takes precedence over the other threads of this machine where that is allowed: the priority that the framework gives has no
    /// effect on Linux.
    /// </summary>
    [SupportedOSPlatform("linux")]
    private static void Hurry() => _ = SetPriority(0, 0, -15);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int nice);
}
