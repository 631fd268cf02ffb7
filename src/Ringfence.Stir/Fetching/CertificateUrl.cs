using System.Buffers;
using System.Net;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Fetching;

/// <summary>Which "x5u" may be fetched at all, decided before anything is sent (ATIS-1000074 §5.3.1).</summary>
internal static class CertificateUrl
{
    private const int MaximumLength = 1024;

    // RFC 3986 §2, without "?" and "#", which get their own reason: a lenient URL parser would accept backslashes, spaces and more.
    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/[]!$&'()*+,;=%@"
    );

    public static Fault Check(string x5u, FetchOptions options, out Uri? url)
    {
        url = null;
        if (x5u.Length > MaximumLength)
        {
            return Fault.UrlTooLong;
        }

        if (x5u.AsSpan().ContainsAny('?', '#'))
        {
            return x5u.Contains('?', StringComparison.Ordinal) ? Fault.UrlQuery : Fault.UrlFragment;
        }

        bool parsed =
            !x5u.AsSpan().ContainsAnyExcept(Characters)
            && x5u.Contains("://", StringComparison.Ordinal)
            && Uri.TryCreate(x5u, UriKind.Absolute, out url)
            && url.Host.Length > 0;
        if (!parsed)
        {
            return Fault.UrlMalformed;
        }

        if (url!.UserInfo.Length > 0)
        {
            return Fault.UrlUserInfo;
        }

        bool isTest = IsTestHost(url, options);
        if (url.Scheme != Uri.UriSchemeHttps && !(isTest && url.Scheme == Uri.UriSchemeHttp))
        {
            return Fault.UrlScheme;
        }

        if (isTest)
        {
            return Fault.None;
        }

        if (url.Port is not (443 or 8443))
        {
            return Fault.UrlPort;
        }

        // A name of one label is found only by this machine's own search list.
        bool isPublic = IPAddress.TryParse(url.IdnHost, out IPAddress? address)
            ? AddressFilter.IsPublic(address)
            : url.IdnHost.TrimEnd('.').Contains('.', StringComparison.Ordinal);
        return isPublic ? Fault.None : Fault.UrlHost;
    }

    public static bool IsTestHost(Uri url, FetchOptions options) =>
        options.TestHosts.Contains($"{url.Host}:{url.Port}");
}
