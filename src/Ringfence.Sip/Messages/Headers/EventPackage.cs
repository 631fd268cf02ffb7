namespace Ringfence.Sip.Messages;

/// <summary>Event = event-type *( SEMI event-param ) (RFC 6665 §8.2.1).</summary>
public readonly ref struct EventPackage
{
    private EventPackage(ReadOnlySpan<byte> name, ReadOnlySpan<byte> id)
    {
        Name = name;
        Id = id;
    }

    /// <summary>The package with its templates: "refer", "presence.winfo". Compared in its case (§8.2.1).</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The id parameter; empty when there is none.</summary>
    public ReadOnlySpan<byte> Id { get; }

    /// <summary>Reads a value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out EventPackage result)
    {
        int length = value.TokenLength();
        ReadOnlySpan<byte> parameters = value[length..];
        result = new EventPackage(
            value[..length],
            Parameters.TryGet(parameters, "id"u8, out ReadOnlySpan<byte> id) ? id : default
        );
        return length > 0 && Parameters.AreSound(parameters);
    }
}
