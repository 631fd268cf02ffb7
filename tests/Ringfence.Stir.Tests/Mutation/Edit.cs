namespace Ringfence.Stir.Tests.Mutation;

/// <summary>One change to a run of octets.</summary>
internal readonly record struct Edit(int Kind, int Position, byte Octet)
{
    // What parsers trip over comes more often than chance would bring it.
    private static readonly byte[] Telling = "\0\"\\{}[]:,.;=<>@%+-/_* \r\n\t09azAZ0\x7f"u8.ToArray();

    public byte[] Apply(byte[] octets)
    {
        if (octets.Length == 0)
        {
            return [Octet];
        }

        int at = Position % octets.Length;
        byte telling = Telling[Octet % Telling.Length];
        return (Kind % 8) switch
        {
            0 => [.. octets[..at], (byte)(octets[at] ^ (1 << (Octet % 8))), .. octets[(at + 1)..]],
            1 => [.. octets[..at], Octet, .. octets[(at + 1)..]],
            2 => [.. octets[..at], telling, .. octets[at..]],
            3 => [.. octets[..at], .. octets[(at + 1)..]],
            4 => [.. octets[..at], .. octets[at..Math.Min(octets.Length, at + (Octet % 40))], .. octets[at..]],
            5 => octets[..at],
            6 => [.. octets, telling],
            _ => [.. octets[..at], telling, .. octets[(at + 1)..]],
        };
    }
}
