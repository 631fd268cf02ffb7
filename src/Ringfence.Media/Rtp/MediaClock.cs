using System.Collections.Concurrent;

namespace Ringfence.Media.Rtp;

/// <summary>
/// One thread that drives many streams: a sweep every 10 ms, a tick every 20 ms. Deadlines are absolute, so that
/// nothing drifts; a thread held up catches up at most <see cref="MaxCatchUp"/> ticks and leaves out the rest.
/// Without <see cref="Start"/> it is driven by hand through <see cref="Advance"/>.
/// </summary>
public sealed class MediaClock : IDisposable
{
    /// <summary>Time between two ticks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Time between two sweeps.</summary>
    public static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>Most ticks that are made up for at once.</summary>
    public const int MaxCatchUp = 5;

    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ConcurrentQueue<(IMediaStream Stream, bool Add)> _requests = new();
    private readonly List<IMediaStream> _streams = [];
    private readonly Dictionary<IMediaStream, int> _places = [];
    private readonly ManualResetEventSlim _stop = new(initialState: false, spinCount: 0);
    private TimeSpan _nextSweep = SweepInterval;
    private TimeSpan _nextTick = Interval;
    private int _skipped;
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
    public long Skipped { get; private set; }

    /// <summary>A stream threw, which is a fault of its program; it is let go of, and the others go on.</summary>
    public event Action<IMediaStream, Exception>? Faulted;

    /// <summary>Begins to drive a stream, from the next sweep on. Thread-safe.</summary>
    public void Add(IMediaStream stream) => _requests.Enqueue((stream, true));

    /// <summary>Lets go of a stream; it hears of it by <see cref="IMediaStream.Removed"/>. Thread-safe.</summary>
    public void Remove(IMediaStream stream) => _requests.Enqueue((stream, false));

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
        ServeRequests();
        var now = Now;
        if (now >= _nextSweep)
        {
            Sweep(now);
            _nextSweep += SweepInterval * (1 + Math.Floor((now - _nextSweep) / SweepInterval));
        }
        for (var caught = 0; now >= _nextTick && caught < MaxCatchUp; caught++)
        {
            Lateness.Note(now - _nextTick);
            Tick(_nextTick);
            _nextTick += Interval;
        }
        if (now >= _nextTick)
        {
            _skipped = 1 + (int)((now - _nextTick) / Interval);
            Skipped += _skipped;
            _nextTick += Interval * _skipped;
        }
        var next = _nextSweep < _nextTick ? _nextSweep : _nextTick;
        var wait = next - Now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Stops the thread and lets go of every stream.</summary>
    public void Dispose()
    {
        _stop.Set();
        if (_thread is null)
        {
            LetGo();
        }
        else if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    private void Run()
    {
        while (!_stop.IsSet)
        {
            var wait = Advance();
            // Waits have a grain of 1 ms: rounding up is late by less than that, rounding down would spin.
            _stop.Wait((int)Math.Ceiling(wait.TotalMilliseconds));
        }
        LetGo();
    }

    private void LetGo()
    {
        ServeRequests();
        while (_streams.Count > 0)
        {
            Drop(_streams[^1]);
        }
    }

    private void Sweep(TimeSpan now)
    {
        for (var i = _streams.Count - 1; i >= 0; i--)
        {
            var stream = _streams[i];
            try
            {
                stream.Sweep(now);
            }
            catch (Exception exception)
            {
                Fault(stream, exception);
            }
        }
    }

    private void Tick(TimeSpan due)
    {
        var skipped = _skipped;
        _skipped = 0;
        for (var i = _streams.Count - 1; i >= 0; i--)
        {
            var stream = _streams[i];
            try
            {
                stream.Tick(due, skipped);
            }
            catch (Exception exception)
            {
                Fault(stream, exception);
            }
        }
    }

    private void Fault(IMediaStream stream, Exception exception)
    {
        Drop(stream);
        Faulted?.Invoke(stream, exception);
    }

    private void ServeRequests()
    {
        while (_requests.TryDequeue(out var request))
        {
            if (!request.Add)
            {
                Drop(request.Stream);
            }
            else if (_places.TryAdd(request.Stream, _streams.Count))
            {
                _streams.Add(request.Stream);
                Volatile.Write(ref _count, _streams.Count);
            }
        }
    }

    private void Drop(IMediaStream stream)
    {
        if (!_places.Remove(stream, out var place))
        {
            return;
        }
        var last = _streams[^1];
        _streams.RemoveAt(_streams.Count - 1);
        if (last != stream)
        {
            _streams[place] = last;
            _places[last] = place;
        }
        Volatile.Write(ref _count, _streams.Count);
        stream.Removed();
    }
}
