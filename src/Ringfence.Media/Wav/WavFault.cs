namespace Ringfence.Media.Wav;

/// <summary>Why a file is no WAV that can be played.</summary>
public enum WavFault
{
    /// <summary>It can be played.</summary>
    None,

    /// <summary>It is not RIFF of form WAVE.</summary>
    NotWave,

    /// <summary>Longer than <see cref="WavFile.MaxBytes"/>.</summary>
    TooLong,

    /// <summary>There is no complete format chunk before the data.</summary>
    NoFormat,

    /// <summary>The encoding is none of PCM 8, 16 and 24 bit, A-law and µ-law.</summary>
    Encoding,

    /// <summary>The sampling rate is none of 8, 16 and 48 kHz.</summary>
    SampleRate,

    /// <summary>More than two channels, or none.</summary>
    Channels,

    /// <summary>There is no data chunk.</summary>
    NoData,
}
