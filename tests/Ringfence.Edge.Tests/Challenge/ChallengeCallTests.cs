using Ringfence.Edge.Challenge;
using Ringfence.Edge.Stages;
using Ringfence.Media.Codecs;
using Ringfence.Media.Prompts;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Rules;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Tests.Challenge;

public sealed class ChallengeCallTests
{
    private readonly List<CallerAudio?> _passed = [];

    [Theory]
    [InlineData("event", "PCMU", "telephone event")]
    [InlineData("tone", "PCMU", "tones in the audio")]
    [InlineData("tone", "PCMA", "tones in the audio")]
    [InlineData("dtmf-relay", "PCMU", "INFO")]
    [InlineData("dtmf", "PCMU", "INFO")]
    [InlineData("all", "PCMU", "")]
    public async Task The_digit_that_is_asked_for_passes(string way, string codec, string noted)
    {
        await using ChallengeWorld world = World(format: new AudioFormat(codec, 8000), loss: 0.01);
        world.Invite(world.Offer());
        world.Statuses.ShouldBe([183]);
        int place = 0;
        char digit = world.RunUntilAsked("fr", ref place);

        Press(world, way, digit);
        world.RunUntil(() => _passed.Count > 0);
        world.Run(1000);

        CallerAudio audio = _passed.ShouldHaveSingleItem().ShouldNotBeNull();
        world.Statuses.ShouldBe([183], "the gate goes on from here");
        world.Setup.Journal.GateReason.ShouldStartWith("challenge passed at attempt 1 by " + noted);
        PlayOn(world, audio);
        world.Call.End();
        world.RunUntil(() => world.End is not null);
        audio.Close();
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData("event", "telephone event")]
    [InlineData("tone", "tones in the audio")]
    public async Task A_caller_is_asked_and_presses_in_its_early_session(string way, string noted)
    {
        await using ChallengeWorld world = World(knowsEarlySessions: true);
        // Nobody is at the port of the session.
        world.Invite(world.Offer(port: 9));
        world.Responses[0].ShouldContain("early-session");
        int place = 0;
        char digit = world.RunUntilAsked("fr", ref place);
        Press(world, way, digit);
        world.RunUntil(() => _passed.Count > 0);

        CallerAudio audio = _passed.ShouldHaveSingleItem().ShouldNotBeNull();
        world.Telephone.ShouldHaveHeardOneStream();
        world.Setup.Journal.GateReason.ShouldStartWith("challenge passed at attempt 1 by " + noted);
        world.Call.End();
        world.RunUntil(() => world.End is not null);
        audio.Close();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_wrong_digit_is_told_of_and_another_one_is_asked_for()
    {
        await using ChallengeWorld world = World();
        world.Invite(world.Offer());
        int place = 0;
        char first = world.RunUntilAsked("fr", ref place);
        world.Telephone.PressEvent(Other(first));
        place = world.RunUntilHeard("fr", "wrong", place);
        char second = world.RunUntilAsked("fr", ref place);
        second.ShouldNotBe(first);
        world.Telephone.PressEvent(second);

        world.RunUntil(() => _passed.Count > 0);

        world.Statuses.ShouldBe([183]);
        world.Setup.Journal.GateReason.ShouldBe("challenge passed at attempt 2 by telephone event");
        world.Telephone.ShouldHaveHeardOneStream();
    }

    [Theory]
    [InlineData(DecidedBy.User, 607)]
    [InlineData(DecidedBy.Operator, 608)]
    public async Task Who_presses_wrong_digits_hears_goodbye_and_is_refused_without_ever_a_200(
        DecidedBy who,
        int status
    )
    {
        await using ChallengeWorld world = World(who: who);
        world.Invite(world.Offer());
        int place = 0;
        for (int attempt = 0; attempt < 2; attempt++)
        {
            char digit = world.RunUntilAsked("fr", ref place);
            world.Telephone.PressEvent(Other(digit));
            place = attempt == 0 ? world.RunUntilHeard("fr", "wrong", place) : place;
        }

        world.RunUntilHeard("fr", "goodbye", place);
        world.RunUntil(() => world.End is not null);

        world.Statuses.ShouldBe([183, status]);
        world.Setup.Journal.GateReason.ShouldBe("challenge failed after 2 attempts");
        world.Telephone.ShouldHaveHeardOneStream();
        _passed.ShouldBeEmpty();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task Who_stays_silent_is_asked_again_and_then_refused()
    {
        await using ChallengeWorld world = World();
        world.Invite(world.Offer());
        int place = 0;
        world.RunUntilAsked("fr", ref place);
        place = world.RunUntilHeard("fr", "unheard", place);
        world.RunUntilAsked("fr", ref place);
        world.RunUntilHeard("fr", "goodbye", place);
        world.RunUntil(() => world.End is not null);
        world.Statuses.ShouldBe([183, 607]);
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_digit_that_comes_too_late_counts_for_nothing()
    {
        await using ChallengeWorld world = World();
        world.Invite(world.Offer());
        int place = 0;
        char digit = world.RunUntilAsked("fr", ref place);
        place = world.RunUntilHeard("fr", "unheard", place);
        digit = world.RunUntilAsked("fr", ref place);
        world.RunUntil(() => world.Setup.Journal.GateReason.StartsWith("challenge failed", StringComparison.Ordinal));
        world.Telephone.PressEvent(digit);
        world.Info("application/dtmf", $"{digit}");
        world.RunUntil(() => world.End is not null);
        world.Statuses.ShouldBe([183, 607]);
        _passed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_hangs_up_is_gone()
    {
        await using ChallengeWorld world = World();
        world.Invite(world.Offer());
        world.Run(1500);
        world.Call.End();
        world.RunUntil(() => world.End is not null);
        world.Wire.ShouldContain(line => line.StartsWith("SIP/2.0 487", StringComparison.Ordinal));
        world.Wire.ShouldNotContain(line => line.StartsWith("SIP/2.0 607", StringComparison.Ordinal));
        world.ShouldBeOver();
        _passed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_was_over_before_it_is_challenged_takes_nothing()
    {
        await using ChallengeWorld world = World();
        Action<IncomingCall, GateSetup> begin = world.OnCall!;
        IncomingCall? waiting = null;
        world.OnCall = (call, _) => waiting = call;
        world.Invite(world.Offer());
        // A provisional response first: CANCEL waits for one (RFC 3261 §9.1).
        world.Run(300);
        world.Call.End();
        world.RunUntil(() => world.End is not null);

        begin(waiting!, world.Setup);

        world.ShouldBeOver();
        world.Statuses.ShouldBeEmpty();
    }

    [Fact]
    public async Task Pressing_all_keys_in_a_row_seldom_passes()
    {
        int passes = 0;
        for (int seed = 1; seed <= 40; seed++)
        {
            await using ChallengeWorld world = World(seed);
            _passed.Clear();
            world.Invite(world.Offer());
            for (int i = 0; world.End is null && _passed.Count == 0; i++)
            {
                world.Info("application/dtmf", $"{i % 10}");
                world.Run(900);
            }

            passes += _passed.Count;
        }

        // Two guesses at one of ten digits: 20 %.
        passes.ShouldBeLessThan(16);
    }

    [Theory]
    [InlineData("+33199001234", "", "fr")]
    [InlineData("+4930123456", "", "de")]
    [InlineData("+12025550100", "", "en")]
    [InlineData("+12025550100", "es-MX, en;q=0.5", "es")]
    public async Task It_is_asked_in_the_callers_language(string number, string wanted, string language)
    {
        await using ChallengeWorld world = World();
        HeaderField[] headers = wanted.Length > 0 ? [new HeaderField(HeaderId.AcceptLanguage, wanted)] : [];
        world.InviteFrom(number, world.Offer(), headers);
        world.RunUntilHeard(language, "protected");
        world.RunUntilHeard(language, "press");
    }

    [Theory]
    [InlineData("sendonly", false, 607)]
    [InlineData("inactive", false, 607)]
    [InlineData("", false, 607)]
    [InlineData("sendonly", true, 0)]
    [InlineData("", true, 0)]
    public async Task Who_cannot_be_spoken_to_is_refused_or_progressed_by_policy(
        string direction,
        bool progress,
        int status
    )
    {
        await using ChallengeWorld world = World(progressWithoutAudio: progress);
        world.Invite(direction.Length == 0 ? "" : world.Offer(direction));
        world.Run(100);
        world.Statuses.ShouldBe(status == 0 ? [] : [status]);
        _passed.ShouldBe(status == 0 ? [null] : []);
        world.Services.RtpPorts.InUse.ShouldBe(0);
    }

    [Fact]
    public async Task A_caller_that_only_listens_passes_by_info()
    {
        await using ChallengeWorld world = World();
        world.Invite(world.Offer("recvonly"));
        int place = 0;
        world.Info("application/dtmf", $"{world.RunUntilAsked("fr", ref place)}");
        world.RunUntil(() => _passed.Count > 0);
    }

    [Theory]
    [InlineData("application/dtmf-relay", "Signal=X\r\n")]
    [InlineData("application/dtmf-relay", "Duration=160\r\n")]
    [InlineData("application/dtmf-relay", "")]
    [InlineData("application/dtmf", "17")]
    [InlineData("application/dtmf", "55")]
    [InlineData("application/dtmf", "-1")]
    [InlineData("application/sdp", "5")]
    public async Task Info_without_a_digit_is_no_digit(string type, string body)
    {
        await using ChallengeWorld world = World();
        world.Invite(world.Offer());
        world.Run(500);
        world.Info(type, body);
        world.Run(500);
        world.RunUntilHeard("fr", "unheard").ShouldBeGreaterThan(0, "nothing was counted as an attempt");
    }

    [Theory]
    [InlineData("application/dtmf-relay", "Signal=*\r\nDuration=160\r\n")]
    [InlineData("Application/DTMF-Relay;charset=x", "duration=160\nsignal = 10")]
    [InlineData("application/dtmf", "10\r\n")]
    [InlineData("application/dtmf", " * ")]
    public async Task Info_digits_are_read_in_all_their_spellings(string type, string body)
    {
        await using ChallengeWorld world = World(accepted: "*");
        world.Invite(world.Offer());
        world.Run(500);
        world.Info(type, body);
        world.RunUntilHeard("fr", "wrong");
    }

    [Fact]
    public async Task Without_ports_there_is_503()
    {
        // One pair, and a relay needs two.
        await using ChallengeWorld world = World(progressWithoutAudio: true, ports: 2);
        world.Invite(world.Offer());
        world.Run(100);
        world.Statuses.ShouldBe([503]);
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_network_that_gates_early_media_is_told_to_let_it_pass()
    {
        await using ChallengeWorld world = World();
        world.Invite(world.Offer(), new HeaderField(HeaderId.PEarlyMedia, "supported"));
        world.Responses[0].ShouldContain("P-Early-Media: sendrecv");
    }

    [Fact]
    public async Task Who_passed_is_remembered()
    {
        var passes = new ChallengePasses(TimeProvider.System);
        await using ChallengeWorld world = World(passes: passes);
        world.Invite(world.Offer());
        int place = 0;
        world.Telephone.PressEvent(world.RunUntilAsked("fr", ref place));
        world.RunUntil(() => _passed.Count > 0);
        passes.Holds(Party.Parse("+33199001234"), Party.Parse("+4930123456")).ShouldBeTrue();
        passes.Holds(Party.Parse("+33199001234"), Party.Parse("+4930123457")).ShouldBeFalse();
    }

    private static void Press(ChallengeWorld world, string way, char digit)
    {
        switch (way)
        {
            case "event":
                world.Telephone.PressEvent(digit);
                break;
            case "tone":
                world.Telephone.PressTone(digit);
                break;
            case "dtmf-relay":
                world.Info("application/dtmf-relay", $"Signal={digit}\r\nDuration=160\r\n");
                break;
            case "dtmf":
                world.Info("application/dtmf", $"{digit}");
                break;
            default:
                world.Telephone.PressEvent(digit);
                world.Telephone.PressTone(digit);
                world.Info("application/dtmf", $"{digit}");
                break;
        }
    }

    /// <summary>What is played after the challenge goes on in the same stream.</summary>
    private static void PlayOn(ChallengeWorld world, CallerAudio audio)
    {
        int before = world.Telephone.Headers.Count;
        audio.Play(new PhraseSource(PromptLibrary.Default.Say("fr", "connecting")));
        world.RunUntilHeard("fr", "connecting");
        world.Telephone.Headers.Count.ShouldBeGreaterThan(before + 50);
        world.Telephone.ShouldHaveHeardOneStream();
    }

    private static char Other(char digit) => digit == '9' ? '0' : (char)(digit + 1);

    private ChallengeWorld World(
        int seed = 1,
        AudioFormat? format = null,
        double loss = 0,
        DecidedBy who = DecidedBy.User,
        bool progressWithoutAudio = false,
        ChallengePasses? passes = null,
        string accepted = "0123456789",
        int ports = 1_000,
        bool knowsEarlySessions = false
    )
    {
        var world = new ChallengeWorld(seed, format, loss, ports) { KnowsEarlySessions = knowsEarlySessions };
        Verdict asked = new()
        {
            Decision = Decision.Challenge,
            DecidedBy = who,
            Reasons = [],
        };
        world.OnCall = (call, setup) =>
        {
            call.TakesEarlySession = knowsEarlySessions;
            ChallengeCall.Begin(
                call,
                setup,
                new ChallengeTerms
                {
                    ProgressWithoutAudio = progressWithoutAudio,
                    Passes = passes,
                    Script = new PromptScriptOptions { Attempts = 2, Accepted = accepted },
                    Passed = _passed.Add,
                    Refuse = () =>
                    {
                        int status = (int)ChallengeRefusal.Of(asked).Code;
                        call.Refuse(status, default).ShouldBeTrue();
                        setup.Journal.Refused(status);
                        setup.Journal.Close("edge");
                    },
                }
            );
        };
        return world;
    }
}
