namespace Ringfence.Diagnosis.Capture.Link;

/// <summary>The EtherTypes that lead to IP.</summary>
internal static class EtherTypes
{
    public const ushort IPv4 = 0x0800;
    public const ushort IPv6 = 0x86DD;
    public const ushort Vlan = 0x8100;
    public const ushort ProviderVlan = 0x88A8;
    public const ushort OldProviderVlan = 0x9100;
    public const ushort PppoeSession = 0x8864;
    public const ushort Mpls = 0x8847;
    public const ushort MplsMulticast = 0x8848;
    public const ushort TransparentEthernet = 0x6558;
    public const ushort Erspan2 = 0x88BE;
    public const ushort Erspan3 = 0x22EB;
    public const ushort Ppp = 0x880B;
}
