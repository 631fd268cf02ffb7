using System.Collections.Concurrent;

namespace Ringfence.Media.Rtp;

/// <summary>
/// One thread that drives many streams: a tick every 20 ms, and a sweep before it and whenever a socket has something; where
/// sockets cannot be watched, a sweep every 10 ms. The streams are spread over the 20 ms, so that
/// they do not all want to send at once. Deadlines are absolute, so that nothing drifts; a thread held up catches up at most
/// <see cref="MaxCatchUp"/> ticks and leaves out the rest. Without <see cref="Start"/> it is driven by hand through
/// <see cref="Advance"/>.
/// </summary>
public sealed partial class MediaClock : IDisposable
{
    /// <summary>Time between two ticks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Time between two sweeps of a stream whose sockets cannot be watched.</summary>
    public static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>Most ticks that are made up for at once.</summary>
    public const int MaxCatchUp = 5;

    /// <summary>Moments within the 20 ms at which a share of the streams is ticked; half a round later it is swept where need be.</summary>
    internal const int Phases = 10;

    private static readonly TimeSpan Step = Interval / Phases;

    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ConcurrentQueue<(IMediaStream Stream, bool Add)> _requests = new();
    private readonly ClockPhase[] _phases = [.. Enumerable.Range(0, Phases).Select(_ => new ClockPhase())];
    private readonly Dictionary<IMediaStream, (ClockPhase Phase, int Place)> _places = [];
    private readonly Readiness? _readiness = OperatingSystem.IsLinux() ? new Readiness() : null;
    private readonly ManualResetEventSlim _wake = new(initialState: false, spinCount: 0);
    private volatile bool _isOver;
    private long _next = 1;
    private long _skippedSteps;
    private int _count;
    private Thread? _thread;

    /// <summary>A clock that begins now.</summary>
    /// <param name="time">Gives the timestamps.</param>
    public MediaClock(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
    }

    /// <summary>Time since the beginning.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>How late ticks were.</summary>
    public TickLateness Lateness { get; } = new();

    /// <summary>Streams driven now.</summary>
    public int Streams => Volatile.Read(ref _count);

    /// <summary>Ticks left out because the thread was held up.</summary>
    public long Skipped => Volatile.Read(ref _skippedSteps) / Phases;

    /// <summary>A stream threw, which is a fault of its program; it is let go of, and the others go on.</summary>
    public event Action<IMediaStream, Exception>? Faulted;

    /// <summary>Begins to drive a stream, from the next sweep on. Thread-safe.</summary>
    public void Add(IMediaStream stream) => Request(stream, add: true);

    /// <summary>Lets go of a stream; it hears of it by <see cref="IMediaStream.Removed"/>. Thread-safe.</summary>
    public void Remove(IMediaStream stream) => Request(stream, add: false);

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        _thread = new Thread(Run)
        {
            Name = "media clock",
            IsBackground = true,
            Priority = ThreadPriority.Highest,
        };
        _thread.Start();
    }

    /// <summary>Does what is due.</summary>
    /// <returns>Time until something is due again.</returns>
    public TimeSpan Advance()
    {
        if (_places.Count == 0)
        {
            // Nobody missed what was not done for anybody.
            _next = Math.Max(_next, (long)(Now / Step) + 1);
        }
        ServeRequests();
        Receive();
        var due = (long)(Now / Step);
        // However long it was held up, each stream is swept once, or twice where it is unwatched.
        for (var step = Math.Max(_next, due - Phases + 1); step <= due; step++)
        {
            Sweep(_phases[step % Phases].Streams, Now);
            Sweep(_phases[(step + Phases / 2) % Phases].Unwatched, Now);
        }
        for (var caught = 0; _next <= due && caught < MaxCatchUp * Phases; caught++)
        {
            Tick(_phases[_next % Phases], Step * _next);
            _next++;
        }
        if (_next <= due)
        {
            Skip(due + 1 - _next);
        }
        var wait = NextDue() - Now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Stops the thread and lets go of every stream.</summary>
    public void Dispose()
    {
        _isOver = true;
        _wake.Set();
        if (_thread is null)
        {
            LetGo();
        }
        else if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    /// <summary>The next moment that a stream is ticked or swept at.</summary>
    private TimeSpan NextDue()
    {
        for (var step = _next; step < _next + Phases; step++)
        {
            if (_phases[step % Phases].Streams.Count + _phases[(step + Phases / 2) % Phases].Unwatched.Count > 0)
            {
                return Step * step;
            }
        }
        return Step * _next + SweepInterval;
    }

    private void Skip(long steps)
    {
        for (var i = 0; i < Phases; i++)
        {
            // Of the steps left out, those that were this phase's.
            var first = (i - _next % Phases + Phases) % Phases;
            _phases[i].Skipped += first < steps ? (int)(1 + (steps - 1 - first) / Phases) : 0;
        }
        Volatile.Write(ref _skippedSteps, _skippedSteps + steps);
        _next += steps;
    }
}
