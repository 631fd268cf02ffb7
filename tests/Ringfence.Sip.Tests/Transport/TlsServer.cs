using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>A TLS port on loopback that takes one connection with one certificate and keeps every byte that came.</summary>
internal sealed class TlsServer : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public TlsServer(X509Certificate2 certificate, SslProtocols protocols = SslProtocols.None, bool asks = false)
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Listen();
        Received = Task.Run(() => ServeAsync(certificate, protocols, asks));
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>What came until the first message's end, or until the connection ended.</summary>
    public Task<string> Received { get; }

    public string? ClientSubject { get; private set; }

    public void Dispose() => _socket.Dispose();

    private async Task<string> ServeAsync(X509Certificate2 certificate, SslProtocols protocols, bool asks)
    {
        var text = new StringBuilder();
        try
        {
            using Socket socket = await _socket.AcceptAsync();
            await using var stream = new SslStream(new NetworkStream(socket));
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = TestCertificates.Context(certificate),
                    EnabledSslProtocols = protocols,
                    ClientCertificateRequired = asks,
                    RemoteCertificateValidationCallback = (_, shown, _, _) =>
                    {
                        ClientSubject = shown?.Subject;
                        return asks || shown is null;
                    },
                }
            );
            byte[] buffer = new byte[4096];
            while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                int length = await stream.ReadAsync(buffer);
                if (length == 0)
                {
                    break;
                }

                text.Append(Encoding.ASCII.GetString(buffer, 0, length));
            }
        }
        catch (Exception error) when (error is IOException or AuthenticationException or SocketException)
        {
            // The client went away, as it should when it does not trust us.
        }

        return text.ToString();
    }
}
