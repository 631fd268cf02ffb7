using Ringfence.Media.Codecs;

namespace Ringfence.Media.Tests.Codecs;

public sealed class G711Tests
{
    [Fact]
    public void Every_code_survives_decoding_and_encoding()
    {
        for (var code = 0; code < 256; code++)
        {
            ALaw.Encode(ALaw.Decode((byte)code)).ShouldBe((byte)code);
            // 0x7F is the negative zero of the µ-law; both zeros decode to 0.
            MuLaw.Encode(MuLaw.Decode((byte)code)).ShouldBe((byte)(code == 0x7F ? 0xFF : code));
        }
    }

    // Decision and output values of G.711 tables 1a/1b (A-law) and 2a/2b (µ-law), scaled to 16 bits.
    [Theory]
    [InlineData(0xFF, 0)]
    [InlineData(0x80, 8031 * 4)]
    [InlineData(0x00, -8031 * 4)]
    [InlineData(0x8F, 4191 * 4)]
    [InlineData(0x9F, 2079 * 4)]
    [InlineData(0xAF, 1023 * 4)]
    [InlineData(0xBF, 495 * 4)]
    [InlineData(0xCF, 231 * 4)]
    [InlineData(0xDF, 99 * 4)]
    [InlineData(0xEF, 33 * 4)]
    [InlineData(0xFE, 2 * 4)]
    public void Mu_law_has_the_output_values_of_its_table(int code, int sample) =>
        MuLaw.Decode((byte)code).ShouldBe((short)sample);

    [Theory]
    [InlineData(0xD5, 1 * 8)]
    [InlineData(0x55, -1 * 8)]
    [InlineData(0xAA, 4032 * 8)]
    [InlineData(0x2A, -4032 * 8)]
    [InlineData(0xA5, 2112 * 8)]
    [InlineData(0xB5, 1056 * 8)]
    [InlineData(0x85, 528 * 8)]
    [InlineData(0x95, 264 * 8)]
    [InlineData(0xE5, 132 * 8)]
    [InlineData(0xF5, 66 * 8)]
    [InlineData(0xC5, 33 * 8)]
    public void A_law_has_the_output_values_of_its_table(int code, int sample) =>
        ALaw.Decode((byte)code).ShouldBe((short)sample);

    [Theory]
    [InlineData("1E0B0B1E9E8B8B9E", true)]
    [InlineData("34212134B4A1A1B4", false)]
    public void The_digital_milliwatt_is_0_dBm0(string sequence, bool mu)
    {
        var codes = Convert.FromHexString(sequence);
        var samples = new short[codes.Length];
        (mu ? G711Codec.Mu : G711Codec.A).Decode(codes, samples).ShouldBe(8);
        Level.Of(samples).ShouldBe(0, 0.07);
    }

    [Fact]
    public void Encoding_is_never_further_off_than_half_a_step()
    {
        for (var sample = short.MinValue; sample < short.MaxValue; sample++)
        {
            var clipped = Math.Clamp((int)sample, -32256, 32256);
            var allowed = Math.Max(16, (Math.Abs(clipped) + 132) / 31.0);
            Math.Abs(ALaw.Decode(ALaw.Encode(sample)) - clipped)
                .ShouldBeLessThanOrEqualTo((int)Math.Ceiling(allowed) + 1);
            Math.Abs(MuLaw.Decode(MuLaw.Encode(sample)) - clipped)
                .ShouldBeLessThanOrEqualTo((int)Math.Ceiling(allowed) + 1);
        }
    }

    [Fact]
    public void Silence_is_the_code_of_zero()
    {
        MuLaw.Encode(0).ShouldBe(MuLaw.Silence);
        ALaw.Encode(0).ShouldBe(ALaw.Silence);
    }

    [Fact]
    public void A_short_buffer_is_no_crash()
    {
        G711Codec.Mu.Encode(new short[160], new byte[100]).ShouldBe(-1);
        G711Codec.A.Decode(new byte[160], new short[100]).ShouldBe(100);
    }

    [Fact]
    public void Codecs_are_found_by_format()
    {
        AudioCodecs.Create(new AudioFormat("pcmu", 8000)).ShouldBe(G711Codec.Mu);
        AudioCodecs.Create(AudioFormat.Pcma).ShouldBe(G711Codec.A);
        AudioCodecs.Create(new AudioFormat("PCMU", 16000)).ShouldBeNull();
        AudioCodecs.Create(new AudioFormat("G729", 8000)).ShouldBeNull();
    }

    [Fact]
    public void Levels_and_amplitudes_are_inverse()
    {
        Level.OfAmplitude(Level.AmplitudeOf(-19)).ShouldBe(-19, 1e-9);
        Level.OfAmplitude(0).ShouldBe(Level.Silence);
        Level.Of([]).ShouldBe(Level.Silence);
    }
}
