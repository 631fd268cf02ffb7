using System.Net;
using System.Security.Cryptography;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Refusal;
using Ringfence.Stir.Authentication;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads the section <c>redress</c> and the key that it names.</summary>
internal static class RedressReader
{
    private const string Example =
        "{ address: https://calls.example, contact: { name: Call desk, tel: \"+33199001000\" } }";

    internal static RedressConfiguration Read(YamlNode? node, string folder, Mistakes mistakes)
    {
        if (node is null)
        {
            return new RedressConfiguration();
        }

        YamlMap map = YamlMap.From(node, "redress", Example, mistakes);
        var section = new RedressConfiguration
        {
            Address = ReadAddress(map, mistakes),
            Contact = ReadContact(map.Get("contact"), mistakes),
            Signer = ReadSigner(map.Get("sign"), folder, mistakes),
            Location = map.Choice(
                "location",
                ("LN", ReleaseLocation.LocalNetwork),
                ("LPN", ReleaseLocation.LocalPrivateNetwork),
                ("TN", ReleaseLocation.TransitNetwork),
                ("RLN", ReleaseLocation.RemoteNetwork),
                ("RPN", ReleaseLocation.RemotePrivateNetwork)
            ),
        };
        if (section.Signer is not null && (section.Address is null || section.Contact is null))
        {
            mistakes.Add(
                map.Get("sign")!,
                "a jCard needs an address and a contact",
                "name where callers see the pages and whom they can contact: " + Example
            );
        }

        map.RefuseOthers("redress");
        return section;
    }

    /// <summary>https, as RFC 8688 §3.1 has it; plain http only where the traffic never leaves the machine.</summary>
    private static Uri? ReadAddress(YamlMap map, Mistakes mistakes)
    {
        string? text = map.Text("address", "https://calls.example");
        if (text is null)
        {
            return null;
        }

        bool isSound =
            Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            && (
                address.Scheme == Uri.UriSchemeHttps
                || (
                    address.Scheme == Uri.UriSchemeHttp
                    && IPAddress.TryParse(address.Host, out IPAddress? host)
                    && IPAddress.IsLoopback(host)
                )
            )
            && address is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0, AbsolutePath: "/" };
        if (!isSound)
        {
            mistakes.Add(
                map.Get("address")!,
                $"address cannot be \"{text}\"",
                "https and a host, without a path: address: https://calls.example"
            );
        }

        return isSound ? address : null;
    }

    private static RedressContact? ReadContact(YamlNode? node, Mistakes mistakes)
    {
        if (node is null)
        {
            return null;
        }

        YamlMap map = YamlMap.From(node, "contact", "{ name: Call desk, tel: \"+33199001000\" }", mistakes);
        string? url = map.Text("url", "https://calls.example/help");
        string? email = map.Text("email", "calls@example.com");
        string? tel = map.Text("tel", "\"+33199001000\"");
        string[] postal =
        [
            .. map.Texts("postal", "\"\", \"\", 12 Main St, Anytown, AP, 00000, Somecountry").Select(p => p.Text),
        ];
        var contact = new RedressContact
        {
            Name = map.RequiredText("name", "Call desk"),
            Url = Uri.TryCreate(url, UriKind.Absolute, out Uri? page) ? page : null,
            Email = email,
            Tel = tel,
            Address = postal.Length > 0 ? postal : null,
        };
        Check(map, "url", url is null || contact.Url?.Scheme is "https" or "http", "url: https://calls.example/help");
        Check(
            map,
            "email",
            email is null || email.IndexOf('@', StringComparison.Ordinal) > 0 && !email.AsSpan().ContainsAny(" \";<>"),
            "email: calls@example.com"
        );
        Check(
            map,
            "tel",
            tel is null || Party.Parse(tel).Form == PartyForm.Number,
            "tel: \"+33199001000\", with the country code"
        );
        Check(
            map,
            "postal",
            postal.Length is 0 or 7,
            "the seven parts of RFC 6350 §6.3.1: box, extension, street, place, region, code, country; . for one that is empty"
        );
        if (!contact.IsReachable)
        {
            mistakes.Add(node, "nobody can be reached by this contact", "at least one of url, email, tel and postal");
        }

        map.RefuseOthers("contact");
        return contact with { Address = contact.Address?.Select(part => part == "." ? "" : part).ToArray() };

        void Check(YamlMap of, string key, bool isSound, string remedy)
        {
            if (!isSound)
            {
                mistakes.Add(of.Get(key)!, $"{key} cannot be \"{of.Get(key)}\"", remedy);
            }
        }
    }

    private static RedressSigner? ReadSigner(YamlNode? node, string folder, Mistakes mistakes)
    {
        if (node is null)
        {
            return null;
        }

        YamlMap map = YamlMap.From(
            node,
            "sign",
            "{ certificate: https://cert.example/chain.pem, key: key.pem, chain: chain.pem }",
            mistakes
        );
        string at = map.RequiredText("certificate", "https://cert.example/chain.pem");
        string key = Path.GetFullPath(map.RequiredText("key", "key.pem"), folder);
        string chain = Path.GetFullPath(map.RequiredText("chain", "chain.pem"), folder);
        map.RefuseOthers("sign");
        if (!Uri.TryCreate(at, UriKind.Absolute, out Uri? certificate) || certificate.Scheme is not ("https" or "http"))
        {
            mistakes.Add(
                map.Get("certificate") ?? node,
                $"certificate cannot be \"{at}\"",
                "the address at which callers find the chain, for instance https://cert.example/chain.pem"
            );
            return null;
        }

        SigningKeyFault fault = new SigningKeyFiles(chain, key, at, TimeProvider.System).Reload();
        if (fault != SigningKeyFault.None)
        {
            mistakes.Add(
                map.Get("key") ?? node,
                $"jCards cannot be signed with {key} and {chain}: {fault}",
                "a P-256 key in PEM that only its owner can read (chmod 600), and the chain whose first certificate is the key's"
            );
            return null;
        }

        var secret = ECDsa.Create();
        secret.ImportFromPem(File.ReadAllText(key));
        return new RedressSigner(secret, certificate);
    }
}
