namespace Ringfence.Diagnosis.Capture.Tls;

/// <summary>What a key log tells of one session.</summary>
internal sealed class KeyLogSecrets
{
    public byte[]? Master { get; set; }

    public byte[]? ClientEarly { get; set; }

    public byte[]? ClientHandshake { get; set; }

    public byte[]? ServerHandshake { get; set; }

    public byte[]? ClientTraffic { get; set; }

    public byte[]? ServerTraffic { get; set; }
}
