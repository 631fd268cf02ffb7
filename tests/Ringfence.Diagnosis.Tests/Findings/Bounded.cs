using System.Diagnostics;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>An end within two seconds. What does not end at all fails as well, and what is slow is tried again: others may have had the machine.</summary>
internal static class Bounded
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(1);

    public static void Run(Action action, Func<string> what)
    {
        if (Time(action, what) > Longest)
        {
            Time(action, what).ShouldBeLessThan(Longest, what());
        }
    }

    private static TimeSpan Time(Action action, Func<string> what)
    {
        var started = Stopwatch.GetTimestamp();
        var task = Task.Run(action, TestContext.Current.CancellationToken);
        if (!((IAsyncResult)task).AsyncWaitHandle.WaitOne(Never))
        {
            Assert.Fail("no end: " + what());
        }

        task.GetAwaiter().GetResult();
        return Stopwatch.GetElapsedTime(started);
    }
}
