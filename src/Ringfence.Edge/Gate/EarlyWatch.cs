using Ringfence.Edge.Challenge;
using Ringfence.Edge.Stages;

namespace Ringfence.Edge.Gate;

/// <summary>
/// Watches how long a call is early, and how many calls of its source are: whoever never answers talks for nothing (RFC 3960
/// section 6). On the call's lane.
/// </summary>
internal sealed class EarlyWatch
{
    private readonly GateSetup _setup;
    private readonly UInt128 _source;
    private readonly LaneTimer _timer;
    private readonly long _began;
    private bool _isArmed;
    private bool _isOver;
    private bool _hasProgressed;

    /// <param name="setup">What the gated call was begun with.</param>
    /// <param name="source">Where the call came from; counted already.</param>
    internal EarlyWatch(GateSetup setup, UInt128 source)
    {
        _setup = setup;
        _source = source;
        _timer = new LaneTimer(() =>
        {
            setup.Services.Early.Meters.Limited(setup.Trunk.Name, "longest");
            Exceeded?.Invoke();
        });
        _began = setup.Lane.Now;
    }

    /// <summary>Called when the call has been early for too long.</summary>
    internal Action? Exceeded { get; set; }

    /// <summary>Whether there was a 180.</summary>
    internal bool IsAlerted { get; set; }

    /// <summary>Time since the INVITE.</summary>
    internal TimeSpan Elapsed => TimeSpan.FromMilliseconds(_setup.Lane.Now - _began);

    /// <summary>The caller has early media from now on.</summary>
    internal void Begin()
    {
        if (!_isArmed && !_isOver && _setup.EarlyMedia.LongestMs > 0)
        {
            _isArmed = true;
            _setup.Lane.Timers.Arm(_timer, _setup.EarlyMedia.LongestMs);
        }
    }

    /// <summary>The callee progressed; counted once a call, and whether there was media in it.</summary>
    internal void Progressed(bool hasMedia)
    {
        if (!_hasProgressed)
        {
            _hasProgressed = true;
            _setup.Journal.CalleeMedia = hasMedia ? 1 : 0;
            _setup.Services.Early.Meters.Progressed(_setup.Trunk.Name, hasMedia);
        }
    }

    /// <summary>The call is answered or over: early no more.</summary>
    internal void End()
    {
        if (!_isOver)
        {
            _isOver = true;
            _setup.Lane.Timers.Disarm(_timer);
            _setup.Services.Early.Sources.Leave(_source);
        }
    }
}
