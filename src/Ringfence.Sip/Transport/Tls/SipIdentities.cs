using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ringfence.Sip.Transport;

/// <summary>
/// The SIP domains that a certificate names (RFC 5922 §7.1): the hosts of its <c>sip:</c> URIs, or, where it has none, its DNS names. The
/// common name counts for nothing.
/// </summary>
internal sealed class SipIdentities
{
    private const string SubjectAltName = "2.5.29.17";
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag Uri = new(TagClass.ContextSpecific, 6);
    private static readonly Asn1Tag Address = new(TagClass.ContextSpecific, 7);

    private readonly List<string> _hosts = [];
    private readonly List<string> _dnsNames = [];
    private readonly List<IPAddress> _addresses = [];

    private SipIdentities() { }

    /// <summary>The domains.</summary>
    internal IReadOnlyList<string> Domains => _hosts.Count > 0 ? _hosts : _dnsNames;

    /// <summary>Reads them; null when a name holds what no name may hold, or the extension cannot be read.</summary>
    internal static SipIdentities? Of(X509Certificate2 certificate)
    {
        var identities = new SipIdentities();
        try
        {
            foreach (X509Extension extension in certificate.Extensions.Where(e => e.Oid?.Value == SubjectAltName))
            {
                AsnReader names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
                while (names.HasData)
                {
                    if (!identities.Add(names.PeekTag(), names.ReadEncodedValue()))
                    {
                        return null;
                    }
                }
            }
        }
        catch (AsnContentException)
        {
            // The framework reads by exceptions; the certificate is the peer's, so this is an answer.
            return null;
        }

        return identities;
    }

    /// <summary>
    /// True when a domain is among them, compared whole and in any case (§7.2): "*.example.com" names no other domain than that one. An
    /// address, which is no domain, is compared with the addresses that the certificate names.
    /// </summary>
    internal bool Match(string name) =>
        IPAddress.TryParse(name, out IPAddress? address)
            ? _addresses.Contains(address)
            : Domains.Contains(name, StringComparer.OrdinalIgnoreCase);

    public override string ToString() => string.Join(", ", [.. Domains, .. _addresses.Select(a => a.ToString())]);

    private bool Add(Asn1Tag tag, ReadOnlyMemory<byte> encoded)
    {
        if (!tag.HasSameClassAndValue(DnsName) && !tag.HasSameClassAndValue(Uri) && !tag.HasSameClassAndValue(Address))
        {
            return true;
        }

        byte[] value = new AsnReader(encoded, AsnEncodingRules.DER).ReadOctetString(tag);
        if (tag.HasSameClassAndValue(Address))
        {
            if (value.Length is 4 or 16)
            {
                _addresses.Add(new IPAddress(value));
            }

            return true;
        }

        if (value.AsSpan().ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            return false;
        }

        string name = Encoding.ASCII.GetString(value);
        if (tag.HasSameClassAndValue(DnsName))
        {
            _dnsNames.Add(name);
        }
        else if (name.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) && !name.Contains('@'))
        {
            string host = name[4..];
            int end = host.IndexOfAny([':', ';', '?']);
            _hosts.Add(end < 0 ? host : host[..end]);
        }

        return true;
    }
}
