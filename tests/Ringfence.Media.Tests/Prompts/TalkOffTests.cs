using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Ringfence.Media.Codecs;
using Ringfence.Media.Dtmf;
using Ringfence.Media.Wav;

namespace Ringfence.Media.Tests.Prompts;

/// <summary>
/// Ten minutes of speech in four languages press no key. The text is that of the response codes, spoken by espeak-ng in
/// high and low voices when the test runs.
/// </summary>
public sealed class TalkOffTests : IDisposable
{
    private const int SecondsPerLanguage = 150;

    private readonly string _folder = Directory.CreateTempSubdirectory("speech").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Ten_minutes_of_speech_press_no_key()
    {
        Assert.SkipUnless(Has("espeak-ng") && Has("sox"), "skipped: espeak-ng and sox are not installed");
        var spoken = TimeSpan.Zero;
        foreach (var (language, voice) in new[] { ("en", "en-gb"), ("fr", "fr-fr"), ("es", "es"), ("de", "de") })
        {
            var text = Text(language);
            var ofLanguage = TimeSpan.Zero;
            foreach (var pitch in new[] { 20, 50, 85 })
            {
                var speech = Speak(voice, pitch, text);
                ofLanguage += speech.Duration;
                foreach (var gain in new[] { 1.0, 0.25 })
                {
                    Heard(speech, gain, MuLaw.Encode, MuLaw.Decode).ShouldBe("", $"{language}, pitch {pitch}");
                    Heard(speech, gain, ALaw.Encode, ALaw.Decode).ShouldBe("", $"{language}, pitch {pitch}");
                }
            }
            ofLanguage.TotalSeconds.ShouldBeGreaterThan(SecondsPerLanguage, language);
            spoken += ofLanguage;
        }
        spoken.ShouldBeGreaterThan(TimeSpan.FromMinutes(10));
        TestContext.Current.SendDiagnosticMessage($"{spoken.TotalSeconds:0} s of speech");
    }

    private static string Heard(WavFile speech, double gain, Func<short, byte> encode, Func<byte, short> decode)
    {
        var detector = new DtmfDetector();
        var digits = "";
        foreach (var frame in speech.Samples.ToArray().Chunk(160))
        {
            for (var i = 0; i < frame.Length; i++)
            {
                frame[i] = decode(encode((short)(frame[i] * gain)));
            }
            detector.Hear(frame, TimeSpan.Zero, digit => digits += digit.Digit);
        }
        return digits;
    }

    private WavFile Speak(string voice, int pitch, string text)
    {
        var (source, spoken, telephone) = (Path("text"), Path("spoken.wav"), Path("telephone.wav"));
        File.WriteAllText(source, text);
        Start("espeak-ng", "-v", voice, "-p", $"{pitch}", "-s", "165", "-w", spoken, "-f", source).ShouldBe(0);
        Start("sox", "-D", spoken, "-r", "8000", "-b", "16", telephone, "norm", "-3").ShouldBe(0);
        WavFile.Read(File.ReadAllBytes(telephone), out var file).ShouldBe(WavFault.None);
        return file!;
    }

    private string Path(string name) => System.IO.Path.Combine(_folder, name);

    /// <summary>Sentences of the catalogue, as many as take a third of the time.</summary>
    private static string Text(string language)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Ringfence.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("There is no Ringfence.slnx above.");
        }
        var text = new StringBuilder();
        var files = Directory.GetFiles(System.IO.Path.Combine(folder.FullName, "data/codes/texts", language));
        foreach (var file in files.Order(StringComparer.Ordinal).TakeWhile(_ => text.Length < 1000))
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var member in json.RootElement.EnumerateObject())
            {
                text.AppendLine(member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null);
            }
        }
        return text.ToString();
    }

    private static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Any(folder => File.Exists(System.IO.Path.Combine(folder, program)));

    private static int Start(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
