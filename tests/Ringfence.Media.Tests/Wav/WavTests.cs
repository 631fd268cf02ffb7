using System.Buffers.Binary;
using System.Text;
using Ringfence.Media.Codecs;
using Ringfence.Media.Wav;

namespace Ringfence.Media.Tests.Wav;

public sealed class WavTests
{
    [Fact]
    public void What_is_recorded_is_read()
    {
        var stream = new MemoryStream();
        var samples = Enumerable.Range(0, 20_000).Select(i => (short)(i * 7)).ToArray();
        using (var recorder = new WavRecorder(stream, 16000, TimeSpan.FromHours(1)))
        {
            foreach (var frame in samples.Chunk(320))
            {
                recorder.Write(frame);
            }
            recorder.Recorded.ShouldBe(TimeSpan.FromSeconds(1.25));
        }
        var file = Read(stream.ToArray());
        file.SampleRate.ShouldBe(16000);
        file.Samples.ToArray().ShouldBe(samples);
        file.Duration.ShouldBe(TimeSpan.FromSeconds(1.25));
    }

    [Fact]
    public void A_recording_cut_off_lacks_less_than_a_second()
    {
        var stream = new MemoryStream();
        var recorder = new WavRecorder(stream, 8000, TimeSpan.FromHours(1));
        for (var i = 0; i < 175; i++)
        {
            recorder.Write(new short[160]);
        }
        // The process dies here: what the stream holds is what the file holds.
        var bytes = stream.ToArray();
        Read(bytes).Duration.ShouldBe(TimeSpan.FromSeconds(3));
        BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)).ShouldBe(36 + 48000u);
    }

    [Fact]
    public void A_recording_ends_at_its_longest()
    {
        var stream = new MemoryStream();
        using (var recorder = new WavRecorder(stream, 8000, TimeSpan.FromMilliseconds(50)))
        {
            recorder.Write(new short[300]);
            recorder.IsFull.ShouldBeFalse();
            recorder.Write(new short[300]);
            recorder.IsFull.ShouldBeTrue();
            recorder.Write(new short[300]);
        }
        Read(stream.ToArray()).Samples.Length.ShouldBe(400);
    }

    [Theory]
    [InlineData(1, 8, 1, "80FF00", new short[] { 0, 32512, -32768 })]
    [InlineData(1, 16, 1, "0100FFFF", new short[] { 1, -1 })]
    [InlineData(1, 24, 1, "FF0100000080", new short[] { 1, -32768 })]
    [InlineData(6, 8, 1, "D555", new short[] { 8, -8 })]
    [InlineData(7, 8, 1, "FF80", new short[] { 0, 32124 })]
    [InlineData(1, 16, 2, "02000400", new short[] { 3 })]
    [InlineData(0xFFFE, 16, 1, "0500", new short[] { 5 })]
    public void Encodings_are_decoded(int tag, int bits, int channels, string data, short[] samples) =>
        Read(File(tag, bits, channels, 8000, Convert.FromHexString(data))).Samples.ToArray().ShouldBe(samples);

    [Fact]
    public void Odd_chunks_are_passed_over_with_their_pad_octet()
    {
        var list = Chunk("LIST", [1, 2, 3, 0]);
        BinaryPrimitives.WriteUInt32LittleEndian(list.AsSpan(4), 3);
        Read(File(7, 8, 1, 8000, [0xFF], list)).Samples.Length.ShouldBe(1);
    }

    [Fact]
    public void A_data_chunk_that_claims_too_much_ends_with_the_file()
    {
        var bytes = File(7, 8, 1, 8000, [0xFF, 0xFF]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - 6), uint.MaxValue);
        Read(bytes).Samples.Length.ShouldBe(2);
    }

    [Theory]
    [InlineData(3, 32, 1, 8000, WavFault.Encoding)]
    [InlineData(1, 12, 1, 8000, WavFault.Encoding)]
    [InlineData(7, 16, 1, 8000, WavFault.Encoding)]
    [InlineData(1, 16, 1, 44100, WavFault.SampleRate)]
    [InlineData(1, 16, 3, 8000, WavFault.Channels)]
    [InlineData(1, 16, 0, 8000, WavFault.Channels)]
    public void Formats_that_cannot_be_played_are_faults(int tag, int bits, int channels, int rate, WavFault fault) =>
        WavFile.Read(File(tag, bits, channels, rate, [0, 0, 0, 0]), out _).ShouldBe(fault);

    [Fact]
    public void Files_that_are_no_wave_are_faults()
    {
        WavFile.Read([], out _).ShouldBe(WavFault.NotWave);
        WavFile.Read("RIFF0000AVI "u8, out _).ShouldBe(WavFault.NotWave);
        WavFile.Read("RIFF0000WAVE"u8, out _).ShouldBe(WavFault.NoFormat);
        WavFile.Read("RIFF0000WAVEfmt \u0002\0\0\0\0\0"u8, out _).ShouldBe(WavFault.NoFormat);
        var whole = File(1, 16, 1, 8000, [1, 0]);
        WavFile.Read(whole.AsSpan(0, 40), out _).ShouldBe(WavFault.NoData);
        WavFile.Read(new byte[WavFile.MaxBytes + 1], out _).ShouldBe(WavFault.TooLong);
    }

    [Fact]
    public void Every_cut_of_a_file_is_an_outcome()
    {
        var whole = File(1, 24, 2, 48000, new byte[60], Chunk("LIST", [1, 2]));
        for (var length = 0; length < whole.Length; length++)
        {
            var fault = WavFile.Read(whole.AsSpan(0, length), out var file);
            (file is null).ShouldBe(fault != WavFault.None);
        }
    }

    [Fact]
    public void Levels_survive_the_way_through_the_laws()
    {
        var samples = Tones.ToneGeneratorTests.Render("1000/1000", -10, 8000, 1);
        var codes = new byte[samples.Length];
        ALaw.Encode(samples, codes);
        Level.Of(Read(File(6, 8, 1, 8000, codes)).Samples.Span).ShouldBe(-10, 0.1);
    }

    private static WavFile Read(byte[] bytes)
    {
        WavFile.Read(bytes, out var file).ShouldBe(WavFault.None);
        return file!;
    }

    private static byte[] File(int tag, int bits, int channels, int rate, byte[] data, byte[]? between = null)
    {
        var format = new byte[tag == 0xFFFE ? 40 : 16];
        BinaryPrimitives.WriteUInt16LittleEndian(format, (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteUInt32LittleEndian(format.AsSpan(4), (uint)rate);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(14), (ushort)bits);
        if (tag == 0xFFFE)
        {
            format[24] = 1;
        }
        return [.. "RIFF\0\0\0\0WAVE"u8, .. Chunk("fmt ", format), .. between ?? [], .. Chunk("data", data)];
    }

    private static byte[] Chunk(string name, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        return [.. Encoding.ASCII.GetBytes(name), .. length, .. data];
    }
}
