namespace Ringfence.Sip.Lanes;

/// <summary>
/// The one thread of a lane. It blocks until a socket can be read, work is posted or a timer is due, and does everything
/// right there: no message ever waits for the thread pool.
/// </summary>
internal sealed class LaneThread : IDisposable
{
    private readonly Lane _lane;
    private readonly IReadOnlyList<ILaneInput> _inputs;
    private readonly Action<Exception> _fault;
    private readonly ILaneDoorbell _doorbell;
    private readonly Thread _thread;
    private int _asleep;
    private volatile bool _stopping;

    /// <param name="lane">The lane that it turns.</param>
    /// <param name="inputs">The lane's own sockets.</param>
    /// <param name="fault">Told of an exception that escaped from the lane's code; the lane goes on with what comes next.</param>
    /// <param name="portable">True to do without the system calls of Linux.</param>
    internal LaneThread(Lane lane, IReadOnlyList<ILaneInput> inputs, Action<Exception> fault, bool portable = false)
    {
        _lane = lane;
        _inputs = inputs;
        _fault = fault;
        _doorbell = OperatingSystem.IsLinux() && !portable ? new PollDoorbell(inputs) : new SelectDoorbell(inputs);
        _thread = new Thread(Run) { Name = $"lane {lane.Index}", IsBackground = true };
        lane.Wake = Wake;
    }

    internal void Start() => _thread.Start();

    /// <summary>Ends the thread after its present round and waits for that; then its sockets may be closed.</summary>
    public void Dispose()
    {
        _stopping = true;
        _doorbell.Ring();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _lane.Wake = null;
        _doorbell.Dispose();
    }

    private void Run()
    {
        bool more = false;
        while (!_stopping)
        {
            _doorbell.Wait(Prepare(more));
            Volatile.Write(ref _asleep, 0);
            more = Round();
        }
    }

    /// <summary>
    /// How long to block. The lane says that it sleeps before it looks at its ring once more: whoever posts after that look
    /// sees the word and rings.
    /// </summary>
    private int Prepare(bool more)
    {
        if (more)
        {
            return 0;
        }

        Interlocked.Exchange(ref _asleep, 1);
        return _lane.QueueDepth > 0 ? 0 : (int)Math.Min(_lane.Timers.NextDue(), int.MaxValue);
    }

    private bool Round()
    {
        Turn();
        bool more = false;
        for (int i = 0; i < _inputs.Count; i++)
        {
            if (_doorbell.IsReadable(i))
            {
                more |= Read(i);
            }
        }

        return more;
    }

    // What escapes here is a mistake of this program, and one call's mistake must not end all others.
    private bool Read(int input)
    {
        try
        {
            return _inputs[input].Read();
        }
        catch (Exception exception)
        {
            _fault(exception);
            return true;
        }
    }

    private void Turn()
    {
        try
        {
            _lane.Turn();
        }
        catch (Exception exception)
        {
            _fault(exception);
        }
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref _asleep, 0) == 0)
        {
            return;
        }

        try
        {
            _doorbell.Ring();
        }
        catch (ObjectDisposedException)
        {
            // The lane ended while this was posted: there is nobody to wake.
        }
    }
}
