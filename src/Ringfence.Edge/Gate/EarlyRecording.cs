using Ringfence.Edge.Stages;
using Ringfence.Media.Relay;
using Ringfence.Media.Wav;

namespace Ringfence.Edge.Gate;

/// <summary>Records what the caller hears before the answer, where the configuration says so.</summary>
internal static class EarlyRecording
{
    private const int SampleRate = 8_000;

    /// <summary>It is kept in memory until it is over.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Begins, under the call's id; it ends with the answer or with the call.</summary>
    internal static void Begin(RtpRelay relay, GateSetup setup)
    {
        if (setup.EarlyMedia.RecordTo is not { } folder)
        {
            return;
        }

        RecordingWriter writer = setup.Services.Early.Recordings;
        string file = Path.Combine(folder, $"{setup.Journal.Id}.wav");
        relay.Record(new WavRecorder(new RecordingBuffer(content => writer.Add(file, content)), SampleRate, Longest));
    }
}
