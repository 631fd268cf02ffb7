using Ringfence.Media.Relay;

namespace Ringfence.Edge.Stages;

/// <content>What the call record says of early media.</content>
internal sealed partial class GateMedia
{
    /// <summary>Notes once, at the answer or at the end, what there was of early media.</summary>
    private void NoteEarly()
    {
        if (_isNoted)
        {
            return;
        }

        _isNoted = true;
        SideCounters counters = _relay.Callee.Counters;
        TimeSpan? first = counters.FirstPacket - _invited;
        bool wasHeard = counters.LastSound is not null && _relay.CalleeMayBeHeardEarly;
        int switches = _relay.Switches;
        _setup.Services.Early.Meters.Heard(_setup.Trunk.Name, switches, first);
        _setup.Journal.FirstRtpMs = first is { } time ? (int)time.TotalMilliseconds : -1;
        _setup.Journal.EarlySource = wasHeard ? "ringback, then the callee" : "ringback";
        _setup.Journal.Played = _audio.Audio?.Send.Format.ToString() ?? "";
        string[] reasons =
        [
            _setup.Journal.GateReason,
            _audio.EarlySession?.Outcome ?? "",
            Why(counters.LastSound is not null, wasHeard, switches),
        ];
        _setup.Journal.GateReason = string.Join("; ", reasons.Where(reason => reason.Length > 0));
        if (_relay.EarlyTalkIsOver)
        {
            _setup.Journal.GateReason += "; both talked for as long as they may before the answer";
        }
    }

    private static string Why(bool wasSound, bool wasHeard, int switches) =>
        !wasSound ? "the callee sent no sound"
        : !wasHeard ? "the callee's early media is not authorized"
        : switches > 2 ? $"the callee sent sound; {switches} switches"
        : "the callee sent sound";
}
