namespace Ringfence.Edge.Registrar;

/// <summary>A contact as it lies in the table.</summary>
internal sealed class BindingRow
{
    public string Address { get; init; } = "";

    public byte[] Uri { get; init; } = [];

    public byte[] Parameters { get; init; } = [];

    public int Q { get; init; }

    public long Expires { get; init; }

    public byte[] CallId { get; init; } = [];

    public long Sequence { get; init; }

    public byte[] Path { get; init; } = [];

    public int Transport { get; init; }

    public string Source { get; init; } = "";
}
