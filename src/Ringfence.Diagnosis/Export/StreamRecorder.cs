using System.Buffers.Binary;
using System.Globalization;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Media;
using Ringfence.Media.Rtp;
using Ringfence.Media.Srtp;
using Ringfence.Media.Wav;

namespace Ringfence.Diagnosis.Export;

/// <summary>Writes the streams of a call as WAV files in full length: the inputs are read once more, and samples go straight to the files.</summary>
public sealed class StreamRecorder : ICaptureSink, IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private readonly Dictionary<RtpStreamKey, Track> _tracks = [];
    private readonly byte[] _clear = new byte[SrtpContext.MaxPacket];

    private StreamRecorder(string folder, Call call, List<string> files)
    {
        foreach (var stream in call.Streams)
        {
            if (stream.HasAudio && !(stream.IsSecure && stream.Key is null) && StreamDecoder.Of(stream) is { } decoder)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"audio-{files.Count + 1}.wav");
                files.Add(name);
                var file = File.Create(Path.Combine(folder, name));
                var key = new RtpStreamKey(stream.Source, stream.Destination, stream.Ssrc);
                _tracks[key] = new Track(decoder, new WavRecorder(file, decoder.SampleRate, Longest), stream.Key);
            }
        }
    }

    /// <summary>Writes a file for each stream that can be played, and returns their names.</summary>
    /// <param name="folder">Where they go.</param>
    /// <param name="trace">The trace; where it did not come from inputs, what was kept is written.</param>
    /// <param name="call">The call.</param>
    public static IReadOnlyList<string> Write(string folder, CallTrace trace, Call call)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(call);
        var files = new List<string>();
        using var recorder = new StreamRecorder(folder, call, files);
        if (trace.Inputs is not null)
        {
            trace.ReadAgain(recorder);
            return files;
        }

        foreach (var stream in call.Streams)
        {
            if (
                recorder._tracks.TryGetValue(
                    new RtpStreamKey(stream.Source, stream.Destination, stream.Ssrc),
                    out var track
                )
            )
            {
                stream.ReadKept((in RtpHeader header, ReadOnlySpan<byte> payload) => track.Take(header, payload, 0));
            }
        }

        return files;
    }

    /// <inheritdoc/>
    public void OnSip(in CapturedPacket packet) { }

    /// <inheritdoc/>
    public void OnDatagram(in CapturedPacket packet)
    {
        var payload = packet.Payload;
        if (
            payload.Length < RtpPacket.HeaderLength
            || !_tracks.TryGetValue(
                new RtpStreamKey(packet.Source, packet.Destination, BinaryPrimitives.ReadUInt32BigEndian(payload[8..])),
                out var track
            )
        )
        {
            return;
        }

        if (track.Srtp is { } srtp)
        {
            if (!KeptPackets.TryOpen(srtp, payload, _clear, out var length))
            {
                return;
            }

            payload = _clear.AsSpan(0, length);
        }

        if (RtpPacket.Read(payload, out var rtp) == RtpFault.None)
        {
            track.Take(rtp.Header, rtp.Payload, packet.Time);
        }
    }

    /// <inheritdoc/>
    public void OnUnreachable(in CapturedPacket packet) { }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var track in _tracks.Values)
        {
            track.Dispose();
        }
    }

    private sealed class Track(StreamDecoder decoder, WavRecorder wav, SrtpMasterKey? key) : IDisposable
    {
        public SrtpContext? Srtp { get; } = key is null ? null : new SrtpContext(key);

        public void Take(in RtpHeader header, ReadOnlySpan<byte> payload, long arrival) =>
            decoder.Take(header, payload, arrival, wav.Write);

        public void Dispose()
        {
            decoder.Finish();
            decoder.Dispose();
            wav.Dispose();
            Srtp?.Dispose();
        }
    }
}
