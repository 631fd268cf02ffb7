using Ringfence.Edge.Stages;
using Ringfence.Media.Prompts;
using Ringfence.Media.Relay;
using Ringfence.Media.Tones;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Challenge;

/// <summary>
/// Says a 608 to callers that cannot show it (RFC 8688 §3.4, §3.5): reliable 183, special information tone, that the call was
/// rejected and whom to call for help, then the refusal itself.
/// </summary>
internal sealed class RefusalAnnouncement : SpokenCall
{
    private const int Times = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private RefusalAnnouncement(
        IncomingCall caller,
        GateSetup setup,
        CallerAudio audio,
        PromptLibrary prompts,
        Action refuse
    )
        : base(caller, setup, audio, prompts, refuse) { }

    /// <summary>
    /// Announces, then refuses. Refuses at once where the caller cannot be spoken to, or not by a reliable 183, which the RFC
    /// demands.
    /// </summary>
    /// <param name="caller">The call.</param>
    /// <param name="setup">What a gated call is begun with.</param>
    /// <param name="prompts">What can be said.</param>
    /// <param name="contact">Telephone number of whom to call, from the jCard; empty where there is none.</param>
    /// <param name="refuse">Sends the 608 with its Call-Info and notes that.</param>
    internal static void Begin(
        IncomingCall caller,
        GateSetup setup,
        PromptLibrary prompts,
        string contact,
        Action refuse
    )
    {
        bool isReliable =
            OptionTags.Has(caller.Request, HeaderId.Supported, "100rel"u8)
            || OptionTags.Has(caller.Request, HeaderId.Require, "100rel"u8);
        if (!isReliable)
        {
            refuse();
            return;
        }

        CallerAudio.Open(
            caller,
            setup,
            (audio, statusCode) =>
            {
                if (audio is null)
                {
                    if (statusCode > 0)
                    {
                        refuse();
                    }

                    return;
                }

                caller.Reliability = Reliability.Required;
                var announcement = new RefusalAnnouncement(caller, setup, audio, prompts, refuse);
                if (announcement.TryProgress("announcement"))
                {
                    announcement.Announce(contact);
                }
            }
        );
    }

    private protected override void OnDue() => Refuse();

    private void Announce(string contact)
    {
        Setup.Journal.GateReason = "refusal announced";
        ToneCadence tone = TonePlan.Default.SpecialInformation[0].Cadence;
        Phrase phrase =
            contact.Length > 0 ? Prompts.Say(Language, "rejected-call", contact) : Prompts.Say(Language, "rejected");
        Play(
            ended => new SequenceSource(
                new ToneSource(tone, tone.Period),
                new PhraseSource(phrase, Times, pause: Pause, ended: ended)
            ),
            Refuse
        );
        WakeAt(Now + Longest);
    }
}
