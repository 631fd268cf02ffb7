using Ringfence.Media.Codecs;
using Ringfence.Media.Dtmf;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Prompts;
using Ringfence.Media.Relay;
using Ringfence.Media.Sdp;
using Ringfence.Media.Tests.Relay;
using Ringfence.Media.Tones;

namespace Ringfence.Media.Tests.Prompts;

/// <summary>A prompt script that runs on a relay: what the caller sends by whichever way is what the script gathers.</summary>
public sealed class ScriptOnRelayTests : RelayHarness
{
    private static readonly double[] Low = [697, 770, 852, 941];
    private static readonly double[] High = [1209, 1336, 1477, 1633];

    private readonly List<char> _pressed = [];
    private readonly Random _random = new(99);
    private DtmfTap _tap = null!;
    private ushort _sequence = 65_000;
    private uint _timestamp = 80_000;

    [Theory]
    [InlineData("PCMU")]
    [InlineData("PCMA")]
    public void Digits_in_the_audio_are_gathered_at_minus_20_dBm0_and_with_one_packet_in_a_hundred_lost(string law)
    {
        var format = new AudioFormat(law, 8000);
        Use(format, MediaDirection.SendRecv);
        var expected = "";
        for (var i = 0; i < 300; i++)
        {
            var digit = DtmfDigit.All[i % 12];
            expected += digit;
            // Two tones of -23 dBm0 are one digit of -20.
            SendTone(format, digit, -23, 160, loss: 0.01);
        }
        new string([.. _pressed]).ShouldBe(expected);
    }

    [Fact]
    public void Digits_of_100_ms_over_a_network_that_loses_one_packet_in_twenty_are_hardly_missed_and_never_doubled()
    {
        Use(AudioFormat.Pcma, MediaDirection.SendRecv);
        var missed = 0;
        for (var i = 0; i < 600; i++)
        {
            var digit = DtmfDigit.All[i % 12];
            _pressed.Clear();
            SendTone(AudioFormat.Pcma, digit, -13, 100, loss: 0.05);
            _pressed.Count.ShouldBeLessThanOrEqualTo(1, $"press {i}");
            _pressed.ShouldAllBe(heard => heard == digit);
            missed += 1 - _pressed.Count;
        }
        missed.ShouldBeLessThanOrEqualTo(3);
    }

    [Theory]
    [InlineData(MediaDirection.SendRecv)]
    // The caller offers sendonly: nothing may be played to it, and its digits count all the same.
    [InlineData(MediaDirection.RecvOnly)]
    public void One_press_by_event_audio_and_info_is_gathered_once(MediaDirection direction)
    {
        Use(AudioFormat.Pcmu, direction);
        var isPlayed = false;
        var phrase = PromptLibrary.Default.Say("en", "goodbye");
        _ = Relay.Play(new PhraseSource(phrase, ended: () => isPlayed = true));
        var script = new PromptScript(new PromptScriptOptions { Count = 2 });
        script.Begin(Clock.Now).ShouldBe(ScriptStep.Ask);
        Run(1500);
        isPlayed.ShouldBeTrue();
        script.Played(Clock.Now);
        (Caller.Received.Count > 0).ShouldBe(direction == MediaDirection.SendRecv);

        foreach (var digit in "44")
        {
            SendEvent(digit);
            SendTone(AudioFormat.Pcmu, digit, -10, 80, loss: 0);
            _tap.Info(digit, Clock.Now);
            Run(800);
        }

        _pressed.ShouldBe(['4', '4']);
        script.Press(_pressed[0], Clock.Now).ShouldBe(ScriptStep.None);
        script.Press(_pressed[1], Clock.Now).ShouldBe(ScriptStep.Succeed);
    }

    [Fact]
    public void A_digit_that_barges_in_silences_the_question_within_a_packet()
    {
        Use(AudioFormat.Pcmu, MediaDirection.SendRecv);
        var ended = false;
        _ = Relay.Play(
            new PhraseSource(PromptLibrary.Default.Say("de", "press-digits", "1"), 0, ended: () => ended = true)
        );
        Run(1000);
        Caller.Received.Clear();
        SendEvent('1');
        _pressed.ShouldBe(['1']);
        _ = Relay.Play(new SilenceSource());
        Run(40);
        Caller.Received.Clear();
        Run(1000);
        Caller.Received.Count.ShouldBeInRange(49, 51);
        Caller.Received.ShouldAllBe(packet => packet.Payload.All(octet => octet == 0xFF));
        ended.ShouldBeFalse();
        Caller.Received.Select(packet => packet.Header.Ssrc).Distinct().ShouldHaveSingleItem();
    }

    private void Use(AudioFormat format, MediaDirection direction)
    {
        NegotiatedAudio audio = Audio(Caller, format, format == AudioFormat.Pcmu ? (byte)0 : (byte)8, 101) with
        {
            Direction = direction,
        };
        _tap = new DtmfTap(audio, digit => _pressed.Add(digit.Digit));
        Relay.Negotiated(Relay.Caller, audio);
        Relay.Tap(Relay.Caller, _tap);
        Run(20);
    }

    private void SendEvent(char digit)
    {
        var start = _timestamp;
        for (var i = 1; i <= 6; i++)
        {
            var payload = new byte[TelephoneEvent.Length];
            var duration = (ushort)(160 * Math.Min(i, 4));
            new TelephoneEvent((byte)DtmfDigit.All.IndexOf(digit), i >= 4, 10, duration).Write(payload);
            Caller.SendRaw(101, i == 1, start, payload, _sequence++);
            Run(20);
        }
        _timestamp += 960;
    }

    /// <summary>A digit, then as much silence, in packets of 20 ms.</summary>
    private void SendTone(AudioFormat format, char digit, double level, int milliseconds, double loss)
    {
        var place = "123A456B789C*0#D".IndexOf(digit);
        var low = new ToneGenerator(ToneCadence.Continuous(Low[place / 4], level), 8000);
        var high = new ToneGenerator(ToneCadence.Continuous(High[place % 4], level), 8000);
        var codec = AudioCodecs.Create(format)!;
        var (one, two) = (new short[160], new short[160]);
        for (var at = 0; at < 2 * milliseconds; at += 20)
        {
            low.Read(one);
            high.Read(two);
            var payload = new byte[160];
            var sum = at < milliseconds ? one.Zip(two, (a, b) => (short)(a + b)).ToArray() : new short[160];
            codec.Encode(sum, payload);
            if (_random.NextDouble() >= loss)
            {
                Caller.SendRaw(format == AudioFormat.Pcmu ? (byte)0 : (byte)8, false, _timestamp, payload, _sequence);
            }
            _sequence++;
            _timestamp += 160;
            Run(20);
        }
    }
}
