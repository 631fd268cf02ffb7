using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Ringfence.Sip.Transport;

/// <summary>One TLS handshake, of either side, and the question who is there (RFC 5922 §7.3, §7.4).</summary>
/// <param name="context">The listener's TLS.</param>
/// <param name="farEnd">The far end, with the domain that it is to prove.</param>
internal sealed class TlsHandshake(TlsContext context, Peer farEnd)
{
    /// <summary>Why it failed.</summary>
    internal TlsFault Fault { get; private set; }

    /// <summary>The same in words.</summary>
    internal string Detail { get; private set; } = "";

    /// <summary>The domain that the far end has proved to be; null for none.</summary>
    internal string? Domain { get; private set; }

    /// <summary>Runs it; null when the far end is not to be spoken to.</summary>
    internal async Task<TlsChannel?> RunAsync(Socket socket, bool isServer)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: false));
        try
        {
            await (
                isServer
                    ? stream.AuthenticateAsServerAsync(context.ForServer(CheckClient))
                    : stream.AuthenticateAsClientAsync(context.ForClient(NameToProve, CheckServer))
            ).ConfigureAwait(false);
            return new TlsChannel(stream, socket);
        }
        catch (Exception e)
            when (e is AuthenticationException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The framework has no other way to say it.
            if (Fault == TlsFault.None)
            {
                Refuse(TlsFault.Handshake, e.InnerException?.Message ?? e.Message);
            }

            await stream.DisposeAsync().ConfigureAwait(false);
            return null;
        }
    }

    private string NameToProve => farEnd.Domain ?? farEnd.ToIPAddress().ToString();

    private bool CheckServer(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (!IsTrusted(shown, chain, errors, out SipIdentities? identities))
        {
            return false;
        }

        if (!identities.Match(NameToProve))
        {
            return Refuse(TlsFault.WrongDomain, $"The certificate is for {identities}, not for {NameToProve}.");
        }

        Domain = farEnd.Domain;
        return true;
    }

    private bool CheckClient(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (shown is null && context.Options.Clients == ClientCertificate.Optional)
        {
            return true;
        }

        if (!IsTrusted(shown, chain, errors, out SipIdentities? identities))
        {
            return false;
        }

        IReadOnlyList<string> allowed = context.Options.ClientDomains;
        Domain = (allowed.Count == 0 ? identities.Domains : allowed.Where(identities.Match)).FirstOrDefault();
        return Domain is not null
            || Refuse(TlsFault.WrongDomain, $"The certificate is for {identities}, which is not among those allowed.");
    }

    private bool IsTrusted(
        X509Certificate? shown,
        X509Chain? chain,
        SslPolicyErrors errors,
        [NotNullWhen(true)] out SipIdentities? identities
    )
    {
        identities = null;
        if (shown is not X509Certificate2 certificate)
        {
            return Refuse(TlsFault.NoCertificate, "The far end showed no certificate.");
        }

        // A name mismatch found by the framework follows the rules of HTTPS, wildcards and all; ours are stricter.
        if ((errors & SslPolicyErrors.RemoteCertificateChainErrors) != 0)
        {
            X509ChainStatus[] faults = chain?.ChainStatus ?? [];
            bool isExpired =
                faults.Length > 0
                && Array.TrueForAll(faults, fault => fault.Status == X509ChainStatusFlags.NotTimeValid);
            return Refuse(
                isExpired ? TlsFault.Expired : TlsFault.NotTrusted,
                string.Join("; ", faults.Select(fault => fault.StatusInformation.Trim()))
            );
        }

        identities = SipIdentities.Of(certificate);
        return identities is not null
            || Refuse(TlsFault.BadName, "A name in the certificate holds a forbidden character.");
    }

    private bool Refuse(TlsFault fault, string detail)
    {
        Fault = fault;
        Detail = detail;
        return false;
    }
}
