using Ringfence.Media.Codecs;
using Ringfence.Media.Prompts;

namespace Ringfence.Media.Tests.Prompts;

public sealed class PromptLibraryTests : IDisposable
{
    private static readonly string[] Said =
    [
        "press-digits",
        "press-digits-again",
        "rejected-call",
        "wrong",
        "unheard",
        "connecting",
        "goodbye",
        "asking",
        "declined",
        "say-name",
        "plus",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("prompts").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Everything_can_be_said_in_every_language()
    {
        var library = PromptLibrary.Default;
        library.Languages.ShouldBe(["en", "fr", "es", "de"]);
        foreach (var language in library.Languages)
        {
            foreach (var phrase in Said)
            {
                library.CanSay(language, phrase).ShouldBeTrue($"{language} {phrase}");
                var said = library.Say(language, phrase, "0123456789");
                said.Language.ShouldBe(language);
                said.Duration.TotalSeconds.ShouldBeInRange(0.2, 15, $"{language} {phrase}");
            }
        }
    }

    [Theory]
    [InlineData("en", "This number is protected. Please press five to be connected.")]
    [InlineData("fr", "Ce numéro est protégé. Pour être mis en relation, appuyez sur la touche cinq")]
    [InlineData("es", "Este número está protegido. Para hablar con la persona, pulse cinco")]
    [InlineData("de", "Diese Nummer ist geschützt. Bitte drücken Sie die Fünf um verbunden zu werden.")]
    public void Words_come_in_the_order_of_the_language(string language, string text) =>
        PromptLibrary.Default.Say(language, "press-digits", "5").Text.ShouldBe(text);

    [Theory]
    [InlineData("+33 1", "plus three three | one")]
    [InlineData("+1-202-555", "plus one | two zero two | five five five")]
    [InlineData("1800123456", "one | eight zero zero | one two three | four five six")]
    [InlineData("112", "one one two")]
    [InlineData("*21#", "star two one hash")]
    [InlineData("(0)x", "zero")]
    [InlineData("", "")]
    public void Numbers_are_read_in_groups(string number, string expected)
    {
        var words = SpokenNumber.Read(number, 3);
        var text = string.Join(
            ' ',
            words.Select((word, i) => Name(word.Word) + (word.EndsGroup && i < words.Count - 1 ? " |" : ""))
        );
        text.ShouldBe(expected);
    }

    [Theory]
    [InlineData("", "+33199001234", "fr")]
    [InlineData("", "33 1 99 00 12 34", "fr")]
    [InlineData("", "+41441234567", "de")]
    [InlineData("", "+5215512345678", "es")]
    [InlineData("", "+12025550100", "en")]
    [InlineData("", "+81312345678", "en")]
    [InlineData("", "anonymous", "en")]
    [InlineData("", "", "en")]
    [InlineData("de", "+33199001234", "de")]
    [InlineData("de-CH, fr;q=0.9", "+12025550100", "de")]
    [InlineData("de;q=0.2, FR-ca;q=0.9", "", "fr")]
    [InlineData("ja, es;q=0.1", "+4930123456", "es")]
    [InlineData("ja", "+4930123456", "de")]
    [InlineData("fr;q=0", "+4930123456", "de")]
    [InlineData("fr;q=x", "+4930123456", "de")]
    [InlineData(";;q=,,-", "+4930123456", "de")]
    [InlineData("*", "+4930123456", "de")]
    public void The_language_is_the_wanted_one_or_that_of_the_callers_country(
        string wanted,
        string number,
        string language
    ) => PromptLibrary.Default.LanguageOf(wanted, number).ShouldBe(language);

    [Fact]
    public void What_is_unknown_is_a_mistake_of_the_program()
    {
        Should.Throw<ArgumentException>(() => PromptLibrary.Default.Say("en", "no-such-thing"));
        Should.Throw<ArgumentException>(() => PromptLibrary.Default.Say("xx", "goodbye"));
        PromptLibrary.Default.CanSay("xx", "goodbye").ShouldBeFalse();
    }

    [Fact]
    public void Speech_is_loud_enough_and_never_clipped()
    {
        foreach (var language in PromptLibrary.Default.Languages)
        {
            foreach (var phrase in Said)
            {
                var samples = Play(PromptLibrary.Default.Say(language, phrase, "1"), 8000);
                Level.Of(samples).ShouldBeInRange(-25, -10, $"{language} {phrase}");
                samples.Max(sample => Math.Abs((int)sample)).ShouldBeLessThan(32000);
            }
        }
    }

    [Fact]
    public void A_folder_replaces_words_and_adds_languages()
    {
        Write("en/goodbye.wav", 8000, 800);
        Write("nl/goodbye.wav", 16000, 3200);
        Write("nl/bedankt.wav", 48000, 4800);
        File.WriteAllText(
            Path.Combine(_folder, "prompts.json"),
            """{"languages":{"nl":{"countries":["NL"],"phrases":{"end":"bedankt | goodbye"}}}}"""
        );

        var library = PromptLibrary.Load(_folder, out var faults);

        faults.ShouldBeEmpty();
        library.Languages.ShouldBe(["en", "fr", "es", "de", "nl"]);
        Play(library.Say("en", "goodbye"), 8000).Length.ShouldBe(800 + 480, "and a little pause");
        library.Say("nl", "end").Duration.ShouldBe(TimeSpan.FromMilliseconds(100 + 60 + 300 + 200 + 60));
        library.LanguageOf("", "+31201234567").ShouldBe("nl");
        library.Say("en", "press-digits", "1").Text.ShouldBe(PromptLibrary.Default.Say("en", "press-digits", "1").Text);
    }

    [Fact]
    public void Files_that_cannot_be_used_are_named_and_the_rest_is_there()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "en"));
        File.WriteAllText(Path.Combine(_folder, "en/goodbye.wav"), "no sound");
        File.WriteAllText(Path.Combine(_folder, "prompts.json"), "{");
        var library = PromptLibrary.Load(_folder, out var faults);
        faults.Select(fault => Path.GetFileName(fault.Path)).ShouldBe(["prompts.json", "goodbye.wav"]);
        library.CanSay("en", "goodbye").ShouldBeTrue();

        foreach (
            var json in new[] { "null", """{"languages":{"it":null}}""", """{"languages":{"en":{"words":null}}}""" }
        )
        {
            File.WriteAllText(Path.Combine(_folder, "prompts.json"), json);
            PromptLibrary.Load(_folder, out faults).Languages.Count.ShouldBe(4);
            faults.Count.ShouldBe(2, json);
        }

        File.WriteAllText(
            Path.Combine(_folder, "prompts.json"),
            """{"languages":{"it":{"phrases":{"end":"grazie | ciao"}}}}"""
        );
        library = PromptLibrary.Load(_folder, out faults);
        faults.Select(fault => Path.GetFileName(fault.Path)).ShouldBe(["goodbye.wav", "grazie.wav", "ciao.wav"]);
        library.CanSay("it", "end").ShouldBeFalse();
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(16000)]
    public void A_source_plays_the_phrase_with_its_pauses_as_often_as_wanted_and_tells_of_the_end_once(int rate)
    {
        var phrase = PromptLibrary.Default.Say("fr", "press-digits", "3");
        var once = Play(phrase, rate);
        ((double)once.Length / rate).ShouldBe(phrase.Duration.TotalSeconds, 0.002);

        var ends = 0;
        var lead = TimeSpan.FromMilliseconds(300);
        var source = new PhraseSource(phrase, 3, lead, TimeSpan.FromSeconds(1), () => ends++);
        var samples = Play(source, rate);

        ends.ShouldBe(1);
        samples.Length.ShouldBe(3 * once.Length + 23 * rate / 10);
        samples[..(3 * rate / 10)].ShouldAllBe(sample => sample == 0);
        var first = samples.AsSpan(3 * rate / 10, once.Length);
        first.SequenceEqual(once).ShouldBeTrue();
        samples.AsSpan(3 * rate / 10 + once.Length, rate).ToArray().ShouldAllBe(sample => sample == 0);
        samples.AsSpan(samples.Length - once.Length).SequenceEqual(once).ShouldBeTrue();
    }

    [Fact]
    public void A_source_without_end_goes_on_and_begins_anew_when_it_is_started_again()
    {
        var source = new PhraseSource(PromptLibrary.Default.Say("en", "goodbye"), 0);
        var (one, two) = (new short[160], new short[160]);
        source.Start(8000);
        source.Read(one).ShouldBeTrue();
        for (var i = 0; i < 5000; i++)
        {
            source.Read(two).ShouldBeTrue();
        }
        source.Start(8000);
        source.Read(two).ShouldBeTrue();
        two.ShouldBe(one);
    }

    private static short[] Play(Phrase phrase, int rate) => Play(new PhraseSource(phrase), rate);

    /// <summary>One sample at a time at the end, so that the length is exact.</summary>
    private static short[] Play(PhraseSource source, int rate)
    {
        var samples = new List<short>();
        var one = new short[1];
        source.Start(rate);
        while (source.Read(one))
        {
            samples.Add(one[0]);
        }
        return [.. samples];
    }

    private static string Name(string word) =>
        word.Length > 1
            ? word
            : new[] { "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine" }[word[0] - '0'];

    private void Write(string name, int rate, int samples)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.ASCII, leaveOpen: true))
        {
            writer.Write("RIFF"u8);
            writer.Write(36 + 2 * samples);
            writer.Write("WAVEfmt "u8);
            writer.Write(16);
            writer.Write((short)1);
            writer.Write((short)1);
            writer.Write(rate);
            writer.Write(2 * rate);
            writer.Write((short)2);
            writer.Write((short)16);
            writer.Write("data"u8);
            writer.Write(2 * samples);
            writer.Write(new byte[2 * samples]);
        }
        File.WriteAllBytes(path, stream.ToArray());
    }
}
