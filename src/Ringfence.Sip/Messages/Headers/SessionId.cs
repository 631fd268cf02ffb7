using System.Buffers;

namespace Ringfence.Sip.Messages;

/// <summary>Session-ID = local-uuid *(SEMI sess-id-param) (RFC 7989 §5): 32 lower-case hexadecimal digits each.</summary>
public static class SessionId
{
    /// <summary>Reads a value.</summary>
    /// <param name="value">The header's value.</param>
    /// <param name="local">The UUID of the sender's side.</param>
    /// <param name="remote">The UUID of the other side; empty in the old form without it (RFC 7329).</param>
    public static bool TryParse(ReadOnlySpan<byte> value, out ReadOnlySpan<byte> local, out ReadOnlySpan<byte> remote)
    {
        int semicolon = value.IndexOf((byte)';');
        ReadOnlySpan<byte> parameters = semicolon < 0 ? default : value[semicolon..];
        local = Lws.TrimEnd(semicolon < 0 ? value : value[..semicolon]);
        bool hasRemote = Parameters.TryGet(parameters, "remote"u8, out remote);
        return IsUuid(local) && (!hasRemote || IsUuid(remote)) && Parameters.AreSound(parameters);
    }

    private static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789abcdef"u8);

    private static bool IsUuid(ReadOnlySpan<byte> value) => value.Length == 32 && !value.ContainsAnyExcept(Hex);
}
