using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Dialogs;

/// <summary>The route set of a dialog (RFC 3261 §12.1): Record-Route values, first hop first.</summary>
internal sealed class RouteSet
{
    private const int MaxRoutes = 70;
    private readonly byte[][] _routes;

    private RouteSet(byte[][] routes) => _routes = routes;

    internal static RouteSet Empty { get; } = new([]);

    internal int Count => _routes.Length;

    /// <summary>False when the first hop is a strict router of RFC 2543, which wants itself in the Request-URI.</summary>
    internal bool IsLoose => _routes.Length == 0 || (SipUri.TryParse(FirstUri, out SipUri uri) && uri.IsLoose);

    /// <summary>The URI of the first hop; empty when there is none.</summary>
    internal ReadOnlySpan<byte> FirstUri =>
        _routes.Length > 0 && NameAddr.TryParse(_routes[0], out NameAddr first) ? first.Uri : default;

    /// <summary>In the order of the request for the called side, reversed from the response for the calling side.</summary>
    internal static RouteSet From(SipMessage message, bool reversed)
    {
        if (!message.Has(HeaderId.RecordRoute))
        {
            return Empty;
        }

        var routes = new List<byte[]>();
        foreach (ReadOnlySpan<byte> item in message.Items(HeaderId.RecordRoute))
        {
            if (NameAddr.TryParse(item, out _) && routes.Count < MaxRoutes)
            {
                routes.Add(item.ToArray());
            }
        }

        if (reversed)
        {
            routes.Reverse();
        }

        return new RouteSet([.. routes]);
    }

    /// <summary>The Request-URI of a request (§12.2.1.1).</summary>
    internal ReadOnlySpan<byte> RequestUri(ReadOnlySpan<byte> target) => IsLoose ? target : FirstUri;

    /// <summary>The Route lines of a request; a strict first hop moves to the Request-URI and the target to the end.</summary>
    internal void Write(SipWriter writer, ReadOnlySpan<byte> target)
    {
        bool isLoose = IsLoose;
        for (int i = isLoose ? 0 : 1; i < _routes.Length; i++)
        {
            writer.Header(HeaderId.Route, _routes[i]);
        }

        if (!isLoose)
        {
            writer.Begin(HeaderId.Route);
            writer.Append("<"u8);
            writer.Append(target);
            writer.Append(">"u8);
            writer.End();
        }
    }
}
