using System.Net;

namespace Ringfence.Edge.Configuration;

/// <summary>Where a trunk's requests come from.</summary>
/// <param name="Network">Address or network.</param>
/// <param name="Port">The one source port; 0 for any.</param>
public readonly record struct TrunkSource(IPNetwork Network, int Port)
{
    /// <summary>Reads an address, an address with a port, or a network.</summary>
    public static bool TryParse(string text, out TrunkSource source)
    {
        bool isAddress = IPEndPoint.TryParse(text, out IPEndPoint? endPoint);
        if (isAddress)
        {
            source = new TrunkSource(
                new IPNetwork(endPoint!.Address, endPoint.Address.GetAddressBytes().Length * 8),
                endPoint.Port
            );
            return true;
        }

        bool isNetwork = IPNetwork.TryParse(text, out IPNetwork network);
        source = new TrunkSource(network, 0);
        return isNetwork;
    }

    /// <summary>As it is read.</summary>
    public override string ToString() =>
        Port == 0 ? Network.ToString() : new IPEndPoint(Network.BaseAddress, Port).ToString();
}
