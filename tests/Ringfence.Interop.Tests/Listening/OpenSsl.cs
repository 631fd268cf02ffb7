using System.Globalization;
using Ringfence.Interop.Tests.Peers;

namespace Ringfence.Interop.Tests.Listening;

/// <summary>The openssl command: an authority of one test, its certificates, and a TLS client that is no code of ours.</summary>
internal static class OpenSsl
{
    private const string Curve = "ec_paramgen_curve:P-256";

    internal static void Need() => ForeignProgram.Need("openssl", "openssl");

    /// <summary>Makes ca.pem in the folder.</summary>
    internal static Task AuthorityAsync(TestFolder folder) =>
        RunAsync(
            folder,
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            Curve,
            "-nodes",
            "-keyout",
            "ca.key",
            "-out",
            "ca.pem",
            "-subj",
            "/CN=Test Root",
            "-days",
            "3"
        );

    /// <summary>Makes NAME.pem and NAME.key, for names as "DNS:a,IP:127.0.0.1".</summary>
    internal static async Task IssueAsync(TestFolder folder, string name, string names)
    {
        folder.Write($"{name}.ext", $"subjectAltName={names}\n");
        await RunAsync(
            folder,
            "req",
            "-newkey",
            "ec",
            "-pkeyopt",
            Curve,
            "-nodes",
            "-keyout",
            $"{name}.key",
            "-out",
            $"{name}.csr",
            "-subj",
            $"/CN={name}"
        );
        await RunAsync(
            folder,
            "x509",
            "-req",
            "-in",
            $"{name}.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "2",
            "-extfile",
            $"{name}.ext",
            "-out",
            $"{name}.pem"
        );
    }

    /// <summary>Connects and verifies the server; what it says of the handshake comes first.</summary>
    internal static ForeignProgram Client(TestFolder folder, int port, string name, params string[] more) =>
        ForeignProgram.Start(
            "openssl",
            folder.Path,
            [
                "s_client",
                "-connect",
                $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}",
                "-CAfile",
                "ca.pem",
                "-verify_return_error",
                "-verify_hostname",
                name,
                "-nocommands",
                .. more,
            ]
        );

    private static async Task RunAsync(TestFolder folder, params string[] arguments)
    {
        using ForeignProgram run = ForeignProgram.Start("openssl", folder.Path, arguments);
        (await run.EndAsync(TimeSpan.FromSeconds(30))).ShouldBe(0, run.Output);
    }
}
