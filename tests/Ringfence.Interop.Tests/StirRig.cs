using System.Globalization;
using System.Security.Cryptography;
using Ringfence.Interop.Tests.Peers;

namespace Ringfence.Interop.Tests;

/// <summary>A test hierarchy whose signer's chain is served on loopback, and Kamailio with secsipid around it.</summary>
internal sealed class StirRig : IDisposable
{
    private readonly ForeignProgram _server;

    private StirRig(TestFolder folder, ForeignProgram server, int port)
    {
        Folder = folder;
        _server = server;
        Host = $"127.0.0.1:{port}";
        // libsecsipid reads keys in the form of RFC 5915 only.
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(folder.File("key.pem")));
        folder.Write("key-ec.pem", key.ExportECPrivateKeyPem());
    }

    internal TestFolder Folder { get; }

    /// <summary>Where the chain is served: a test host.</summary>
    internal string Host { get; }

    internal string X5u => $"http://{Host}/chain.pem";

    internal static async Task<StirRig> StartAsync()
    {
        TestFolder folder = new();
        int port = FreePort.Next();
        ForeignProgram server = Ringfence(folder, "cert", "demo-ca", folder.Path, "--serve", Text(port));
        await server.SaysAsync("serving", TimeSpan.FromSeconds(30));
        return new StirRig(folder, server, port);
    }

    internal static ForeignProgram Ringfence(TestFolder folder, params string[] arguments) =>
        ForeignProgram.Start("dotnet", folder.Path, [TestFolder.Beside("ringfence.dll"), .. arguments]);

    /// <summary>Kamailio with one of the scripts in Kamailio/.</summary>
    internal async Task<ForeignProgram> KamailioAsync(string script, int port, int next)
    {
        ForeignProgram.Need("kamailio", "kamailio");
        string? modules = Directory
            .GetDirectories("/usr/lib")
            .Select(folder => Path.Combine(folder, "kamailio", "modules"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "secsipid.so")));
        Assert.SkipUnless(
            modules is not null,
            "skipped: secsipid.so is not installed (Debian package kamailio-secsipid-modules)"
        );
        string text = File.ReadAllText(TestFolder.Beside($"Kamailio/{script}.cfg"))
            .Replace("OWN_PORT", Text(port), StringComparison.Ordinal)
            .Replace("NEXT_PORT", Text(next), StringComparison.Ordinal)
            .Replace("MODULES", modules + "/", StringComparison.Ordinal)
            .Replace("X5U", X5u, StringComparison.Ordinal)
            .Replace("FOLDER", Folder.Path, StringComparison.Ordinal);
        Directory.CreateDirectory(Folder.File(script));
        ForeignProgram kamailio = ForeignProgram.Start(
            "kamailio",
            Folder.Path,
            "-f",
            Folder.Write($"{script}.cfg", text),
            "-DD",
            "-E",
            "-w",
            Folder.Path,
            "-Y",
            Folder.File(script)
        );
        await kamailio.SaysAsync("udp: 127.0.0.1", TimeSpan.FromSeconds(20));
        return kamailio;
    }

    public void Dispose()
    {
        _server.Dispose();
        Folder.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
