using System.IO.Pipelines;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using static Ringfence.Diagnosis.Tests.Capture.Packets;

namespace Ringfence.Diagnosis.Tests.Capture;

/// <summary>A real TLS session between two ends in memory, written down as TCP frames together with its key log.</summary>
internal sealed record TlsRecording(byte[][] Frames, string KeyLog)
{
    private const byte Syn = 0x02;
    private static readonly string KeyFile = Path.Combine(Path.GetTempPath(), $"keys-{Environment.ProcessId}.log");
    private static readonly SemaphoreSlim OneAtATime = new(1);

    // The framework reads the name of the key log once, before the first session.
    [ModuleInitializer]
    internal static void LogKeys()
    {
        Environment.SetEnvironmentVariable("SSLKEYLOGFILE", KeyFile);
        AppContext.SetSwitch("System.Net.EnableSslKeyLogging", true);
    }

    public static async Task<TlsRecording> MakeAsync(
        SslProtocols protocol,
        TlsCipherSuite suite,
        byte[][] fromClient,
        byte[][] fromServer
    )
    {
        await OneAtATime.WaitAsync();
        try
        {
            return await MakeAloneAsync(protocol, suite, fromClient, fromServer);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static async Task<TlsRecording> MakeAloneAsync(
        SslProtocols protocol,
        TlsCipherSuite suite,
        byte[][] fromClient,
        byte[][] fromServer
    )
    {
        var before = File.Exists(KeyFile) ? new FileInfo(KeyFile).Length : 0;
        List<byte[]> frames = [Frame(true, 0, [], Syn), Frame(false, 0, [], Syn)];
        var up = new Pipe();
        var down = new Pipe();
        using var certificate = Certificate();
        await using var client = new SslStream(
            new RecordedStream(down.Reader.AsStream(), up.Writer.AsStream(), Recorder(frames, true)),
            false,
            (_, shown, _, _) => shown?.Subject == "CN=x"
        );
        await using var server = new SslStream(
            new RecordedStream(up.Reader.AsStream(), down.Writer.AsStream(), Recorder(frames, false))
        );
        var policy = OperatingSystem.IsWindows() ? null : new CipherSuitesPolicy([suite]);
        await Task.WhenAll(
            client.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "x",
                    EnabledSslProtocols = protocol,
                    CipherSuitesPolicy = policy,
                }
            ),
            server.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = certificate,
                    EnabledSslProtocols = protocol,
                    CipherSuitesPolicy = policy,
                }
            )
        );
        foreach (var message in fromClient)
        {
            await client.WriteAsync(message);
            await server.ReadExactlyAsync(new byte[message.Length]);
        }

        foreach (var message in fromServer)
        {
            await server.WriteAsync(message);
            await client.ReadExactlyAsync(new byte[message.Length]);
        }

        await using var keys = new FileStream(KeyFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        keys.Position = before;
        return new TlsRecording([.. frames], await new StreamReader(keys).ReadToEndAsync());
    }

    private static Action<byte[]> Recorder(List<byte[]> frames, bool fromClient)
    {
        var sent = 1u;
        return bytes =>
        {
            lock (frames)
            {
                frames.Add(Frame(fromClient, sent, bytes, 0x18));
                sent += (uint)bytes.Length;
            }
        };
    }

    private static byte[] Frame(bool fromClient, uint sequence, byte[] payload, byte flags) =>
        fromClient
            ? Ethernet(IPv4Type, IPv4(6, Tcp(sequence, payload, flags, 40_000, 5_061)))
            : Ethernet(IPv4Type, IPv4(6, Tcp(sequence, payload, flags, 5_061, 40_000), "192.0.2.2", "192.0.2.1"));

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
