using Ringfence.Edge.Challenge;
using Ringfence.Edge.Gate;
using Ringfence.Media.Dtmf;
using Ringfence.Media.Relay;

namespace Ringfence.Edge.Stages;

/// <content>What a callee hears and presses between its answer and the caller's.</content>
internal sealed partial class GateMedia
{
    private bool _isAsking;

    /// <summary>
    /// Asks the callee something, while neither side hears the other. What collects its digits; null when it cannot be spoken to.
    /// </summary>
    internal DtmfTap? Ask(
        EarlyFork fork,
        ReadOnlySpan<byte> description,
        IAudioSource question,
        Action<DtmfDigit> pressed
    )
    {
        if (Accept(fork, description) is not { } audio || !CallerAudio.CanBeSpokenTo(audio))
        {
            return null;
        }

        _isAsking = true;
        var tap = new DtmfTap(audio, pressed);
        _relay.Early(fork.Name, audio);
        _relay.Ask(fork.Name, question);
        _relay.Tap(_relay.Callee, tap);
        return tap;
    }

    private void AskNoMore()
    {
        if (_isAsking)
        {
            _isAsking = false;
            _relay.Tap(_relay.Callee, null);
        }
    }
}
