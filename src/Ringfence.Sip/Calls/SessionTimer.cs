using Ringfence.Sip.Messages;
using Ringfence.Sip.Time;

namespace Ringfence.Sip.Calls;

/// <summary>
/// The session timer of one call (RFC 4028): refreshed at half of its time by the side that has agreed to, and a BYE where
/// nothing has come shortly before its end. It needs no help of the far side: where that knows no timers, this side refreshes.
/// </summary>
internal sealed class SessionTimer(Call call) : TimerEntry, IRequestListener
{
    private const int MaxRaises = 3;
    private const int SoonAgain = 2_100;
    private int _expires;
    private int _least;
    private int _raises;
    private long _end;
    private bool _isRefresher;
    private bool _isOpen;
    private bool _mayUpdate = true;

    /// <summary>The least interval that is taken here or that the far side has named (§5).</summary>
    private int Least => Math.Max(_least, call.Layer.Options.MinSessionExpires);

    private bool IsOn => call.Layer.Checks.HasTimer;

    /// <summary>The headers with which an INVITE of ours asks for a session timer; none where none is asked for.</summary>
    internal HeaderField[] Ask() =>
        IsOn && call.SessionExpires > 0 ? Lines(Math.Max(call.SessionExpires, Least), "") : [];

    /// <summary>Notes the Min-SE of a 422 (§7.4); false when it says nothing new, or too often.</summary>
    internal bool TryRaise(SipResponse response)
    {
        if (
            _raises++ >= MaxRaises
            || !SessionExpires.TryParseMinSE(response.Value(HeaderId.MinSE), out uint least)
            || least <= Math.Max(_expires, call.SessionExpires)
            || least > int.MaxValue / 1000
        )
        {
            return false;
        }

        _least = (int)least;
        return true;
    }

    /// <summary>A 2xx of the far side to a request of ours begins the time anew (§7.2).</summary>
    internal void Take(SipResponse response)
    {
        if (!IsOn)
        {
            return;
        }

        if (SessionExpires.TryParse(response.Value(HeaderId.SessionExpires), out uint seconds, out Refresher who))
        {
            Begin(seconds, who != Refresher.Uas);
        }
        else if (call.SessionExpires > 0)
        {
            Begin((uint)Math.Max(call.SessionExpires, Least), isRefresher: true);
        }
        else
        {
            Stop();
        }
    }

    /// <summary>Begins the time with a 2xx of ours, and returns what that has to say (§9).</summary>
    internal HeaderField[] Accept(SipRequest request)
    {
        bool isAsked = SessionExpires.TryParse(
            request.Value(HeaderId.SessionExpires),
            out uint asked,
            out Refresher who
        );
        if (!IsOn || (!isAsked && call.SessionExpires == 0))
        {
            Stop();
            return [];
        }

        bool knowsTimers = OptionTags.Has(request, HeaderId.Supported, "timer"u8);
        bool isTheirs = knowsTimers && isAsked && who != Refresher.Uas;
        uint least = SessionExpires.TryParseMinSE(request.Value(HeaderId.MinSE), out uint min) ? min : 0;
        uint ours = Math.Max((uint)call.SessionExpires, least);
        uint seconds =
            !isAsked ? ours
            : call.SessionExpires > 0 ? Math.Min(asked, ours)
            : asked;
        Begin(Math.Max(seconds, (uint)Least), !isTheirs);
        return isTheirs
            ? [Line($"{_expires};refresher=uac"), new HeaderField(HeaderId.Require, "timer")]
            : [Line($"{_expires};refresher=uas")];
    }

    internal void Stop() => call.Layer.Transactions.Lane.Timers.Disarm(this);

    void IRequestListener.OnCompleted(Call call, SipMethod method, int statusCode, SipResponse? response)
    {
        _isOpen = false;
        if (call.State >= CallState.Ending || statusCode < 300)
        {
            return;
        }

        bool isAtOnce =
            (statusCode == 422 && response is not null && TryRaise(response))
            || (method == SipMethod.Update && statusCode is 405 or 501);
        _mayUpdate &= !(method == SipMethod.Update && statusCode is 405 or 501);
        if (isAtOnce)
        {
            Refresh();
        }
        else if (statusCode is 491 or 500)
        {
            // Offers have crossed (RFC 3261 §14.1): once more after two to four seconds.
            Arm(SoonAgain + call.Layer.Transactions.Lane.Random.Next(SoonAgain));
        }
        else
        {
            Arm(_end - call.Layer.Transactions.Lane.Now);
        }
    }

    protected internal override void OnDue(long now)
    {
        if (now >= _end || !_isRefresher)
        {
            call.OnSessionExpired();
        }
        else if (!_isOpen)
        {
            Refresh();
        }
    }

    private void Begin(uint seconds, bool isRefresher)
    {
        _expires = (int)Math.Min(seconds, int.MaxValue / 1000);
        _isRefresher = isRefresher;
        // §10: a BYE before the end, by a third of the interval or 32 seconds.
        int whole = _expires * 1000;
        int last = whole - Math.Min(32_000, whole / 3);
        _end = call.Layer.Transactions.Lane.Now + last;
        Arm(isRefresher ? whole / 2 : last);
    }

    private void Refresh()
    {
        bool isUpdate = _mayUpdate && call.Dialog!.TakesUpdate;
        int seconds = Math.Max(_expires, Least);
        _isOpen = call.Send(
            isUpdate ? SipMethod.Update : SipMethod.Invite,
            isUpdate ? Body.None : call.OwnDescription,
            this,
            Lines(seconds, ";refresher=uac")
        );
        Arm(_isOpen ? _end - call.Layer.Transactions.Lane.Now : SoonAgain);
    }

    private HeaderField[] Lines(int seconds, string refresher) =>
        _least == 0
            ? [Line($"{seconds}{refresher}")]
            : [Line($"{seconds}{refresher}"), new HeaderField(HeaderId.MinSE, $"{_least}")];

    private static HeaderField Line(string value) => new(HeaderId.SessionExpires, value);

    private void Arm(long delay)
    {
        Lanes.Lane lane = call.Layer.Transactions.Lane;
        lane.Timers.Arm(this, Math.Max(0, Math.Min(delay, _end - lane.Now)));
    }
}
