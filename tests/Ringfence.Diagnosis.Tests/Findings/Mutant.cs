namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>Bytes that have been tampered with.</summary>
internal static class Mutant
{
    /// <summary>A byte more, a byte less, another byte, or a stretch twice.</summary>
    public static void Edit(List<byte> bytes, int at, byte value)
    {
        switch (value & 3)
        {
            case 0:
                bytes.Insert(at, value);
                break;
            case 1 when bytes.Count > 1:
                bytes.RemoveAt(at);
                break;
            case 2:
                bytes.InsertRange(at, bytes.Skip(at).Take(value).ToList());
                break;
            default:
                bytes[at] = value;
                break;
        }
    }
}
