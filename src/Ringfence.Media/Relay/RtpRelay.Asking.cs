using Ringfence.Media.Sdp;

namespace Ringfence.Media.Relay;

/// <summary>The callee is asked something of its own before the two are joined.</summary>
public sealed partial class RtpRelay
{
    private IAudioSource? _question;
    private bool _isAsking;
    private bool _isQuestionStarted;

    /// <summary>
    /// The callee has answered, and is asked whether it wants the call: it hears this, and neither side hears the other, until
    /// <see cref="Answered"/>. After the source's end it hears silence.
    /// </summary>
    /// <param name="fork">Name of the dialog that was answered; described before.</param>
    /// <param name="question">What the callee hears.</param>
    public void Ask(string fork, IAudioSource question) =>
        _requests.Enqueue(() =>
        {
            Callee.Current = Find(fork) ?? Callee.Current;
            (_question, _isAsking, _isQuestionStarted) = (question, true, false);
            _toCallee.BeginSource();
        });

    private void AskOn(TimeSpan now)
    {
        if (_question is not { } question || _toCallee.Codec is not { } codec)
        {
            return;
        }
        if (!_isQuestionStarted)
        {
            question.Start(codec.SampleRate);
            _isQuestionStarted = true;
        }
        var frame = FrameOf(codec.SampleRate);
        if (!question.Read(frame))
        {
            _question = new SilenceSource();
        }
        if (Callee.Audio!.Direction.Sends())
        {
            _toCallee.SendLocal(frame, now);
        }
    }

    private void AskNoMore()
    {
        if (_isAsking)
        {
            (_question, _isAsking) = (null, false);
            _toCallee.BeginSource();
        }
    }
}
