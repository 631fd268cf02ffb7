using BenchmarkDotNet.Attributes;
using Ringfence.Sip.Time;

namespace Ringfence.Bench.Micro;

/// <summary>Timers among 100,000 pending ones.</summary>
[MemoryDiagnoser]
public class TimerBenchmarks
{
    private readonly TimerWheel _wheel = new(0);
    private readonly Entry _entry = new();

    [GlobalSetup]
    public void Fill()
    {
        for (int i = 0; i < 100_000; i++)
        {
            _wheel.Arm(new Entry(), 1_000 + (i % 32_000));
        }
    }

    [Benchmark(Description = "arm and disarm")]
    public void ArmAndDisarm()
    {
        _wheel.Arm(_entry, 500);
        _wheel.Disarm(_entry);
    }

    private sealed class Entry : TimerEntry
    {
        protected internal override void OnDue(long now) { }
    }
}
