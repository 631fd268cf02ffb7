using Ringfence.Edge.Stages;
using Ringfence.Media.Prompts;
using Ringfence.Sip.Calls;

namespace Ringfence.Edge.Challenge;

/// <summary>How a caller is challenged, and what follows.</summary>
internal sealed record ChallengeTerms
{
    /// <summary>What can be said.</summary>
    internal PromptLibrary Prompts { get; init; } = PromptLibrary.Default;

    /// <summary>How often it is asked and how long digits are waited for. Two attempts: one in five guesses right.</summary>
    internal PromptScriptOptions Script { get; init; } = new() { Attempts = 2, Accepted = "0123456789" };

    /// <summary>True: a caller that cannot be spoken to before the answer goes on as if it had passed. False: it is refused.</summary>
    internal bool ProgressWithoutAudio { get; init; }

    /// <summary>Remembers who passed; null for nobody.</summary>
    internal ChallengePasses? Passes { get; init; }

    /// <summary>
    /// Goes on with the call: sets another listener. The audio is still open, silence is playing and the 183 has gone out; null
    /// where there is none because of <see cref="ProgressWithoutAudio"/>.
    /// </summary>
    internal required Action<CallerAudio?> Passed { get; init; }

    /// <summary>Refuses the call and notes that: 607 where the user's rule asked for the challenge, 608 otherwise.</summary>
    internal required Action Refuse { get; init; }

    /// <summary>Refuses the call because the callee, having heard the caller's name, never wants it: 607, and notes that.</summary>
    internal Action Declined { get; init; } = static () => { };

    /// <summary>Opens what the caller is spoken to by, now or later; where that cannot be, what follows is done here.</summary>
    internal void Open(IncomingCall caller, GateSetup setup, Action<CallerAudio> opened) =>
        CallerAudio.Open(
            caller,
            setup,
            (audio, statusCode) =>
            {
                if (audio is not null)
                {
                    opened(audio);
                }
                else if (statusCode > 0)
                {
                    Unspoken(caller, setup, statusCode);
                }

                // Otherwise the caller has gone.
            }
        );

    private void Unspoken(IncomingCall caller, GateSetup setup, int statusCode)
    {
        if (statusCode == 503)
        {
            if (setup.Journal.GateReason.Length == 0)
            {
                setup.Journal.GateReason = "no RTP ports for the challenge";
            }

            Refusing.Refuse(caller, statusCode, setup.Services, setup.Journal);
        }
        else if (ProgressWithoutAudio)
        {
            setup.Journal.GateReason = "not challenged: the caller cannot be spoken to";
            Passed(null);
        }
        else
        {
            setup.Journal.GateReason = "challenge impossible: the caller cannot be spoken to";
            Refuse();
        }
    }
}
